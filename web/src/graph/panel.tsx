/** A computation graph with the walk back through it: drawn, stepped through, and as a table. */
import { useComputed, useSignal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useId } from "preact/hooks";
import type { Graph } from "../protocol/expression";
import type { Library } from "../protocol/starting";
import { MadeBy } from "../ui/madeby";
import { Term } from "../ui/term";
import { GraphCanvas } from "./canvas";
import type { Comparison } from "./comparison";
import { GraphList } from "./graphlist";
import { Guess } from "./guess";
import { OrderGame } from "./ordergame";
import { PendingTable } from "./pending";
import { Picked } from "./picked";
import { isSameShape } from "./sameshape";
import { walkTo, type WalkState } from "./walk";
import { WalkControls } from "./walkcontrols";

interface Props {
  graph: ReadonlySignal<Graph | null>;
  /** Where the walk is, from 0 to `lastStep`. */
  step: Signal<number>;
  title?: string;
  /** Whether the graph is of something else than what is written now. */
  isStale?: ReadonlySignal<boolean>;
  /** What it was made with, where that is to be said. */
  library?: ReadonlySignal<Library | null>;
  /** How it compares with the reference's, where it is of a learner's library. */
  comparison?: ReadonlySignal<Comparison | null>;
  /** How it is walked through, where somebody else says so. */
  mode?: Signal<Mode>;
  /** Whether one may choose that here. */
  canChoose?: boolean;
  /** What stands above the graph. */
  children?: ComponentChildren;
  /** What stands in its place until it is there; else that Run makes it. */
  waiting?: ComponentChildren;
}

/** Follow the walk; choose the order yourself; or name each derivative before it is shown. */
export type Mode = "follow" | "order" | "guess";

const MODES: readonly { mode: Mode; label: string }[] = [
  { mode: "follow", label: "Follow it" },
  { mode: "guess", label: "Guess" },
  { mode: "order", label: "Wrong order" },
];

export function GraphPanel({ graph, step, title = "Computation graph", ...rest }: Props) {
  const { isStale, library, comparison, children, canChoose = false, waiting } = rest;
  const id = useId();
  const own = useSignal<Mode>("follow");
  const mode = rest.mode ?? own;
  // By its place in the list of nodes, which is the same in a graph with other numbers.
  const picked = useSignal<number | null>(null);
  useEffect(() => forgetWith(graph, picked), [graph]);
  const wrong = useComputed(() => comparison?.value?.fault?.node ?? null);
  const walk = useComputed(() => {
    if (!graph.value) return null;
    const at = walkTo(graph.value, step.value);
    return mode.value === "guess" ? hidden(at) : at;
  });
  const shown = graph.value;
  const box = picked.value === null ? undefined : shown?.nodes[picked.value];
  return (
    <section class={isStale?.value ? "card graph is-old" : "card graph"} aria-labelledby={id}>
      <div class="card-head">
        <h2 id={id}>{title}</h2>
        <Term describedBy={id}>{ABOUT}</Term>
        <MadeBy library={library?.value ?? null} />
        {isStale?.value && <span class="stale">of what was written before: press Run</span>}
      </div>
      {children}
      {canChoose && shown && <ModeChoice mode={mode} />}
      <div class="graph-parts" inert={isStale?.value ?? false}>
        <div class="graph-stage">
          {shown ? (
            <GraphCanvas
              graph={graph}
              walk={walk}
              wrong={wrong}
              onPick={(node) => (picked.value = placeOf(graph.peek(), node))}
            />
          ) : (
            (waiting ?? <Placeholder />)
          )}
        </div>
        {shown && box && <Picked graph={shown} id={box.id} />}
        {mode.value !== "order" && (
          <WalkControls graph={shown} step={step} walk={walk.value} />
        )}
        {shown && mode.value === "order" && <OrderGame graph={shown} />}
        {shown && mode.value === "guess" && <Guess graph={graph} step={step} />}
        {shown && mode.value === "follow" && <PendingTable graph={graph} step={step} />}
        {shown && <GraphList graph={shown} comparison={comparison?.value ?? null} />}
      </div>
    </section>
  );
}

/** Forgets the box that was picked when there is a graph of another shape. */
function forgetWith(graph: ReadonlySignal<Graph | null>, picked: Signal<number | null>): () => void {
  let before = graph.peek();
  return graph.subscribe((now) => {
    if (!isSameShape(before, now)) picked.value = null;
    before = now;
  });
}

function placeOf(graph: Graph | null, id: number): number | null {
  const place = graph?.nodes.findIndex((node) => node.id === id) ?? -1;
  return place < 0 ? null : place;
}

/** The walk without what is still to be guessed. */
function hidden(walk: WalkState): WalkState {
  const received = [...walk.received].filter(([id]) => walk.done.has(id));
  return { ...walk, received: new Map(received), activeEdges: new Set(), sentences: [] };
}

function ModeChoice({ mode }: { mode: Signal<Mode> }) {
  const name = useId();
  return (
    <fieldset class="choices">
      <legend>The backward pass</legend>
      {MODES.map(({ mode: one, label }) => (
        <label key={one}>
          <input
            type="radio"
            name={name}
            checked={mode.value === one}
            onChange={() => (mode.value = one)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

const ABOUT = (
  <p>
    Every operation Python did, as a box, with arrows from what went in. Values were computed from
    left to right. Derivatives come from right to left: each box passes its own back, times its
    slope. That is the chain rule.
  </p>
);

function Placeholder() {
  return (
    <div class="placeholder">
      <Sketch />
      <p>
        Press <b>Run</b> to see how Python computes this, one box for each operation, and how the
        derivatives find their way back.
      </p>
    </div>
  );
}

/** What is to come, in outline: two inputs, two operations. */
function Sketch() {
  return (
    <svg viewBox="0 0 260 100" width="260" height="100" class="sketch" aria-hidden="true">
      <path d="M64 24C92 24 88 44 112 44M64 76C92 76 88 56 112 56M168 50H196" />
      <rect x="8" y="10" width="56" height="28" rx="14" />
      <rect x="8" y="62" width="56" height="28" rx="14" />
      <rect x="112" y="36" width="56" height="28" rx="5" />
      <rect x="196" y="36" width="56" height="28" rx="5" />
      <text x="36" y="29">
        x
      </text>
      <text x="36" y="81">
        y
      </text>
      <text x="140" y="55">
        ×
      </text>
      <text x="224" y="55">
        +
      </text>
    </svg>
  );
}

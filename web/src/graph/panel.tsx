/** A computation graph with the walk back through it: drawn, stepped through, and as a table. */
import { useComputed, type ReadonlySignal, type Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { Graph } from "../protocol/expression";
import type { Library } from "../protocol/starting";
import { MadeBy } from "../ui/madeby";
import { Term } from "../ui/term";
import { GraphCanvas } from "./canvas";
import type { Comparison } from "./comparison";
import { GraphList } from "./graphlist";
import { walkTo } from "./walk";
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
  /** What stands above the graph. */
  children?: ComponentChildren;
}

export function GraphPanel({ graph, step, title = "Computation graph", ...rest }: Props) {
  const { isStale, library, comparison, children } = rest;
  const id = useId();
  const wrong = useComputed(() => comparison?.value?.fault?.node ?? null);
  const walk = useComputed(() => (graph.value ? walkTo(graph.value, step.value) : null));
  return (
    <section class="card graph" aria-labelledby={id}>
      <div class="card-head">
        <h2 id={id}>{title}</h2>
        <Term describedBy={id}>{ABOUT}</Term>
        <MadeBy library={library?.value ?? null} />
        {isStale?.value && <span class="stale">changed since it was run</span>}
      </div>
      {children}
      <div class="graph-stage">
        {graph.value ? <GraphCanvas graph={graph.value} walk={walk} wrong={wrong} /> : <Placeholder />}
      </div>
      <WalkControls graph={graph.value} step={step} walk={walk.value} />
      {graph.value && <GraphList graph={graph.value} comparison={comparison?.value ?? null} />}
    </section>
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

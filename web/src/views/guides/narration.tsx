/** A graph that is told step by step, where the text does not yet talk of the walk back. */
import { useComputed, useSignal, type ReadonlySignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { GraphCanvas } from "../../graph/canvas";
import { GraphList } from "../../graph/graphlist";
import type { WalkState } from "../../graph/walk";
import type { Graph } from "../../protocol/expression";
import type { Narration, Told } from "./narrated";

interface Props {
  name: string;
  graph: ReadonlySignal<Graph | null>;
  isStale: ReadonlySignal<boolean>;
  narration: Narration;
}

export function NarratedGraph({ name, graph, isStale, narration }: Props) {
  const id = useId();
  const step = useSignal(0);
  const steps = useComputed(() => (graph.value ? narration(graph.value) : []));
  const at = useComputed(() => steps.value[Math.min(step.value, last(steps.value))] ?? null);
  const walk = useComputed(() => (graph.value ? lit(at.value?.node ?? null) : null));
  const wrong = useSignal(null);
  const pick = (node: number) => {
    const found = steps.value.findIndex((one) => one.node === node);
    if (found >= 0) step.value = found;
  };
  const shown = graph.value;
  return (
    <section class={isStale.value ? "card graph is-old" : "card graph"} aria-labelledby={id}>
      <div class="card-head">
        <h2 id={id}>{name}</h2>
      </div>
      <div class="graph-parts" inert={isStale.value}>
        <div class="graph-stage">
          {shown ? (
            <GraphCanvas graph={graph} walk={walk} wrong={wrong} onPick={pick} />
          ) : (
            <Waiting />
          )}
        </div>
        <Steps steps={steps.value} step={step} words={at.value?.words ?? ""} />
        {shown && <GraphList graph={shown} comparison={null} />}
      </div>
    </section>
  );
}

/** Stands where a graph will be. */
export function Waiting() {
  return <p class="placeholder">The graph appears here as soon as Python is ready.</p>;
}

const last = (steps: readonly Told[]) => Math.max(0, steps.length - 1);

/** Nothing walks back here: one box is lit, and that is all. */
function lit(active: number | null): WalkState {
  const none = new Set<number>();
  return { active, done: none, received: new Map(), activeEdges: none, usedEdges: none, sentences: [] };
}

interface StepsProps {
  steps: readonly Told[];
  step: { value: number };
  words: string;
}

function Steps({ steps, step, words }: StepsProps) {
  const end = last(steps);
  const at = Math.min(step.value, end);
  const button = (label: string, to: number) => (
    <button
      type="button"
      aria-disabled={to === at || to < 0 || to > end}
      onClick={() => (step.value = Math.min(end, Math.max(0, to)))}
    >
      {label}
    </button>
  );
  return (
    <div class="walk">
      <div class="walk-controls">
        {button("First", 0)}
        {button("Back", at - 1)}
        {button("Next", at + 1)}
        {button("Last", end)}
        <input
          type="range"
          aria-label="Step"
          aria-valuetext={`${at} of ${end}`}
          min={0}
          max={Math.max(end, 1)}
          step={1}
          value={at}
          disabled={steps.length === 0}
          onInput={(event) => (step.value = Number(event.currentTarget.value))}
        />
        <span class="walk-count" aria-hidden="true">
          {steps.length > 0 ? `${at} / ${end}` : ""}
        </span>
      </div>
      <p class="walk-words" aria-live="polite">
        {words}
      </p>
    </div>
  );
}

/** The buttons and the slider of the walk back through a graph, and its words. */
import type { Signal } from "@preact/signals";
import type { Graph } from "../protocol/expression";
import { lastStep, nameOf, type WalkState } from "./walk";

/** Arrow keys on the buttons step, too. */
const KEYS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  Home: -Infinity,
  End: Infinity,
};

interface Props {
  graph: Graph | null;
  step: Signal<number>;
  walk: WalkState | null;
}

export function WalkControls({ graph, step, walk }: Props) {
  const last = graph ? lastStep(graph) : 0;
  const at = step.value;
  const go = (to: number) => {
    step.value = Math.min(Math.max(to, 0), last);
  };
  const isFirst = !graph || at <= 0;
  const isLast = !graph || at >= last;
  return (
    <div class="walk">
      <div
        class="walk-controls"
        onKeyDown={(event) => {
          const by = KEYS[event.key];
          // The slider has these keys of its own.
          if (by === undefined || event.target instanceof HTMLInputElement) return;
          event.preventDefault();
          go(at + by);
        }}
      >
        <WalkButton label="First" isOff={isFirst} onClick={() => go(0)} />
        <WalkButton label="Back" isOff={isFirst} onClick={() => go(at - 1)} />
        <WalkButton label="Next" isOff={isLast} onClick={() => go(at + 1)} />
        <WalkButton label="Last" isOff={isLast} onClick={() => go(last)} />
        <input
          type="range"
          aria-label="Step"
          aria-valuetext={describe(graph, at, last)}
          min={0}
          max={Math.max(last, 1)}
          step={1}
          value={at}
          disabled={!graph}
          onInput={(event) => go(Number(event.currentTarget.value))}
        />
        <span class="walk-count" aria-hidden="true">
          {graph ? `${at} / ${last}` : ""}
        </span>
      </div>
      <p class="walk-words" aria-live="polite">
        {walk
          ? walk.sentences.join(" ")
          : "The backward pass can be followed here, one operation at a time."}
      </p>
    </div>
  );
}

interface ButtonProps {
  label: string;
  isOff: boolean;
  onClick(): void;
}

/** A button that keeps the focus when there is nothing more to do: who steps goes on with keys. */
function WalkButton({ label, isOff, onClick }: ButtonProps) {
  return (
    <button type="button" aria-disabled={isOff} onClick={() => isOff || onClick()}>
      {label}
    </button>
  );
}

function describe(graph: Graph | null, at: number, last: number): string {
  const node = graph?.nodes.find(({ id }) => id === graph.order[at - 1]);
  const where = node ? `: ${nameOf(node)}` : at === 0 ? ": the start" : ": the end";
  return `${at} of ${last}${where}`;
}

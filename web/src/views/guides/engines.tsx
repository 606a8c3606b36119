/** One epoch Scalar by Scalar and compiled, measured here and now. */
import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { duration } from "../../format";
import type { Comparison } from "../../protocol/training";
import { compareEngines } from "../../training/calls";

const SECONDS = 1;

interface Props {
  name: string;
  hidden: number;
  points: number;
}

export function EnginesPart({ name, hidden, points }: Props) {
  const found = useSignal<Comparison | null>(null);
  const note = useSignal("");
  const id = useId();
  const measure = async () => {
    note.value = "Measuring…";
    try {
      const settings = { dataset: "Xor", points, hidden, rate: 0.5, epochs: 500, seed: 0 };
      found.value = await compareEngines({ ...settings, engine: "compiled" }, SECONDS);
      note.value = found.value ? "" : "Training has begun elsewhere: try again when it rests.";
    } catch (error) {
      note.value = (error as Error).message;
    }
  };
  return (
    <section class="card plot" aria-labelledby={id}>
      <h3 id={id}>{name}</h3>
      <div class="buttons">
        <button type="button" class="primary" onClick={() => void measure()}>
          Measure it here
        </button>
        <span class="run-note" aria-live="polite">
          {note.value}
        </span>
      </div>
      {found.value && <Answer {...found.value} />}
    </section>
  );
}

function Answer({ epochs, runs, eagerSeconds, compiledSeconds, compileSeconds }: Comparison) {
  const [eager, compiled] = [eagerSeconds / epochs, compiledSeconds / epochs];
  return (
    <p class="plot-words">
      An epoch takes {duration(eager)} Scalar by Scalar, and {duration(compiled)} compiled:{" "}
      {Math.round(eager / compiled).toLocaleString("en")} times as fast (over {epochs} epochs,{" "}
      {runs} times). Compiling took {duration(compileSeconds)}, once.
    </p>
  );
}

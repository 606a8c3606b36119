/** What a run's numbers say when it could go better: a sentence, and a button that does it. */
import { computed } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { advise } from "../../training/advice";
import type { Run } from "../../training/run";
import { settings } from "./settings";

export function AdviceNote({ run }: { run: Run }) {
  const advice = useMemo(() => computed(() => look(run)), [run]).value;
  if (!advice) return null;
  const { text, act, change } = advice;
  const follow = () => {
    if (change) {
      settings.change(change);
      run.reset();
    }
    run.start();
  };
  return (
    <div class="notice advice" role="status" aria-label="Advice">
      <p>{text}</p>
      {act && (
        <button type="button" class="quiet" onClick={follow}>
          {act}
        </button>
      )}
    </div>
  );
}

/** Only of a run that rests, and is the one that the settings ask for. */
function look({ phase, points, boundary, problem, records, looked }: Run) {
  if (phase.value !== "ready" || !points.value || looked.value) return null;
  const { dataset, hidden, rate, epochs, seed } = settings.values.value;
  return advise({
    settings: { dataset, hidden, rate, epochs, seed },
    points: points.value,
    loss: records.value.loss,
    boundary: boundary.value,
    hasDiverged: problem.value?.kind === "Diverged",
  });
}

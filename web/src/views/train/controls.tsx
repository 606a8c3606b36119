/** The settings of a run, its buttons, and what went wrong with it. */
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { count } from "../../format";
import { ChoiceField, NumberField } from "../../ui/field";
import { HeldUp, heldUpBy, takeFirst } from "../../ui/form";
import type { Run } from "../../training/run";
import { settings } from "./settings";
import { words } from "./words";

export function Controls({ run }: { run: Run }) {
  return (
    <form class="card controls" onSubmit={takeFirst(settings, run.start)}>
      <Fields />
      <Buttons run={run} />
      <Alerts run={run} />
      <Refusal run={run} />
    </form>
  );
}

function Fields() {
  return (
    <div class="fields">
      <ChoiceField of={settings} name="dataset" about={words.dataset} />
      <NumberField of={settings} name="points" about={words.points} />
      <NumberField of={settings} name="hidden" about={words.hidden} />
      <ChoiceField of={settings} name="rate" about={words.rate} />
      <NumberField of={settings} name="epochs" about={words.epochs} />
      <NumberField of={settings} name="seed" about={words.seed} />
      <ChoiceField of={settings} name="engine" about={words.engine} />
      <ChoiceField of={settings} name="drawing" about={words.drawing} />
    </div>
  );
}

function Buttons({ run }: { run: Run }) {
  const reason = useId();
  const trainButton = useRef<HTMLButtonElement>(null);
  const pauseButton = useRef<HTMLButtonElement>(null);
  const goes = run.isTraining.value;
  const lost = run.phase.value === "lost";
  const waiting = heldUpBy(settings, reason);

  // A disabled button drops the keyboard's focus: hand it to the one that now makes sense.
  useLayoutEffect(() => {
    const [from, to] = goes ? [trainButton, pauseButton] : [pauseButton, trainButton];
    if (document.activeElement === from.current) to.current?.focus();
  }, [goes]);

  return (
    <div>
      <div class="buttons">
        <button ref={trainButton} class="primary" disabled={goes || lost} {...waiting}>
          Train
        </button>
        <button ref={pauseButton} type="button" onClick={run.pause} disabled={!goes}>
          Pause
        </button>
        <button
          type="button"
          onClick={takeFirst(settings, run.step)}
          disabled={goes || lost}
          title="Train for one epoch"
          {...waiting}
        >
          Step
        </button>
        <button
          type="button"
          onClick={takeFirst(settings, run.reset)}
          title="Begin again, with the same random numbers"
          {...waiting}
        >
          Reset
        </button>
      </div>
      <HeldUp of={settings} id={reason} />
    </div>
  );
}

/** What to know where the engine is not the one that was asked for. */
function Refusal({ run }: { run: Run }) {
  const reason = run.ran.value?.refusal;
  if (!reason) return null;
  return (
    <div class="notice" role="status" aria-label="Engine">
      <p>This model can’t be compiled, so it is trained Scalar by Scalar. {reason}</p>
    </div>
  );
}

function Alerts({ run }: { run: Run }) {
  const { epoch, phase, problem } = run;
  const found = problem.value;
  if (phase.value === "lost" && epoch.value > 0) {
    return (
      <div class="alert" role="alert">
        <p>
          Python ended while it was training. What the network had learned by epoch{" "}
          {count(epoch.value)} is safe.
        </p>
        <button type="button" onClick={run.goOn}>
          Go on from epoch {count(epoch.value)}
        </button>
      </div>
    );
  }
  if (!found) return null;
  return (
    <div class="alert" role="alert">
      <p>{found.message}</p>
      {found.hint && <p>{found.hint}</p>}
      {found.traceback && (
        <details>
          <summary>What Python said</summary>
          <pre>{found.traceback}</pre>
        </details>
      )}
    </div>
  );
}

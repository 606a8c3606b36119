/** The settings of a run, its buttons, and what went wrong with it. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { change, values } from "../../address/address";
import { settings } from "../../address/settings";
import { ChoiceField, NumberField } from "../../ui/field";
import { count } from "../../format";
import type { Run } from "../../training/run";
import { datasetHints, drawingHints, engineHints, words } from "./words";

const table = settings.train;

export function Controls({ run }: { run: Run }) {
  return (
    <form class="card controls" onSubmit={(event) => event.preventDefault()}>
      <Fields />
      <Buttons run={run} />
      <Alerts run={run} />
      <Refusal run={run} />
    </form>
  );
}

function Fields() {
  const now = values.train.value;
  return (
    <div class="fields">
      <ChoiceField
        label="Dataset"
        setting={table.dataset}
        value={now.dataset}
        onChange={(dataset) => change("train", { dataset })}
        hint={datasetHints[now.dataset]}
        about={words.dataset}
      />
      <NumberField
        label="Points"
        setting={table.points}
        value={now.points}
        onChange={(points) => change("train", { points })}
        hint="1 to 1,000"
        about={words.points}
      />
      <NumberField
        label="Hidden size"
        setting={table.hidden}
        value={now.hidden}
        onChange={(hidden) => change("train", { hidden })}
        hint="1 to 100"
        about={words.hidden}
      />
      <ChoiceField
        label="Learning rate"
        setting={table.rate}
        value={now.rate}
        onChange={(rate) => change("train", { rate })}
        hint="size of each step"
        about={words.rate}
      />
      <NumberField
        label="Epochs"
        setting={table.epochs}
        value={now.epochs}
        onChange={(epochs) => change("train", { epochs })}
        hint="1 to 10,000"
        about={words.epochs}
      />
      <NumberField
        label="Seed"
        setting={table.seed}
        value={now.seed}
        onChange={(seed) => change("train", { seed })}
        hint="any whole number"
        about={words.seed}
      />
      <ChoiceField
        label="Engine"
        setting={table.engine}
        value={now.engine}
        onChange={(engine) => change("train", { engine })}
        hint={engineHints[now.engine]}
        about={words.engine}
      />
      <ChoiceField
        label="Drawing"
        setting={table.drawing}
        value={now.drawing}
        onChange={(drawing) => change("train", { drawing })}
        hint={drawingHints[now.drawing]}
        about={words.drawing}
      />
    </div>
  );
}

function Buttons({ run }: { run: Run }) {
  const trainButton = useRef<HTMLButtonElement>(null);
  const pauseButton = useRef<HTMLButtonElement>(null);
  const goes = run.isTraining.value;
  const lost = run.phase.value === "lost";

  // A disabled button drops the keyboard's focus: hand it to the one that now makes sense.
  useLayoutEffect(() => {
    const [from, to] = goes ? [trainButton, pauseButton] : [pauseButton, trainButton];
    if (document.activeElement === from.current) to.current?.focus();
  }, [goes]);

  return (
    <div class="buttons">
      <button
        ref={trainButton}
        type="button"
        class="primary"
        onClick={run.start}
        disabled={goes || lost}
      >
        Train
      </button>
      <button ref={pauseButton} type="button" onClick={run.pause} disabled={!goes}>
        Pause
      </button>
      <button type="button" onClick={run.step} disabled={goes || lost} title="Train for one epoch">
        Step
      </button>
      <button type="button" onClick={run.reset} title="Begin again, with the same random numbers">
        Reset
      </button>
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

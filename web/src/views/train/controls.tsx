/** The settings of a run, its buttons, and what went wrong with it. */
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { hides } from "../../address/settings";
import { count, counted, inLine } from "../../format";
import { ChoiceField, FieldLabel, NumberField } from "../../ui/field";
import { Said } from "../../ui/said";
import { ToDo } from "../../ui/todo";
import { HeldUp, heldUpBy, takeFirst } from "../../ui/form";
import type { Run } from "../../training/run";
import { hasChoice } from "../library";
import { DatasetPictures } from "./datasets";
import { settings } from "./settings";
import { words } from "./words";

export function Controls({ run }: { run: Run }) {
  const start = () => {
    run.start();
    showWhatTrains();
  };
  return (
    <form class="card controls" onSubmit={takeFirst(settings, start)}>
      <Fields />
      <Buttons run={run} />
      <Alerts run={run} />
      <Refusal run={run} />
      <Remarks run={run} />
    </form>
  );
}

/** On a small screen the fields fill it: the picture of what is trained is brought into sight. */
function showWhatTrains(): void {
  const plane = document.querySelector(".train .boundary")?.getBoundingClientRect();
  if (!plane || plane.top + plane.height / 2 < window.innerHeight) return;
  document.querySelector(".progress-part")?.scrollIntoView({ block: "start" });
}

function Fields() {
  return (
    <div class="fields">
      <ChoiceField of={settings} name="dataset" about={words.dataset} />
      {!hides(settings, "dataset") && <DatasetPictures />}
      <NumberField of={settings} name="points" about={words.points} />
      <NumberField of={settings} name="noise" about={words.noise} />
      <NumberField of={settings} name="heldOut" about={words.heldOut} />
      <NumberField of={settings} name="hidden" about={words.hidden} />
      <ChoiceField of={settings} name="rate" about={words.rate} />
      <NumberField of={settings} name="epochs" about={words.epochs} />
      <NumberField of={settings} name="seed" about={words.seed} />
      {hasChoice.value && <ChoiceField of={settings} name="library" about={words.library} />}
      <EngineField />
      <ChoiceField of={settings} name="drawing" about={words.drawing} />
    </div>
  );
}

/** On a learner's library there is no choice of engines, and the field says why. */
function EngineField() {
  const isTheirs = hasChoice.value && settings.values.value.library === "yours";
  if (!isTheirs) return <ChoiceField of={settings} name="engine" about={words.engine} />;
  return (
    <div class="field">
      <FieldLabel id="only-engine" label={settings.table.engine.label} />
      <select id="only-engine" disabled aria-describedby="only-engine-note">
        <option>{settings.table.engine.nameOf("eager")}</option>
      </select>
      <p class="field-note" id="only-engine-note">
        the compiler reads the page’s own Scalars only
      </p>
    </div>
  );
}

function Buttons({ run }: { run: Run }) {
  const reason = useId();
  const trainButton = useRef<HTMLButtonElement>(null);
  const pauseButton = useRef<HTMLButtonElement>(null);
  const goes = run.isTraining.value;
  const isOut = run.phase.value === "lost" || run.isEmpty.value;
  const waiting = heldUpBy(settings, reason);

  // A disabled button drops the keyboard's focus: hand it to the one that now makes sense, and
  // leave in sight what trains.
  useLayoutEffect(() => {
    const [from, to] = goes ? [trainButton, pauseButton] : [pauseButton, trainButton];
    if (document.activeElement === from.current) to.current?.focus({ preventScroll: true });
  }, [goes]);

  return (
    <div>
      <div class="buttons">
        <button ref={trainButton} class="primary" disabled={goes || isOut} {...waiting}>
          Train
        </button>
        <button ref={pauseButton} type="button" onClick={run.pause} disabled={!goes}>
          Pause
        </button>
        <button
          type="button"
          onClick={takeFirst(settings, run.step)}
          disabled={goes || isOut}
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
      <div class="buttons more">
        <NewSeed />
        <OnAndOn run={run} />
      </div>
      <HeldUp of={settings} id={reason} />
    </div>
  );
}

function NewSeed() {
  if (hides(settings, "seed")) return null;
  return (
    <button
      type="button"
      class="quiet"
      title="Other points, and other first weights"
      onClick={() => settings.change({ seed: settings.values.peek().seed + 1 })}
    >
      New seed
    </button>
  );
}

/** Where a run has ended: as many epochs again. */
function OnAndOn({ run }: { run: Run }) {
  const { epoch, goal, phase } = run;
  const hasEnded = phase.value === "ready" && epoch.value > 0 && epoch.value >= goal.value;
  return (
    <button
      type="button"
      class="quiet"
      disabled={!hasEnded}
      title="Trains on from here, where a run has ended"
      onClick={run.start}
    >
      {counted(settings.values.value.epochs, "epoch").replace(/ epochs?/, "")} more
    </button>
  );
}

/** What to know where the engine is not the one that was asked for. */
function Refusal({ run }: { run: Run }) {
  const reason = run.ran.value?.refusal;
  // On a library of theirs, the field has said so.
  if (!reason || run.madeBy.value?.name === "Yours") return null;
  return (
    <div class="notice" role="status" aria-label="Engine">
      <p>This model can’t be compiled, so it is trained Scalar by Scalar. {reason}</p>
    </div>
  );
}

/** What to know of a run on the learner's library. */
function Remarks({ run }: { run: Run }) {
  const { epoch, isStale, note } = run;
  if (!note.value && !isStale.value) return null;
  const goesOn = epoch.value > 0 ? "Train goes on with the new ones; Reset begins again." : "";
  return (
    <div class="notice" role="status" aria-label="Library">
      {note.value && <p>{note.value}</p>}
      {isStale.value && <p>You have changed your files since this was computed. {goesOn}</p>}
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
      <p>
        {found.file && `${found.kind}${inLine(found)}: `}
        {found.message}
      </p>
      <ToDo problem={found} />
      {found.hint && <p>{found.hint}</p>}
      <Said text={found.traceback} />
    </div>
  );
}

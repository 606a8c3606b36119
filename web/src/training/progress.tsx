/** How far the run is: a bar and a line of numbers. */
import { counted, count, loss as lossText } from "../format";
import { status, type Running } from "../python/client";
import type { Library } from "../protocol/starting";
import { StopBusy, trainingBusyWith } from "../ui/busy";
import { MadeBy } from "../ui/madeby";
import type { Run } from "./run";

/** Epochs that are slower than so many a second are followed point by point. */
const SLOW = 2;
/** What is over sooner is not waited for. */
const LONG_SECONDS = 5;

interface Props {
  run: Run;
  /** What it is trained with, where that is to be said. */
  library?: Library | null;
}

export function Progress({ run, library = null }: Props) {
  // Thirty announcements a second would drown a screen reader: it hears the pauses only.
  const live = run.phase.value === "running" ? "off" : "polite";
  const running = waitsFor(run);
  const { epoch, goal } = run;
  return (
    <div class="progress">
      <progress
        aria-label="Training progress"
        max={goal.value}
        value={isSlow(run) ? run.passed.value : epoch.value}
      />
      <div class="progress-line">
        <p role="status" aria-label="Training" aria-live={live}>
          {describeProgress(run)}
        </p>
        {running && <StopBusy running={running} />}
        <MadeBy library={library} />
      </div>
    </div>
  );
}

/** What the worker does or does not do, where this run waits for something else; else null. */
function waitsFor({ home, phase }: Run): Running | null {
  const isAtRest = phase.value === "ready" || phase.value === "lost";
  return isAtRest ? null : trainingBusyWith(home.library, home.code);
}

function heldBack(run: Run): string {
  if (run.home.code !== null) return "The model is code from a link, or your own: press Train to run it";
  return "Press Train to run it on your minitorch";
}

/** The run in a line: "Epoch 120 of 500 · loss 3.42 · 48 of 50 correct · about 20 s left". */
export function describeProgress(run: Run): string {
  if (run.isEmpty.value) return "No points yet: press the plane to put some";
  if (run.isHeldBack.value) return heldBack(run);
  const running = waitsFor(run);
  if (running?.hangs) return "Python hangs: Stop gives you another one, and nothing is lost";
  if (running) return `Waiting for Python, which is still running ${running.what}`;
  const { aim, drawing, epoch, goal, isTraining, phase, points, problem, speed } = run;
  if (!points.value) {
    if (status.value.phase === "failed") return "There is no Python to train with";
    if (problem.value) return "There is no model to train";
    const isThere = status.value.phase === "ready";
    if (aim.value) return `Starts as soon as ${isThere ? "the model" : "Python"} is ready`;
    return `${isThere ? "The model" : "Python"} is on its way`;
  }
  const total = points.value.label.length;
  const parts = [`Epoch ${count(epoch.value)} of ${count(goal.value)}`];
  if (epoch.value > 0) parts.push(...results(run, total));
  else if (!isTraining.value) parts.push("not trained yet");
  if (isSlow(run)) parts.splice(1, 0, `${count(run.within.value)} of ${counted(total, "point")}`);
  if (phase.value !== "ready" && drawing.value !== null) parts.splice(1, 0, drawn(drawing.value));
  if (speed.value !== null) parts.push(...timeLeft(run, speed.value));
  return parts.join(" · ");
}

/**
 * The loss and the count of what is drawn beside it, which come from the very same parameters. A
 * run that is drawn at the end has only the loss of its last epoch until then.
 */
function results({ boundary, drawn, heldOut, records }: Run, total: number): string[] {
  const shown = boundary.value;
  if (shown && drawn.value === records.value) {
    const parts = [`loss ${lossText(shown.loss)}`, `${count(shown.correct)} of ${count(total)} correct`];
    const held = heldOut.value?.label.length ?? 0;
    if (held === 0) return parts;
    const ofHeld = `${count(shown.heldCorrect)} of ${count(held)}`;
    return [...parts, `held out: loss ${lossText(shown.heldLoss)}, ${ofHeld} correct`];
  }
  const last = records.value.last;
  return last ? [`loss ${lossText(last.loss)}`] : [];
}

function drawn(part: number): string {
  return `plane ${Math.floor(100 * part)} % drawn`;
}

/** Whether it goes on for a while in which no epoch is complete. */
function isSlow({ speed }: Run): boolean {
  return speed.value !== null && speed.value < SLOW;
}

/** Where it takes long enough to wonder. */
function timeLeft({ passed, goal }: Run, speed: number): string[] {
  const seconds = (goal.value - passed.value) / speed;
  if (!(seconds >= LONG_SECONDS && seconds < Infinity)) return [];
  if (seconds < 90) return [`about ${Math.ceil(seconds / 5) * 5} s left`];
  if (seconds < 90 * 60) return [`about ${Math.ceil(seconds / 60)} minutes left`];
  return [`about ${count(Math.ceil(seconds / 3600))} hours left`];
}

/** How far the run is: a bar and a line of numbers. */
import { counted, count, loss as lossText } from "../format";
import { status, type Running } from "../python/client";
import type { Library } from "../protocol/starting";
import { StopBusy, trainingBusyWith } from "../ui/busy";
import { MadeBy } from "../ui/madeby";
import type { Run } from "./run";

interface Props {
  run: Run;
  /** What it is trained with, where that is to be said. */
  library?: Library | null;
}

export function Progress({ run, library = null }: Props) {
  // Thirty announcements a second would drown a screen reader: it hears the pauses only.
  const live = run.phase.value === "running" ? "off" : "polite";
  const running = waitsFor(run);
  return (
    <div class="progress">
      <progress aria-label="Training progress" max={run.goal.value} value={run.epoch.value} />
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
function waitsFor({ library, phase }: Run): Running | null {
  const isAtRest = phase.value === "ready" || phase.value === "lost";
  return isAtRest ? null : trainingBusyWith(library);
}

/** The run in a line: "Epoch 120 of 500 · loss 3.42 · 48 of 50 correct · 1,200 epochs/s". */
export function describeProgress(run: Run): string {
  if (run.isHeldBack.value) return "Press Train to run it on your minitorch";
  const running = waitsFor(run);
  if (running?.hangs) return "Python hangs: Stop gives you another one, and nothing is lost";
  if (running) return `Waiting for Python, which is still running ${running.what}`;
  const { aim, epoch, goal, isTraining, points, problem, speed } = run;
  if (!points.value) {
    if (status.value.phase === "failed") return "There is no Python to train with";
    if (problem.value) return "There is no model to train";
    return aim.value ? "Starts as soon as Python is ready" : "Python is on its way";
  }
  const parts = [`Epoch ${count(epoch.value)} of ${count(goal.value)}`];
  if (epoch.value > 0) parts.push(...results(run, points.value.label.length));
  else if (!isTraining.value) parts.push("not trained yet");
  if (speed.value !== null) parts.push(pace(speed.value));
  return parts.join(" · ");
}

/**
 * The loss and the count of what is drawn beside it, which come from the very same parameters. A
 * run that is drawn at the end has only the loss of its last epoch until then.
 */
function results({ boundary, drawn, records }: Run, total: number): string[] {
  const shown = boundary.value;
  if (shown && drawn.value === records.value) {
    return [`loss ${lossText(shown.loss)}`, `${count(shown.correct)} of ${count(total)} correct`];
  }
  const last = records.value.last;
  return last ? [`loss ${lossText(last.loss)}`] : [];
}

function pace(epochsPerSecond: number): string {
  if (epochsPerSecond >= 10) return counted(Math.round(epochsPerSecond), "epoch") + "/s";
  return `${epochsPerSecond.toFixed(1)} epochs/s`;
}

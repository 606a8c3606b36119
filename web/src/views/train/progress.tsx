/** How far the run is: a bar and a line of numbers. */
import { status } from "../../python/client";
import { counted, count, loss as lossText } from "../../format";
import { epoch, goal, latest, phase, points, speed, training, wish } from "./run";

export function Progress() {
  // Thirty announcements a second would drown a screen reader: it hears the pauses only.
  const live = phase.value === "running" ? "off" : "polite";
  return (
    <div class="progress">
      <progress aria-label="Training progress" max={goal.value} value={epoch.value} />
      <p class="progress-line" role="status" aria-label="Training" aria-live={live}>
        {describe()}
      </p>
    </div>
  );
}

function describe(): string {
  if (!points.value) {
    if (status.value.phase === "failed") return "There is no Python to train with";
    return wish.value ? "Starts as soon as Python is ready" : "Python is on its way";
  }
  const parts = [`Epoch ${count(epoch.value)} of ${count(goal.value)}`];
  const record = latest.value;
  if (record) {
    parts.push(`loss ${lossText(record.loss)}`);
    parts.push(`${count(record.correct)} of ${count(points.value.label.length)} correct`);
  } else if (!training.value) {
    parts.push("not trained yet");
  }
  if (speed.value !== null) parts.push(pace(speed.value));
  return parts.join(" · ");
}

function pace(epochsPerSecond: number): string {
  if (epochsPerSecond >= 10) return counted(Math.round(epochsPerSecond), "epoch") + "/s";
  return `${epochsPerSecond.toFixed(1)} epochs/s`;
}

/** Both engines over the same epochs: how long each takes, and that they agree. */
import { signal } from "@preact/signals";
import { WorkerGone } from "../../python/client";
import { compareEngines } from "../../training/calls";
import type { Comparison as Result } from "../../protocol/training";
import { count, counted, duration } from "../../format";
import type { Run } from "../../training/run";
import { trainSettings } from "./settings";

/** How long the slower one may train. */
const SECONDS = 2;
/** A smaller difference comes from the order of additions alone. */
const SAME = 1e-9;

interface Compared {
  /** The model that was compared. */
  model: string;
  result: Result;
}

const isComparing = signal(false);
const compared = signal<Compared | null>(null);
const failure = signal<string | null>(null);

async function compare(): Promise<void> {
  const settings = trainSettings();
  const { dataset, points, hidden, seed } = settings;
  isComparing.value = true;
  compared.value = failure.value = null;
  try {
    const result = await compareEngines(settings, SECONDS);
    const model = `${dataset}, ${counted(points, "point")}, hidden size ${hidden}, seed ${seed}`;
    compared.value = result && { model, result };
  } catch (error) {
    // When Python ends, the page says so elsewhere.
    if (!(error instanceof WorkerGone)) failure.value = (error as Error).message;
  } finally {
    isComparing.value = false;
  }
}

export function CompareButton({ run }: { run: Run }) {
  // Not while the same Python trains.
  if (run.isTheirs.value) return null;
  const isIdle = run.phase.value === "ready" && run.points.value !== null && !isComparing.value;
  return (
    <button type="button" class="quiet" onClick={() => void compare()} disabled={!isIdle}>
      Compare the engines
    </button>
  );
}

export function Comparison() {
  return (
    <div role="status" aria-label="Comparison">
      {isComparing.value && (
        <p class="comparison small">Training Scalar by Scalar for two seconds, to compare …</p>
      )}
      {failure.value && <p class="comparison small">{failure.value}</p>}
      {compared.value && <Answer {...compared.value} />}
    </div>
  );
}

function Answer({ model, result }: Compared) {
  const factor = result.eagerSeconds / result.compiledSeconds;
  return (
    <div class="comparison">
      <p>
        Compiled was {count(Number(factor.toPrecision(2)))} times as fast. {agreement(result)}
      </p>
      <p class="small">
        Both trained a new model for {counted(result.epochs, "epoch")} ({model}). Compiling took{" "}
        {duration(result.compileSeconds)} before that.
      </p>
      <table aria-label="Engines compared">
        <thead>
          <tr>
            <th scope="col">Engine</th>
            <th scope="col">All epochs</th>
            <th scope="col">Each</th>
          </tr>
        </thead>
        <tbody>
          <Row name="Scalar by Scalar" seconds={result.eagerSeconds} epochs={result.epochs} />
          <Row name="Compiled" seconds={result.compiledSeconds} epochs={result.epochs} />
        </tbody>
      </table>
    </div>
  );
}

function Row({ name, seconds, epochs }: { name: string; seconds: number; epochs: number }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{duration(seconds)}</td>
      <td>{duration(seconds / epochs)}</td>
    </tr>
  );
}

function agreement({ difference }: Result): string {
  if (difference === 0) return "All losses are the same, to the last digit.";
  const size = difference.toExponential(0).replace("-", "−");
  return difference < SAME
    ? `The losses agree: the largest difference is ${size} of a loss.`
    : `The losses differ, by up to ${size} of a loss.`;
}

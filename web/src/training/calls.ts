/** What any page can ask of a run of training. */
import { call } from "../python/client";
import type { Hear } from "../protocol/messages";
import type {
  Checkpoint,
  Comparison,
  Pace,
  TrainingOpened,
  TrainingUpdate,
  TrainSettings,
} from "../protocol/training";

export function openTraining(
  settings: TrainSettings,
  from: Checkpoint | null,
): Promise<TrainingOpened> {
  return call("training.open", [settings, from]);
}

/**
 * Trains; aborting the signal pauses. Each update is heard once, the last one too, which comes with
 * an up-to-date boundary.
 */
export async function train(
  epochs: number,
  pace: Pace,
  hear: Hear<TrainingUpdate>,
  signal: AbortSignal,
): Promise<void> {
  const pause = () => void call("training.pause", []).catch(() => undefined);
  const done = call("training.train", [epochs, pace], { hear, heavy: true });
  if (signal.aborted) pause();
  else signal.addEventListener("abort", pause);
  await done.finally(() => signal.removeEventListener("abort", pause));
}

export function trainingSource(): Promise<string> {
  return call("training.source", []);
}

export function compareEngines(
  settings: TrainSettings,
  seconds: number,
): Promise<Comparison | null> {
  return call("training.compare", [settings, seconds], { heavy: true });
}

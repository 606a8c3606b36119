/** What any page can ask of a run of training. */
import { Stopped, call } from "../python/client";
import type { Hear } from "../protocol/messages";
import { ProblemError } from "../protocol/problems";
import type { Files } from "../protocol/starting";
import type {
  Checkpoint,
  Comparison,
  Pace,
  TrainingOpened,
  TrainingUpdate,
  TrainSettings,
} from "../protocol/training";

/** A learner's code that has not heard of a pause after this many milliseconds is stopped. */
const PATIENCE_MS = 1_000;

/** Makes a model, or one that goes on from a checkpoint; `library`: on the learner's files. */
export function openTraining(
  settings: TrainSettings,
  from: Checkpoint | null,
  library: Files | null = null,
): Promise<TrainingOpened> {
  const named = library ? { what: "your library" } : {};
  return call("training.open", [settings, from], { library, ...named });
}

/**
 * Trains, and tells every update once. Aborting the signal pauses; the promise then resolves when
 * the state reached has been told.
 */
export async function train(
  epochs: number,
  pace: Pace,
  hear: Hear<TrainingUpdate>,
  signal: AbortSignal,
  library: Files | null = null,
): Promise<void> {
  const end = new AbortController();
  let patience = 0;
  const pause = () => {
    call("training.pause", [], { library }).catch(() => undefined);
    if (library) patience = window.setTimeout(() => end.abort(), PATIENCE_MS);
  };
  const options = { hear, heavy: true, library, signal: end.signal };
  const done = call("training.train", [epochs, pace], options);
  if (signal.aborted) pause();
  else signal.addEventListener("abort", pause);
  try {
    await done;
  } catch (error) {
    if (!end.signal.aborted || !wasStopped(error)) throw error;
  } finally {
    clearTimeout(patience);
    signal.removeEventListener("abort", pause);
  }
}

/** Whether code that did not hear of a pause was stopped: by itself, or with its worker. */
function wasStopped(error: unknown): boolean {
  const { kind = "" } = error instanceof ProblemError ? error.problem : {};
  return error instanceof Stopped || kind === "Stopped";
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

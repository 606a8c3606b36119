/** What any page can ask of a run of training. */
import { Stopped, call } from "../python/client";
import type { Hear } from "../protocol/messages";
import { ProblemError } from "../protocol/problems";
import type { Files } from "../protocol/starting";
import type {
  Boundary,
  Checkpoint,
  Comparison,
  Inspected,
  Pace,
  Point,
  Script,
  TrainingOpened,
  TrainingUpdate,
  TrainSettings,
} from "../protocol/training";

/** A learner's code that has not heard of a pause after this many milliseconds is stopped. */
const PATIENCE_MS = 1_000;

/** Where a model is trained: on whose library, and by what text of the learner's own, if any. */
export interface Home {
  library: Files | null;
  code: string | null;
}

/** On our library, with its own model. */
export const OURS: Home = { library: null, code: null };

/** Makes a model, or one that goes on from a checkpoint. */
export function openTraining(
  settings: TrainSettings,
  from: Checkpoint | null,
  home: Home = OURS,
): Promise<TrainingOpened> {
  const { library, code } = home;
  const named = library ? { what: "your library" } : code === null ? {} : { what: "your model" };
  return call("training.open", [settings, from], { ...home, ...named });
}

/**
 * Trains, and tells every update once. Aborting the signal pauses; the promise then resolves when
 * the state reached has been told.
 */
export async function train(
  epochs: number,
  pace: Pace,
  rate: number,
  hear: Hear<TrainingUpdate>,
  signal: AbortSignal,
  home: Home = OURS,
): Promise<void> {
  const end = new AbortController();
  let patience = 0;
  const pause = () => {
    call("training.pause", [], home).catch(() => undefined);
    if (runsTheirs(home)) patience = window.setTimeout(() => end.abort(), PATIENCE_MS);
  };
  const options = { hear, heavy: true, ...home, signal: end.signal };
  const done = call("training.train", [epochs, pace, rate], options);
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

/** Whether what trains there is of a learner's making, in part. */
export function runsTheirs({ library, code }: Home): boolean {
  return library !== null || code !== null;
}

/** The plane as other parameters would have it; null where something else is wanted meanwhile. */
export function look(parameters: Float64Array, home: Home): Promise<Boundary | null> {
  return call("training.look", [parameters], { ...home });
}

/** One point by itself, with some parameters; a graph has at most `maxNodes` nodes. */
export function inspect(
  parameters: Float64Array,
  point: Point,
  maxNodes: number,
  home: Home,
): Promise<Inspected> {
  return call("training.inspect", [parameters, point, maxNodes], { ...home });
}

export function trainingSource(home: Home = OURS): Promise<string> {
  return call("training.source", [], { ...home });
}

/** The run of these settings as a program; `problem` says why there is none. */
export function trainingScript(
  settings: TrainSettings,
  kind: "minitorch" | "torch",
): Promise<Script> {
  return call("training.script", [{ ...settings, code: null }, kind, settings.code]);
}

export function compareEngines(
  settings: TrainSettings,
  seconds: number,
): Promise<Comparison | null> {
  return call("training.compare", [settings, seconds], { heavy: true });
}

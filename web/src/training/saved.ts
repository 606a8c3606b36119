/** A run as data: all it takes to go on with it after a reload, or a look at another model. */
import type { Checkpoint, TrainSettings } from "../protocol/training";
import type { Records } from "./records";

export interface SavedRun {
  /** The settings that make its model differ from others, as `modelKey` writes them. */
  model: string;
  /** The number of epochs that was asked for; `goal` is larger if the run was trained further. */
  epochs: number;
  goal: number;
  checkpoint: Checkpoint;
  records: Records;
}

/**
 * What makes one model differ from another: neither the engine nor the number of epochs does, but
 * whether it is made with the learner's library, of which the model may be a part.
 */
export function modelKey(
  { dataset, points, hidden, rate, seed }: TrainSettings,
  isTheirs = false,
): string {
  return JSON.stringify([dataset, points, hidden, rate, seed, ...(isTheirs ? ["yours"] : [])]);
}

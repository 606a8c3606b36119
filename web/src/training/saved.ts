/** A run as data: all it takes to go on with it after a reload, or a look at another model. */
import type { Checkpoint, TrainSettings } from "../protocol/training";
import { encodePoints } from "./owntext";
import type { Records } from "./records";

/** The settings of the data and the model where there is nothing special about them. */
export const PLAIN = { noise: 0, heldOut: 0, own: null, code: null } as const;

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
 * What makes one model differ from another: neither the engine nor the number of epochs or the
 * learning rate does, but whether it is made with the learner's library, of which the model may be
 * a part.
 */
export function modelKey(
  { dataset, points, hidden, seed, noise, heldOut, own, code }: TrainSettings,
  isTheirs = false,
): string {
  const data = own ? [encodePoints(own)] : [dataset, points];
  return JSON.stringify([...data, noise, heldOut, hidden, seed, code, isTheirs ? "yours" : "ours"]);
}

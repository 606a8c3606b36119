/** What Python tells of a run, held against what can be; and what is said where it ends. */
import { Stopped } from "../python/client";
import type { TrainingUpdate } from "../protocol/training";
import type { Home } from "./calls";

export const MADE_UP = "Python told of epochs that can’t be.";
/** For what is not the learner's doing, but better read than waited for. */
export const HINT = "Reset makes a new model. If that doesn’t help, load the page again.";

const CODE_STOPPED = "You stopped the model.";
const CODE_ENDED = "Python ended while it was running the model. The code is safe.";
const STOPPED = "You stopped your library.";
const ENDED = "Python ended while it was running your library. Your files are safe.";

/** Whether an update tells of the epochs that follow `from`, and of none beyond `end`. */
export function leads({ records, checkpoint }: TrainingUpdate, from: number, end: number): boolean {
  const last = records.first + records.loss.length - 1;
  return records.first === from + 1 && last === checkpoint.epoch && last <= end;
}

/** Why a Python with code of the learner's in it has ended before anything was trained. */
export function whyGone(error: Error, { code }: Home): Error {
  const [stopped, ended] = code === null ? [STOPPED, ENDED] : [CODE_STOPPED, CODE_ENDED];
  return new Error(error instanceof Stopped ? stopped : ended);
}

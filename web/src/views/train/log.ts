/** Which epochs the log lists, and the log as a file. */
import { COLUMNS, isHeld, type Records } from "../../training/records";

/** Rows are this many epochs apart: a log of any run stays short enough to read. */
export function logInterval(goal: number): number {
  if (goal <= 25) return 1;
  let interval = 10;
  while (goal > 100 * interval) interval *= 10;
  return interval;
}

/**
 * Of `length` epochs: the first, those that are `interval` apart and, once the run rests, the last
 * one; newest first. While it runs, the last epoch is another one at each look: it would flicker.
 */
export function logEpochs(length: number, interval: number, runs: boolean): number[] {
  const epochs = length > 0 && interval > 1 ? [1] : [];
  for (let epoch = interval; epoch <= length; epoch += interval) epochs.push(epoch);
  if (!runs && length > 0 && epochs.at(-1) !== length) epochs.push(length);
  return epochs.reverse();
}

export function toCsv(records: Records): string {
  const names = COLUMNS.filter((name) => records.isSplit || !isHeld(name));
  const lines = [["epoch", ...names].join()];
  for (let epoch = 1; epoch <= records.length; epoch++) {
    const record = records.at(epoch);
    if (record) lines.push([epoch, ...names.map((name) => record[name])].join());
  }
  return [...lines, ""].join("\n");
}

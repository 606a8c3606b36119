/** Which epochs the log lists, and the log as a file. */
import type { EpochRecord } from "../../protocol";

/** Rows are this many epochs apart: a log of any run stays short enough to read. */
export function logInterval(goal: number): number {
  if (goal <= 25) return 1;
  return goal <= 1000 ? 10 : 100;
}

/**
 * The first epoch, every so many after it and, once the run rests, the last one; newest first.
 * While it runs, the last epoch is another one at each look: it would only flicker.
 */
export function logRows(
  records: readonly EpochRecord[],
  interval: number,
  runs: boolean,
): EpochRecord[] {
  const last = runs ? -1 : records.length - 1;
  return records
    .filter((record, i) => i === 0 || i === last || record.epoch % interval === 0)
    .reverse();
}

export function toCsv(records: readonly EpochRecord[]): string {
  const rows = records.map(
    ({ epoch, loss, correct, seconds }) => `${epoch},${loss},${correct},${seconds}`,
  );
  return ["epoch,loss,correct,seconds", ...rows, ""].join("\n");
}

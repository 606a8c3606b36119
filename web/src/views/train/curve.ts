/** The loss curve: which points of it to draw, and how high the axis has to be. */
import type { EpochRecord } from "../../protocol";

export interface Curve {
  epoch: number[];
  loss: number[];
}

/**
 * At most about `limit` points. Each stretch of epochs keeps its lowest and its highest loss, so
 * that no spike is lost; an infinite or undefined loss can't be drawn and is left out.
 */
export function lossCurve(records: readonly EpochRecord[], limit = 800): Curve {
  const drawable = records.filter((record) => Number.isFinite(record.loss));
  const stretch = Math.ceil((2 * drawable.length) / limit);
  const kept = stretch <= 2 ? drawable : thinned(drawable, stretch);
  return { epoch: kept.map((record) => record.epoch), loss: kept.map((record) => record.loss) };
}

function thinned(records: readonly EpochRecord[], stretch: number): EpochRecord[] {
  const kept: EpochRecord[] = [];
  for (let from = 0; from < records.length; from += stretch) {
    const part = records.slice(from, from + stretch);
    const low = part.reduce((a, b) => (b.loss < a.loss ? b : a));
    const high = part.reduce((a, b) => (b.loss > a.loss ? b : a));
    kept.push(...(low.epoch < high.epoch ? [low, high] : low === high ? [low] : [high, low]));
  }
  const last = records.at(-1);
  if (last && kept.at(-1) !== last) kept.push(last);
  return kept;
}

/** A round number at or above the highest loss: the axis changes seldom, not at each epoch. */
export function ceiling(losses: readonly number[]): number {
  const highest = losses.reduce((a, b) => Math.max(a, b), 0);
  if (highest === 0) return 1;
  const unit = 10 ** Math.floor(Math.log10(highest));
  const factor = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((one) => one * unit >= highest) ?? 10;
  return factor * unit;
}

/** The loss curve: which points of it to draw, and how high the axis has to be. */

export interface Curve {
  epoch: number[];
  loss: number[];
}

/**
 * The losses of epoch 1, 2, … as at most about `limit` points. Each stretch of epochs keeps its
 * lowest and its highest loss, so that no spike is lost; an infinite or undefined loss can't be
 * drawn and is left out.
 */
export function lossCurve(losses: Float64Array, limit = 800): Curve {
  const stretch = losses.length <= limit ? 1 : Math.ceil((2 * losses.length) / limit);
  const curve: Curve = { epoch: [], loss: [] };
  const keep = (i: number) => {
    if (i < 0 || curve.epoch.at(-1) === i + 1) return;
    curve.epoch.push(i + 1);
    curve.loss.push(losses[i]!);
  };
  for (let from = 0; from < losses.length; from += stretch) {
    const [low, high] = extremes(losses, from, Math.min(from + stretch, losses.length));
    keep(Math.min(low, high));
    keep(Math.max(low, high));
  }
  if (Number.isFinite(losses.at(-1))) keep(losses.length - 1);
  return curve;
}

/** Where the lowest and the highest finite number of a stretch are; −1 if there is none. */
function extremes(losses: Float64Array, from: number, to: number): [number, number] {
  let [low, high] = [-1, -1];
  for (let i = from; i < to; i++) {
    const loss = losses[i]!;
    if (!Number.isFinite(loss)) continue;
    if (low < 0 || loss < losses[low]!) low = i;
    if (high < 0 || loss > losses[high]!) high = i;
  }
  return [low, high];
}

/** A round number at or above the highest loss: the axis changes seldom, not at each epoch. */
export function ceiling(losses: readonly number[]): number {
  const highest = losses.reduce((a, b) => Math.max(a, b), 0);
  if (highest === 0) return 1;
  const unit = 10 ** Math.floor(Math.log10(highest));
  const factor = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((one) => one * unit >= highest) ?? 10;
  return factor * unit;
}

/** A power of ten below the lowest loss, for a logarithmic axis. */
export function floor(losses: readonly number[]): number {
  const lowest = losses.reduce((a, b) => (b > 0 ? Math.min(a, b) : a), 1);
  return 10 ** Math.floor(Math.log10(Math.max(lowest, 1e-12)));
}

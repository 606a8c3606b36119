/** From what Python has computed to what is drawn: curves with their gaps, and what can be seen. */
import type { Ends, FunctionRange } from "../protocol/functions";

export interface Line {
  x: number[];
  y: number[];
}

/** A share of all values that may lie outside of the picture, at either end. */
const FAR_OUT = 0.03;
/** Room above and below, as a share of the height. */
const ROOM = 0.08;

/** Bounds for some values; a few that are far out are left outside, as at a pole. */
export function boundsOf(values: ArrayLike<number>): Ends {
  const sorted = Array.from(values).filter(Number.isFinite).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  if (sorted.length === 0) return [-1, 1];
  const [low, high, inner] = [at(FAR_OUT), at(1 - FAR_OUT), at(1 - FAR_OUT) - at(FAR_OUT)];
  const bottom = low - at(0) > inner ? low : at(0);
  const top = at(1) - high > inner ? high : at(1);
  // What does not change is in the middle.
  const half = top > bottom ? 0 : Math.max(1, 0.1 * Math.abs(top));
  return [bottom - half, top + half];
}

/** The same with some room above and below. */
export function roomyBounds(values: ArrayLike<number>): Ends {
  const [bottom, top] = boundsOf(values);
  const room = ROOM * (top - bottom);
  return [bottom - room, top + room];
}

/**
 * The curve with a gap wherever it leaps: where the slopes at two neighbours don't explain how far
 * apart they are. Where it has no slopes, only where that is further than can be seen.
 */
export function curveOf(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  slopes: ArrayLike<number>,
  [low, high]: Ends,
): Line {
  const line: Line = { x: [], y: [] };
  for (let i = 0; i < x.length; i++) {
    if (i > 0 && leaps(i)) {
      line.x.push((x[i - 1]! + x[i]!) / 2);
      line.y.push(NaN);
    }
    line.x.push(x[i]!);
    line.y.push(Number.isFinite(y[i]) ? y[i]! : NaN);
  }
  return line;

  function leaps(i: number): boolean {
    const rise = y[i]! - y[i - 1]!;
    const expected = [slopes[i - 1]!, slopes[i]!].map((slope) => slope * (x[i]! - x[i - 1]!));
    const height = high - low;
    if (expected.some(Number.isNaN)) return Math.abs(rise) > height;
    const [least, most] = [Math.min(...expected), Math.max(...expected)];
    const missing = Math.max(least - rise, rise - most, 0);
    return missing > 0.5 * Math.abs(rise) && Math.abs(rise) > 0.02 * height;
  }
}

/** What a column says at a place, between those where it was computed; NaN where it says nothing. */
export function readOff(
  range: FunctionRange | null,
  column: ArrayLike<number> | undefined,
  at: readonly number[],
): number {
  if (!range || !column) return NaN;
  const [x = [], y] = range.places;
  const along = between(x, at[0] ?? NaN);
  const row = (index: number) => mixed(along, (i) => column[index * x.length + i] ?? NaN);
  return y ? mixed(between(y, at[1] ?? NaN), row) : row(0);
}

interface Between {
  index: number;
  share: number;
}

function between(places: ArrayLike<number>, at: number): Between {
  const last = places.length - 1;
  const [start, end] = [places[0] ?? NaN, places[last] ?? NaN];
  const steps = Math.min(last, Math.max(0, ((at - start) / (end - start)) * last));
  const index = Math.min(last - 1, Math.floor(steps));
  return { index, share: steps - index };
}

function mixed({ index, share }: Between, at: (index: number) => number): number {
  if (share < 1e-9) return at(index);
  if (share > 1 - 1e-9) return at(index + 1);
  return at(index) * (1 - share) + at(index + 1) * share;
}

/** A straight line through a point, as long as the picture is wide. */
export function straight([from, to]: Ends, x: number, y: number, slope: number): Line {
  const ends = [from, to];
  return { x: ends, y: ends.map((end) => y + slope * (end - x)) };
}

/** A round step that divides a range into about 250, so that round numbers can be reached. */
export function niceStep([from, to]: Ends): number {
  const rough = Math.abs(to - from) / 250;
  const power = 10 ** Math.floor(Math.log10(rough));
  return Number(([5, 2, 1].find((one) => one * power <= rough) ?? 1) * power).valueOf();
}

/** The nearest number of such steps from 0, within the range. */
export function snapped(value: number, ends: Ends): number {
  const step = niceStep(ends);
  const [from, to] = ends;
  return Math.min(to, Math.max(from, Number((Math.round(value / step) * step).toPrecision(12))));
}

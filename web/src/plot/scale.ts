/** From numbers to places in a drawing: axes, their ticks, and curves with gaps. */

export interface Scale {
  from: number;
  to: number;
  /** The places in the drawing of `from` and `to`. */
  start: number;
  end: number;
}

export function place({ from, to, start, end }: Scale, value: number): number {
  return start + ((value - from) / (to - from)) * (end - start);
}

export function valueAt({ from, to, start, end }: Scale, at: number): number {
  return from + ((at - start) / (end - start)) * (to - from);
}

/** Round numbers between two bounds, about as many as asked for. */
export function ticks(from: number, to: number, about = 6): number[] {
  const rough = (to - from) / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

export interface Point {
  x: number;
  y: number;
}

/** What can be seen of a function: its values at even steps. */
export function sample(f: (x: number) => number, from: number, to: number, steps = 240): Point[] {
  return Array.from({ length: steps + 1 }, (_, i) => {
    const x = from + ((to - from) * i) / steps;
    return { x, y: f(x) };
  });
}

/** Bounds for the values of a curve, with some room; a few that are far out are cut off. */
export function bounds(values: readonly number[]): [number, number] {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length === 0) return [-1, 1];
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const [low, high] = [at(0), at(1)];
  const [most, least] = [at(0.98), at(0.02)];
  const inner = most - least;
  const top = high - most > inner ? most : high;
  const bottom = least - low > inner ? least : low;
  const room = 0.08 * (top - bottom) || 1;
  return [bottom - room, top + room];
}

/** A path along points; it is broken where there is no value, and where the curve leaps away. */
export function pathOf(points: readonly Point[], x: Scale, y: Scale): string {
  const height = Math.abs(y.end - y.start);
  let isDrawing = false;
  let before = 0;
  let path = "";
  for (const point of points) {
    const at = place(y, point.y);
    const isSeen = Number.isFinite(at) && at > -2 * height && at < 3 * height;
    const leaps = isDrawing && Math.abs(at - before) > 1.5 * height;
    if (isSeen) {
      path += `${isDrawing && !leaps ? "L" : "M"}${place(x, point.x).toFixed(1)} ${at.toFixed(1)}`;
      before = at;
    }
    isDrawing = isSeen;
  }
  return path;
}

/** A number by its size: "1e−6". */
export function power(value: number): string {
  return value.toExponential(0).replace("e-", "e−").replace("e+", "e");
}

/** From a grid of outputs to a picture: the line where the model is undecided, and the colours. */
import type { Boundary } from "../protocol/training";

/** Values on a square grid; row 0 is the lowest. */
export type Grid = Pick<Boundary, "side" | "values">;

/** Lines as Bokeh takes them: a list of x and a list of y for each. */
export interface Lines {
  xs: number[][];
  ys: number[][];
}

/** Where the line crosses the side of a cell; the same crossing is found from both its cells. */
interface Crossing {
  key: string;
  x: number;
  y: number;
}

/**
 * Where the grid crosses `level`, over the unit square: marching squares, the pieces joined.
 * A value stands for a small square, and sits in its middle: from the outermost values to the
 * sides of the unit square it is half a step.
 */
export function contour(grid: Grid, level = 0.5): Lines {
  const above = extend(grid, level);
  const neighbours = new Map<string, { at: Crossing; to: Crossing[] }>();
  const join = (a: Crossing, b: Crossing) => {
    const known = neighbours.get(a.key);
    if (known) known.to.push(b);
    else neighbours.set(a.key, { at: a, to: [b] });
  };
  for (let row = 0; row <= grid.side; row++) {
    for (let column = 0; column <= grid.side; column++) {
      const crossings = crossingsOf(above, grid.side, column, row);
      // Two crossings make a piece of the line; four (a saddle) make two.
      for (let k = 0; k + 1 < crossings.length; k += 2) {
        join(crossings[k]!, crossings[k + 1]!);
        join(crossings[k + 1]!, crossings[k]!);
      }
    }
  }
  return chain(neighbours);
}

/** How far above the level the grid is, with a row or column more on each of its sides. */
function extend({ side, values }: Grid, level: number): Float64Array {
  const width = side + 2;
  const extended = new Float64Array(width * width);
  for (let y = 0; y < width; y++) {
    for (let x = 0; x < width; x++) {
      const isInside = x > 0 && y > 0 && x <= side && y <= side;
      const value = isInside ? values[(y - 1) * side + x - 1]! : beyond(values, side, x - 1, y - 1);
      extended[y * width + x] = value - level;
    }
  }
  return extended;
}

/** The value at a place of the grid; past its sides, half a step on along the last slope. */
function beyond(values: Float64Array, side: number, x: number, y: number): number {
  const last = side - 1;
  if (side > 1 && (x < 0 || x > last)) {
    const [near, next] = x < 0 ? [0, 1] : [last, last - 1];
    return 1.5 * beyond(values, side, near, y) - 0.5 * beyond(values, side, next, y);
  }
  if (side > 1 && (y < 0 || y > last)) {
    const [near, next] = y < 0 ? [0, 1] : [last, last - 1];
    return 1.5 * beyond(values, side, x, near) - 0.5 * beyond(values, side, x, next);
  }
  return values[y * side + x] ?? 0;
}

const NONE: Crossing[] = [];

function crossingsOf(above: Float64Array, side: number, column: number, row: number): Crossing[] {
  const width = side + 2;
  // Of most cells this is all, in each frame: no functions are made for it.
  const corner = row * width + column;
  const isBelow = above[corner]! < 0;
  const isUniform =
    above[corner + 1]! < 0 === isBelow &&
    above[corner + width]! < 0 === isBelow &&
    above[corner + width + 1]! < 0 === isBelow;
  if (isUniform) return NONE;

  const at = (x: number, y: number) => above[y * width + x] ?? 0;
  const place = (index: number) => Math.min(Math.max((index - 0.5) / side, 0), 1);
  // The four sides of the cell, once around; each from left to right or from below to above.
  const sides = [
    [column, row, 1, 0],
    [column + 1, row, 0, 1],
    [column, row + 1, 1, 0],
    [column, row, 0, 1],
  ] as const;
  return sides.flatMap(([x, y, dx, dy]): Crossing[] => {
    const [from, to] = [at(x, y), at(x + dx, y + dy)];
    if (from < 0 === to < 0) return [];
    const share = from / (from - to);
    const between = (a: number, b: number) => place(a) + share * (place(b) - place(a));
    return [{ key: `${x},${y},${dx}`, x: between(x, x + dx), y: between(y, y + dy) }];
  });
}

/** Follows the pieces from end to end: first the lines with ends, then the rings. */
function chain(neighbours: Map<string, { at: Crossing; to: Crossing[] }>): Lines {
  const lines: Lines = { xs: [], ys: [] };
  const done = new Set<string>();
  const follow = (start: Crossing) => {
    const line: Crossing[] = [];
    let next: Crossing | undefined = start;
    while (next && !done.has(next.key)) {
      done.add(next.key);
      line.push(next);
      next = neighbours.get(next.key)?.to.find(({ key }) => !done.has(key));
    }
    const last = line.at(-1);
    const isRing =
      line.length > 2 && last && neighbours.get(last.key)?.to.some((one) => one.key === start.key);
    if (isRing) line.push(start);
    lines.xs.push(line.map(({ x }) => x));
    lines.ys.push(line.map(({ y }) => y));
  };
  const all = [...neighbours.values()];
  for (const { at, to } of all) if (to.length === 1 && !done.has(at.key)) follow(at);
  for (const { at } of all) if (!done.has(at.key)) follow(at);
  return lines;
}

/** The grid made finer by linear interpolation, so that its cells are not seen as squares. */
export function refine({ side, values }: Grid, times: number): Grid {
  const fine = side * times;
  const refined = new Float64Array(fine * fine);
  const lower = new Int32Array(fine);
  const share = new Float64Array(fine);
  for (let i = 0; i < fine; i++) {
    const position = (i + 0.5) / times - 0.5;
    lower[i] = Math.min(Math.max(Math.floor(position), 0), Math.max(side - 2, 0));
    share[i] = position - lower[i]!;
  }
  const right = side > 1 ? 1 : 0;
  for (let row = 0; row < fine; row++) {
    const below = lower[row]! * side;
    const above = below + right * side;
    const up = share[row]!;
    for (let column = 0; column < fine; column++) {
      const left = lower[column]!;
      const along = share[column]!;
      const bottom = values[below + left]! * (1 - along) + values[below + left + right]! * along;
      const top = values[above + left]! * (1 - along) + values[above + left + right]! * along;
      refined[row * fine + column] = bottom * (1 - up) + top * up;
    }
  }
  return { side: fine, values: refined };
}

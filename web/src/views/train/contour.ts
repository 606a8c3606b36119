/** From a grid of outputs to a picture: the line where the model is undecided, and the colours. */
import type { Boundary } from "../../protocol";

export interface Segments {
  x0: number[];
  y0: number[];
  x1: number[];
  y1: number[];
}

/**
 * Where the grid crosses `level`, as line segments over the unit square: marching squares.
 * The grid's values sit at the centres of the cells that the image shows.
 */
export function contour({ side, values }: Boundary, level = 0.5): Segments {
  const found: Segments = { x0: [], y0: [], x1: [], y1: [] };
  const at = (column: number, row: number) => (values[row * side + column] ?? 0) - level;
  const place = (index: number) => (index + 0.5) / side;

  for (let row = 0; row + 1 < side; row++) {
    for (let column = 0; column + 1 < side; column++) {
      // The corners of this cell, once around.
      const corners = [
        { x: column, y: row },
        { x: column + 1, y: row },
        { x: column + 1, y: row + 1 },
        { x: column, y: row + 1 },
      ] as const;
      const crossings: [number, number][] = [];
      corners.forEach((a, k) => {
        const b = corners[(k + 1) % 4] ?? a;
        const [from, to] = [at(a.x, a.y), at(b.x, b.y)];
        if (from < 0 === to < 0) return;
        const share = from / (from - to);
        crossings.push([place(a.x + share * (b.x - a.x)), place(a.y + share * (b.y - a.y))]);
      });
      // Two crossings make a piece of the line; four (a saddle) make two.
      for (let k = 0; k + 1 < crossings.length; k += 2) {
        const [[x0, y0], [x1, y1]] = [crossings[k]!, crossings[k + 1]!];
        found.x0.push(x0);
        found.y0.push(y0);
        found.x1.push(x1);
        found.y1.push(y1);
      }
    }
  }
  return found;
}

/** The grid made finer by linear interpolation, so that its cells are not seen as squares. */
export function refine({ side, values }: Boundary, times: number): Boundary {
  const fine = side * times;
  const refined = new Float64Array(fine * fine);
  const lower = new Int32Array(fine);
  const share = new Float64Array(fine);
  for (let i = 0; i < fine; i++) {
    const position = Math.min(Math.max((i + 0.5) / times - 0.5, 0), side - 1);
    lower[i] = Math.min(Math.floor(position), Math.max(side - 2, 0));
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

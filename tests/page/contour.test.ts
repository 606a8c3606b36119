import assert from "node:assert/strict";
import { test } from "node:test";
import { contour, refine, type Lines } from "../../web/src/training/contour";

/** What a model gives in the middle of each of side × side squares of the unit square. */
function grid(side: number, model: (x: number, y: number) => number) {
  const values = Float64Array.from({ length: side * side }, (_, i) =>
    model(((i % side) + 0.5) / side, (Math.floor(i / side) + 0.5) / side),
  );
  return { side, values };
}

type Point = [number, number];

function linesOf({ xs, ys }: Lines): Point[][] {
  assert.equal(xs.length, ys.length);
  return xs.map((line, i) => {
    assert.equal(line.length, ys[i]!.length);
    return line.map((x, k): Point => [x, ys[i]![k]!]);
  });
}

function isNear(a: number, b: number, tolerance = 1e-9): boolean {
  return Math.abs(a - b) <= tolerance;
}

const isRing = (line: Point[]) =>
  line.length > 2 && isNear(line[0]![0], line.at(-1)![0]) && isNear(line[0]![1], line.at(-1)![1]);
const isOnRim = ([x, y]: Point) => [x, y, 1 - x, 1 - y].some((distance) => isNear(distance, 0));
const lengthOf = (line: Point[]) =>
  line.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - line[i]![0], y - line[i]![1]), 0);

test("the line of a plane is straight and goes from side to side of the square", () => {
  for (const at of [0.02, 0.3, 0.5, 0.97]) {
    const [line, ...others] = linesOf(contour(grid(16, (x) => 0.5 + (x - at))));
    assert.ok(line && others.length === 0);
    assert.ok(line.every(([x]) => isNear(x, at)));
    assert.deepEqual([line[0]![1], line.at(-1)![1]].sort(), [0, 1]);
    assert.ok(isNear(lengthOf(line), 1));
  }
});

test("x is along a row, and y goes up from row to row", () => {
  const [line] = linesOf(contour(grid(16, (x, y) => 0.5 + (y - 0.25 - 0.5 * x))));
  assert.ok(line!.every(([x, y]) => isNear(y, 0.25 + 0.5 * x, 1e-6)));
});

test("another level has another line", () => {
  const [line] = linesOf(contour(grid(16, (x) => x), 0.75));
  assert.ok(line!.every(([x]) => isNear(x, 0.75)));
});

test("a ring is closed", () => {
  const circle = grid(40, (x, y) => 0.5 + (Math.hypot(x - 0.5, y - 0.5) - 0.3));
  const lines = linesOf(contour(circle));
  assert.equal(lines.length, 1);
  assert.ok(isRing(lines[0]!), "it ends where it began");
  assert.ok(lines[0]!.every(([x, y]) => isNear(Math.hypot(x - 0.5, y - 0.5), 0.3, 0.002)));
  assert.ok(isNear(lengthOf(lines[0]!), 2 * Math.PI * 0.3, 0.01));
});

test("two rings are two lines, and one around another too", () => {
  const beside = grid(50, (x, y) =>
    Math.min(Math.hypot(x - 0.25, y - 0.5), Math.hypot(x - 0.75, y - 0.5)) < 0.2 ? 1 : 0,
  );
  const around = grid(50, (x, y) => {
    const distance = Math.hypot(x - 0.5, y - 0.5);
    return distance > 0.2 && distance < 0.4 ? 1 : 0;
  });
  for (const model of [beside, around]) {
    const lines = linesOf(contour(model));
    assert.equal(lines.length, 2);
    assert.ok(lines.every(isRing));
  }
});

test("a line that leaves the square has its ends on the square's sides, and is no ring", () => {
  const lines = linesOf(contour(grid(30, (x, y) => 0.5 + (Math.hypot(x, y) - 0.6))));
  assert.equal(lines.length, 1);
  assert.ok(!isRing(lines[0]!));
  assert.ok(isOnRim(lines[0]![0]!) && isOnRim(lines[0]!.at(-1)!));
});

test("at a saddle two lines pass each other, each with two ends", () => {
  for (const side of [2, 3, 8]) {
    const lines = linesOf(contour(grid(side, (x, y) => (x < 0.5 === y < 0.5 ? 1 : 0))));
    assert.ok(lines.length >= 2);
    for (const line of lines) assert.ok(isRing(line) || (isOnRim(line[0]!) && isOnRim(line.at(-1)!)));
  }
});

test("the line has what is above the level on one side and what is below on the other", () => {
  const model = (x: number, y: number) => 0.5 + 0.4 * Math.sin(6 * x + 1) * Math.cos(7 * y);
  const lines = linesOf(contour(grid(60, model)));
  assert.ok(lines.length > 1);
  for (const point of lines.flat()) assert.ok(isNear(model(...point), 0.5, 0.01));
});

test("every piece is short: nothing is joined across the square", () => {
  const lines = linesOf(contour(grid(30, (x, y) => 0.5 + Math.sin(9 * x) * Math.sin(9 * y))));
  for (const line of lines) {
    line.slice(1).forEach(([x, y], i) => {
      assert.ok(Math.hypot(x - line[i]![0], y - line[i]![1]) <= Math.SQRT2 / 30 + 1e-9);
    });
  }
});

test("nothing leaves the unit square", () => {
  const noisy = grid(20, (x, y) => Math.abs(Math.sin(1000 * x + 77 * y)));
  const all = linesOf(contour(noisy)).flat(2);
  assert.ok(all.length > 100);
  assert.ok(all.every((value) => value >= 0 && value <= 1));
});

test("a model that is sure everywhere has no line", () => {
  assert.deepEqual(contour(grid(10, () => 0.9)), { xs: [], ys: [] });
  assert.deepEqual(contour(grid(10, () => 0.1)), { xs: [], ys: [] });
  assert.deepEqual(contour({ side: 1, values: Float64Array.of(0.2) }), { xs: [], ys: [] });
});

test("a finer grid is the same plane, in the middles of its smaller squares", () => {
  const plane = (x: number, y: number) => 0.2 + 0.5 * x - 0.3 * y;
  const fine = refine(grid(5, plane), 4);
  assert.equal(fine.side, 20);
  assert.equal(fine.values.length, 400);
  grid(20, plane).values.forEach((value, i) => assert.ok(isNear(fine.values[i]!, value)));
});

test("a finer grid agrees with the coarse one where both have a value", () => {
  const coarse = grid(4, (x, y) => Math.sin(9 * x + 3 * y));
  const fine = refine(coarse, 3);
  for (let row = 0; row < 4; row++) {
    for (let column = 0; column < 4; column++) {
      const middle = (3 * row + 1) * 12 + 3 * column + 1;
      assert.ok(isNear(fine.values[middle]!, coarse.values[4 * row + column]!));
    }
  }
});

test("a grid of one value is made finer, and one that is as fine as wanted stays", () => {
  assert.deepEqual(refine({ side: 1, values: Float64Array.of(0.3) }, 2), {
    side: 2,
    values: new Float64Array(4).fill(0.3),
  });
  const coarse = grid(3, (x, y) => x * y);
  refine(coarse, 1).values.forEach((value, i) => assert.ok(isNear(value, coarse.values[i]!)));
});

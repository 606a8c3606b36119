import assert from "node:assert/strict";
import { test } from "node:test";
import { bounds, pathOf, place, sample, ticks, valueAt } from "../../web/src/plot/scale";

const x = { from: 0, to: 10, start: 100, end: 200 };
const y = { from: 0, to: 10, start: 200, end: 100 };

test("a value has a place, and a place its value", () => {
  assert.equal(place(x, 5), 150);
  assert.equal(place(y, 2), 180);
  for (const value of [0, 3.3, 10, 12]) assert.ok(Math.abs(valueAt(y, place(y, value)) - value) < 1e-9);
});

test("ticks are round, inside the bounds, and few", () => {
  assert.deepEqual(ticks(-3, 3), [-3, -2, -1, 0, 1, 2, 3]);
  assert.deepEqual(ticks(0, 1), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assert.deepEqual(ticks(-15, 0), [-15, -10, -5, 0]);
  for (const [from, to] of [[0.2, 4], [-6, 6], [-0.01, 0.013], [1e5, 9e5]] as const) {
    const found = ticks(from, to);
    assert.ok(found.length >= 3 && found.length <= 8, String(found));
    assert.ok(found.every((one) => one >= from && one <= to));
  }
});

test("bounds hold the curve, with some room", () => {
  const [low, high] = bounds([0, 1, 2]);
  assert.ok(low < 0 && high > 2 && high < 3);
});

test("a few values far out don't press the others flat, and there are always bounds", () => {
  const values = [...sample((t) => t, 0, 1).map((point) => point.y), 1e6];
  assert.ok(bounds(values)[1] < 2);
  assert.deepEqual(bounds([NaN, Infinity]), [-1, 1]);
  const [low, high] = bounds([7, 7]);
  assert.ok(low < 7 && high > 7);
});

test("a path is broken where there is no value, and where it leaps", () => {
  const moves = (values: number[]) =>
    pathOf(values.map((value, i) => ({ x: i, y: value })), x, y).match(/M/g)?.length ?? 0;
  assert.equal(moves([1, 2, 3, 4]), 1);
  assert.equal(moves([1, NaN, 3, 4]), 2);
  assert.equal(moves([-8, 12, 13]), 2);
  assert.equal(moves([NaN, Infinity]), 0);
});

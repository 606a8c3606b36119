import assert from "node:assert/strict";
import { test } from "node:test";
import { EPSILONS, USUAL, epsilonText, nearestEpsilon } from "../../web/src/functions/epsilons";
import {
  boundsOf,
  curveOf,
  niceStep,
  readOff,
  snapped,
  straight,
} from "../../web/src/functions/lines";
import { remarkOnPoint, remarkOnRange } from "../../web/src/functions/remarks";
import { lookAt, product, rangeOf } from "./functions";

test("epsilons are round, from 1e-16 to 10, and the course's is one of them", () => {
  assert.deepEqual(EPSILONS.slice(0, 4), [1e-16, 2e-16, 5e-16, 1e-15]);
  assert.deepEqual(EPSILONS.slice(-4), [1, 2, 5, 10]);
  assert.equal(EPSILONS[USUAL], 1e-6);
  assert.equal(EPSILONS[nearestEpsilon(0.9e-3)], 1e-3);
  assert.deepEqual([epsilonText(1e-6), epsilonText(0.05), epsilonText(10)], ["1e−6", "0.05", "10"]);
});

test("bounds leave out what is far away, and give room to what is level", () => {
  assert.deepEqual(boundsOf([3, NaN, 1, 2, Infinity]), [1, 3]);
  assert.deepEqual(boundsOf([5, 5, 5]), [4, 6]);
  assert.deepEqual(boundsOf([]), [-1, 1]);
  const pole = Array.from({ length: 99 }, (_, i) => i / 98);
  assert.deepEqual(boundsOf([-1e6, ...pole, 1e6]).map(Math.round), [0, 1]);
});

test("a curve has a gap where it leaps, and none where it is only steep", () => {
  const gaps = (values: number[], slopes: number[]) =>
    curveOf([0, 1, 2, 3], values, slopes, [0, 10]).y.filter(Number.isNaN).length;
  assert.equal(gaps([0, 0, 1, 1], [0, 0, 0, 0]), 1); // a step
  assert.equal(gaps([0, 3, 6, 9], [3, 3, 3, 3]), 0); // a line
  assert.equal(gaps([0, 0, 1, 2], [0, 0, 1, 1]), 0); // a corner
  assert.equal(gaps([-5, -50, 50, 5], [-20, -900, -900, -20]), 1); // a pole
  assert.equal(gaps([0, NaN, 6, 9], [3, NaN, 3, 3]), 1); // not defined there
  assert.equal(gaps([0, 20, 20, 20], [NaN, NaN, NaN, NaN]), 1); // no slopes to go by
});

test("between two places a column is read off the line through both", () => {
  const square = rangeOf((x) => x * x, (x) => 2 * x);
  assert.equal(readOff(square, square.values, [1.5]), 2.25);
  assert.equal(readOff(square, square.values, [1.25]), (1 + 2.25) / 2);
  assert.equal(readOff(square, square.values, [2]), 4);
  assert.ok(Number.isNaN(readOff(null, undefined, [1])));
  const plane = product();
  assert.equal(readOff(plane, plane.values, [1, -1]), -1);
  assert.equal(readOff(plane, plane.values, [0.5, 0.5]), 0.25);
  // Beside a gap it says what is there, where it was computed.
  const gap = rangeOf((x) => (x === 0 ? NaN : 1), () => 0);
  assert.equal(readOff(gap, gap.values, [0.5]), 1);
  assert.ok(Number.isNaN(readOff(gap, gap.values, [0.25])));
});

test("the point moves by round steps, and stays within the range", () => {
  assert.deepEqual([niceStep([-3, 3]), niceStep([0, 1]), niceStep([0, 1000])], [0.02, 0.002, 2]);
  assert.equal(snapped(0.9999, [-3, 3]), 1);
  assert.deepEqual([snapped(7, [-3, 3]), snapped(-7, [-3, 3])], [3, -3]);
  assert.deepEqual(straight([0, 4], 1, 2, 3), { x: [0, 4], y: [-1, 11] });
});

test("what is special about a point is said in words", () => {
  const say = (f: (x: number) => number, x: number, derivative: number | null, epsilon = 1e-6) =>
    remarkOnPoint(lookAt(f, x, derivative), 0, EPSILONS.indexOf(epsilon)) ?? "";
  assert.equal(say((x) => x * x, 1, 2), "");
  assert.match(say((x) => x ** 3, 1, 3, 1), /truncation/);
  assert.match(say((x) => x * x, 0.7, 1.4, 1e-15), /rounding/);
  assert.match(say((x) => Math.max(x, 0), 0, 0), /corner/);
  assert.match(say((x) => (x < 1 ? 1 : 0), 1, 0), /jumps/);
  assert.match(say((x) => 2 * x, 1, 0), /left the graph|wrong/);
  assert.match(say((x) => (x <= 1 ? x : NaN), 1, 1), /not defined/);
  assert.equal(say((x) => 2 * x, 1, null), "");
  const outside = { ...lookAt(Math.log, -1, null), value: null, undefined: "no logarithm" };
  assert.match(remarkOnPoint(outside, 0, USUAL) ?? "", /Here .* not defined: no logarithm\./);
});

test("what is special about a range is said in words", () => {
  assert.equal(remarkOnRange(rangeOf((x) => x, () => 1)), null);
  assert.match(remarkOnRange(rangeOf(() => 3, () => 0)) ?? "", /the same everywhere/);
  assert.match(remarkOnRange(rangeOf(Math.sign, () => 0)) ?? "", /jumps/);
  const line = rangeOf((x) => x, () => NaN);
  assert.match(remarkOnRange({ ...line, plain: 9 }) ?? "", /left the graph/);
  assert.match(remarkOnRange({ ...line, undefined: "1 / 0.0" }) ?? "", /gaps .*: 1 \/ 0\.0\./);
});

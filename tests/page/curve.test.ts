import assert from "node:assert/strict";
import { test } from "node:test";
import { ceiling, lossCurve } from "../../web/src/training/curve";

/** Losses that fall from 30 to nearly 0. */
function falling(epochs: number): Float64Array {
  return Float64Array.from({ length: epochs }, (_, i) => (30 * (epochs - i)) / epochs);
}

function pairs(losses: Float64Array, limit?: number): [number, number][] {
  const { epoch, loss } = lossCurve(losses, limit);
  assert.equal(epoch.length, loss.length);
  return epoch.map((one, i) => [one, loss[i]!]);
}

test("a short run is drawn point by point, from epoch 1 on", () => {
  assert.deepEqual(pairs(Float64Array.of(3, 2, 2.5)), [
    [1, 3],
    [2, 2],
    [3, 2.5],
  ]);
});

test("of no epochs nothing is drawn", () => {
  assert.deepEqual(pairs(new Float64Array()), []);
});

test("a long run keeps to about the limit", () => {
  for (const epochs of [801, 5000, 123_456]) {
    const points = pairs(falling(epochs), 800).length;
    assert.ok(points > 300 && points <= 810, `${points} points of ${epochs} epochs`);
  }
});

test("every point is an epoch with its own loss, in order", () => {
  const losses = Float64Array.from({ length: 9999 }, (_, i) => 5 + Math.sin(i * i));
  const points = pairs(losses, 100);
  points.forEach(([epoch, loss], i) => {
    assert.equal(loss, losses[epoch - 1]);
    if (i > 0) assert.ok(epoch > points[i - 1]![0]);
  });
});

test("no peak is lost, and no dip, whether losses fall or rise", () => {
  for (const run of [falling(10_000), falling(10_000).reverse()]) {
    for (const at of [0, 1, 777, 5000, 9998, 9999]) {
      for (const extreme of [1000, -1000]) {
        const losses = run.slice();
        losses[at] = extreme;
        const found = pairs(losses, 200).find(([epoch]) => epoch === at + 1);
        assert.deepEqual(found, [at + 1, extreme]);
      }
    }
  }
});

test("a peak and a dip of the same stretch are both kept", () => {
  for (const [first, second] of [[9, -9], [-9, 9]] as const) {
    const losses = new Float64Array(10_000).fill(1);
    losses.set([first, second], 5000);
    const found = pairs(losses, 100).filter(([, loss]) => loss !== 1);
    assert.deepEqual(found, [
      [5001, first],
      [5002, second],
    ]);
  }
});

test("the last epoch is always drawn: the line ends where the run is", () => {
  const losses = Float64Array.from({ length: 9999 }, (_, i) => 1 + (i % 7));
  for (const epochs of [900, 901, 905, 9999]) {
    assert.equal(lossCurve(losses.subarray(0, epochs), 100).epoch.at(-1), epochs);
  }
});

test("losses that are infinite or undefined are left out, and their neighbours are not", () => {
  const odd = Float64Array.of(Infinity, 2, NaN, 1, -Infinity);
  assert.deepEqual(pairs(odd), [
    [2, 2],
    [4, 1],
  ]);
  const long = new Float64Array(5000).fill(NaN);
  long[1234] = 7;
  assert.deepEqual(pairs(long, 100), [[1235, 7]]);
});

test("the axis is as high as the highest loss, rounded up, and not twice as high", () => {
  for (const highest of [0.0123, 0.4, 1, 1.01, 7.5, 33.3, 99, 12_345]) {
    const top = ceiling([0, highest, highest / 2]);
    assert.ok(top >= highest && top < 2 * highest, `${top} for ${highest}`);
  }
});

test("the axis is a round number, which stays while the highest loss hardly changes", () => {
  assert.equal(ceiling([33.3]), 40);
  assert.equal(ceiling([31]), 40);
  assert.equal(ceiling([40]), 40);
  assert.equal(ceiling([0.013]), 0.015);
});

test("without a loss, or where all are 0, there still is an axis", () => {
  assert.equal(ceiling([]), 1);
  assert.equal(ceiling([0, 0]), 1);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { advise, type Told } from "../../web/src/training/advice";

const POINTS = 50;

/** A run at the view's first settings, of losses a point; `correct` of 50 are right in the end. */
function run(losses: number[], correct: number, other: Partial<Told["settings"]> = {}): Told {
  const half = { x1: Array<number>(POINTS).fill(0), x2: Array<number>(POINTS).fill(0) };
  return {
    settings: { dataset: "Simple", hidden: 10, rate: 0.5, epochs: 500, seed: 0, ...other },
    points: { ...half, label: Array<number>(POINTS).fill(1) },
    loss: Float64Array.from(losses, (loss) => POINTS * loss),
    boundary: {
      ...{ side: 2, values: Float64Array.of(0, 0.3, 0.7, 1), epoch: 500, loss: 1, correct },
      ...{ heldLoss: NaN, heldCorrect: NaN, outputs: Float64Array.of(), neurons: null },
    },
    hasDiverged: false,
  };
}

function series(length: number, at: (part: number, epoch: number) => number): number[] {
  return Array.from({ length }, (_, i) => at(i / length, i));
}

const falling = series(500, (part) => 0.7 * Math.exp(-3 * part));
const leaping = series(500, (_, i) => (i % 2 ? 0.2 : 0.1));
const resting = (loss: number) => series(500, () => loss);

test("where all points are right there is nothing to say, however the loss moves", () => {
  for (const losses of [falling, leaping, resting(0.3)]) assert.equal(advise(run(losses, 50)), null);
});

test("a few epochs are too few to judge by", () => {
  assert.equal(advise(run(leaping.slice(0, 40), 30)), null);
});

test("a loss that is no number any more asks for smaller steps", () => {
  const advice = advise({ ...run(falling.slice(0, 3), 0, { rate: 3 }), hasDiverged: true });
  assert.match(advice?.text ?? "", /no longer a number/);
  assert.deepEqual(advice?.change, { rate: 0.1 });
});

test("a smaller rate is tried each time", () => {
  const rates = [];
  for (let rate = 3; rate > 0.002; ) {
    const advice = advise({ ...run([], 0, { rate }), hasDiverged: true });
    rate = advice?.change?.rate ?? 0;
    rates.push(rate);
  }
  assert.deepEqual(rates, [0.1, 0.03, 0.01, 0.003, 0.001]);
});

test("a loss that leaps asks for smaller steps, and epochs enough for them", () => {
  const advice = advise(run(leaping, 48, { dataset: "Split" }));
  assert.match(advice?.text ?? "", /leaps up and down/);
  assert.deepEqual(advice?.change, { rate: 0.1, epochs: 5000 });
  assert.equal(advice?.act, "Train again with rate 0.1, 5,000 epochs");
});

test("leaps long ago are forgiven", () => {
  const advice = advise(run([...leaping, ...falling], 48));
  assert.doesNotMatch(advice?.text ?? "", /leaps/);
});

test("a loss that still falls asks for more epochs of the same model", () => {
  const advice = advise(run(falling, 45));
  assert.deepEqual([advice?.act, advice?.change], ["Train on", null]);
});

test("a loss that falls in tiny steps asks for larger ones", () => {
  const slow = series(500, (part) => 0.9 - 0.15 * part);
  const advice = advise(run(slow, 33, { rate: 0.001 }));
  assert.match(advice?.text ?? "", /steps are small/);
  assert.deepEqual(advice?.change, { rate: 0.1 });
});

test("one output for every point is dead ReLUs, or a saturated sigmoid", () => {
  const told = run(resting(0.68), 29, { rate: 0.1 });
  const withOutput = (output: number, rate: number) =>
    advise({
      ...told,
      settings: { ...told.settings, rate },
      boundary: { ...told.boundary!, values: new Float64Array(4).fill(output) },
    });
  assert.match(withOutput(0.58, 0.1)?.text ?? "", /dead/);
  assert.deepEqual(withOutput(0.58, 0.1)?.change, { seed: 1 });
  assert.match(withOutput(1, 0.1)?.text ?? "", /is 1 for every point.*saturated/);
  assert.match(withOutput(0, 3)?.text ?? "", /is 0 for every point.*too large/);
  assert.deepEqual(withOutput(0, 3)?.change, { rate: 0.1 });
});

test("too few units are named, with what is known to be enough", () => {
  const advice = advise(run(resting(0.65), 30, { dataset: "Spiral", rate: 0.1 }));
  assert.match(advice?.text ?? "", /10 units .* can’t bend the boundary enough for Spiral/);
  assert.deepEqual(advice?.change, { hidden: 40, rate: 0.1, epochs: 10_000 });
});

test("one unit is one unit", () => {
  const advice = advise(run(resting(0.65), 30, { hidden: 1, rate: 0.1 }));
  assert.match(advice?.text ?? "", /1 unit in/);
});

test("a loss at rest far up, with units enough, asks for another beginning", () => {
  const advice = advise(run(resting(0.65), 30, { rate: 0.1 }));
  assert.match(advice?.text ?? "", /stopped at 0\.65 a point/);
  assert.deepEqual(advice?.change, { seed: 1 });
});

test("a few wrong points at the end: the known recipe, or another beginning after that", () => {
  const first = advise(run(resting(0.1), 49));
  assert.match(first?.text ?? "", /^1 point is still/);
  assert.deepEqual(first?.change, { hidden: 10, rate: 0.1, epochs: 500 });
  const then = advise(run(resting(0.1), 48, { rate: 0.1 }));
  assert.match(then?.text ?? "", /^2 points are still/);
  assert.deepEqual(then?.change, { seed: 1 });
});

test("points of the learner's own are taken for hard ones", () => {
  const advice = advise(run(resting(0.6), 30, { dataset: "Yours" }));
  assert.deepEqual(advice?.change, { hidden: 40, rate: 0.1, epochs: 10_000 });
});

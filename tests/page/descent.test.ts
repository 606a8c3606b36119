import assert from "node:assert/strict";
import { test } from "node:test";
import { signal } from "@preact/signals";
import { Descent, judge, nextOf, type Spot } from "../../web/src/graph/descent";
import type { Expression } from "../../web/src/graph/expression";

const NONE: ReadonlySet<string> = new Set();
const spot = (x: number, value = x * x, slope = 2 * x): Spot => ({ at: { x }, slopes: { x: slope }, value });

test("a step goes against the slopes, and what is held stays", () => {
  const here: Spot = { at: { x: 1, y: 2 }, slopes: { x: 3, y: -4 }, value: 0 };
  assert.deepEqual(nextOf(here, 0.5, NONE), { x: -0.5, y: 4 });
  assert.deepEqual(nextOf(here, 0.5, new Set(["y"])), { x: -0.5, y: 2 });
});

test("it is said whether it went down, and why no step leads on", () => {
  const said = (path: Spot[], held = NONE) => judge(path, held);
  assert.deepEqual(said([]), { words: "", isOver: false });
  assert.match(said([spot(2), spot(1)]).words, /^It went down, from 4\.0 to 1\.0\.$/);
  const up = said([spot(1), spot(-2)]);
  assert.match(up.words, /^It went up, .*the rate is too large/);
  assert.equal(up.isOver, false);
  assert.match(said([spot(1), spot(1)]).words, /no more/);
  const flat = said([spot(1), spot(0)]);
  assert.match(flat.words, /^Every derivative is 0 at x = 0\.0/);
  assert.ok(flat.isOver);
  for (const lost of [spot(1, NaN), spot(1, Infinity), spot(1, 1, -Infinity)]) {
    assert.match(said([spot(2), lost]).words, /smaller rate/);
    assert.ok(said([spot(2), lost]).isOver);
  }
  assert.match(said([spot(1)], new Set(["x"])).words, /No input is free/);
});

/** An expression x² that is evaluated at once; below the bound it has no result. */
function square(at: number, bound = -Infinity) {
  const place = signal(at);
  const result = signal<object | null>(null);
  const problem = signal<object | null>(null);
  const evaluate = async () => {
    const x = place.value;
    problem.value = x < bound ? { message: "log(-1) is not defined" } : null;
    if (x < bound) return;
    result.value = { value: x * x, derivatives: [{ variable: "x", value: x, derivative: 2 * x }] };
  };
  const expression = {
    ...{ result, problem, evaluate, isStale: signal(false) },
    isFollowing: () => result.value !== null,
    settled: evaluate,
  } as unknown as Expression;
  const rate = signal(0.25);
  const move = ({ x = NaN }: Readonly<Record<string, number>>) => void (place.value = x);
  return { place, rate, descent: new Descent({ expression, rate, move }) };
}

test("steps move the inputs, and are kept; Reset goes back to where it began", async () => {
  const { place, descent } = square(4);
  await descent.go(3);
  assert.deepEqual(descent.path.value.map(({ at }) => at["x"]), [4, 2, 1, 0.5]);
  assert.equal(place.value, 0.5);
  assert.match(descent.words.value, /went down, from 1\.0 to 0\.25/);
  descent.reset();
  assert.equal(place.value, 4);
  assert.deepEqual(descent.path.value, []);
});

test("a way that is too long to be kept still leads back to where it began", async () => {
  const { place, descent } = square(4);
  await descent.go(1);
  const [first, last] = descent.path.value;
  descent.path.value = [first!, ...Array.from({ length: 999 }, () => last!)];
  await descent.go(1);
  assert.equal(descent.path.value.length, 1000);
  descent.reset();
  assert.equal(place.value, 4);
});

test("it ends where it can't go on", async () => {
  const { descent, rate } = square(4);
  rate.value = 0.5;
  await descent.go(10);
  assert.deepEqual(descent.path.value.map(({ value }) => value), [16, 0]);
  const other = square(4, 3);
  await other.descent.go(5);
  assert.match(other.descent.words.value, /^There is no result here: log\(-1\) is not defined\. Reset/);
  assert.equal(other.descent.path.value.length, 1);
  assert.equal(other.descent.isRunning.value, false);
});

test("Stop ends it after the step, and an input that somebody moves begins a new way", async () => {
  const { place, descent } = square(4);
  const going = descent.go(50);
  await new Promise((resume) => setTimeout(resume, 20));
  descent.stop();
  await going;
  assert.ok(descent.path.value.length < 5);
  place.value = 3;
  await descent.go(1);
  assert.deepEqual(descent.path.value.map(({ at }) => at["x"]), [3, 1.5]);
});

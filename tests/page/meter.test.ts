import assert from "node:assert/strict";
import { test } from "node:test";
import { meter } from "../../web/src/training/meter";

/** What a meter shows while epochs go by: `[seconds, epoch]` at each look at it. */
function watch(looks: [number, number][]): (number | null)[] {
  let seconds = 0;
  const measure = meter(() => 1000 * seconds);
  return looks.map(([time, epoch]) => {
    seconds = time;
    return measure(epoch);
  });
}

/** Looks sixty times a second for so long, at a steady pace. */
function steadily(seconds: number, pace: number, from = { time: 0, epoch: 0 }) {
  return Array.from({ length: 60 * seconds + 1 }, (_, i): [number, number] => [
    from.time + i / 60,
    from.epoch + (i / 60) * pace,
  ]);
}

test("a steady run has its epochs a second, as a clock beside it counts them", () => {
  for (const pace of [2, 60, 1234]) {
    const shown = watch(steadily(4, pace)).at(-1);
    assert.ok(shown && Math.abs(shown / pace - 1) < 1e-6, `${shown} for ${pace}`);
  }
});

test("epochs before the first look do not count", () => {
  const shown = watch(steadily(2, 100, { time: 50, epoch: 70_000 })).at(-1);
  assert.ok(shown && Math.abs(shown - 100) < 1e-6);
});

test("nothing is shown of the first moment, which says little", () => {
  assert.equal(watch([[0, 1]]).at(-1), null);
  assert.equal(watch(steadily(1, 500))[5], null);
  assert.notEqual(watch(steadily(1, 500))[30], null);
});

test("two seconds after a change of pace it shows the new one", () => {
  const slow = steadily(5, 10);
  const fast = steadily(2, 1000, { time: 5, epoch: 50 });
  const shown = watch([...slow, ...fast]).at(-1);
  assert.ok(shown && Math.abs(shown / 1000 - 1) < 0.05, `${shown}`);
});

test("epochs that take seconds each are measured too", () => {
  const shown = watch([
    [0, 0],
    [4, 1],
    [8, 2],
    [12, 3],
  ]);
  assert.deepEqual(shown, [null, 0.25, 0.25, 0.25]);
});

test("a run that stands still is at 0", () => {
  assert.equal(watch(steadily(3, 0)).at(-1), 0);
});

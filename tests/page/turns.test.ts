import "./page";
import assert from "node:assert/strict";
import { test } from "node:test";
import { clock } from "./stopped";
import { pacer, turnOfTheEventLoop } from "../../web/src/worker/turns";

/** What is due at each look at a clock that stands at these seconds. */
function dueAt(pace: number, seconds: number[]): number[] {
  let now = 0;
  const due = pacer(pace);
  return seconds.map((time) => {
    clock.sleep(1000 * (time - now));
    now = time;
    return due();
  });
}

const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
const frames = (seconds: number, rate = 60) =>
  Array.from({ length: seconds * rate }, (_, i) => (i + 1) / rate);

test("so many epochs a second are due, to the epoch", () => {
  for (const pace of [60, 200, 1234, 4000]) {
    const due = sum(dueAt(pace, frames(10)));
    assert.ok(Math.abs(due - 10 * pace) <= 1, `${due} in 10 seconds at ${pace} a second`);
  }
});

test("at least one is due, or nothing would go on", () => {
  assert.deepEqual(dueAt(60, [0, 0, 0.001]), [1, 1, 1]);
});

test("one that was due too early is made up for", () => {
  const due = sum(dueAt(100, frames(10, 1000)).slice(1000));
  assert.ok(due >= 1);
  const steady = sum(dueAt(60, frames(10, 50)));
  assert.ok(Math.abs(steady - 600) <= 1, `${steady}`);
});

test("after a pause of the machine, what was missed is due", () => {
  const due = dueAt(100, [0.1, 0.2, 3.2, 3.3]);
  assert.deepEqual(due, [10, 10, 300, 10]);
});

test("epochs are whole", () => {
  assert.ok(dueAt(777.7, frames(2)).every(Number.isInteger));
});

test("a turn of the event loop lets messages in", async () => {
  const { port1, port2 } = new MessageChannel();
  let isIn = false;
  port2.onmessage = () => (isIn = true);
  port1.postMessage(null);
  await turnOfTheEventLoop();
  await turnOfTheEventLoop();
  port1.close();
  assert.equal(isIn, true);
});

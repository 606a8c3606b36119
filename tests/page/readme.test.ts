/** The portraits of task 1.5 in words: logs as the course's script prints them, and Markdown. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Records } from "../../web/src/training/records";
import { logOf, readmePart } from "../../web/src/views/assignment/readme";

const recordsOf = (length: number) =>
  Records.none.with({
    first: 1,
    loss: Float64Array.from({ length }, (_, i) => 32 / (i + 1)),
    correct: Float64Array.from({ length }, (_, i) => i),
    seconds: new Float64Array(length).fill(0.1),
  });

test("a log has every tenth epoch and the last, as run_scalar.py prints them", () => {
  assert.deepEqual(logOf(recordsOf(24)), [
    "Epoch 10  loss 3.200000  correct 9",
    "Epoch 20  loss 1.600000  correct 19",
    "Epoch 24  loss 1.333333  correct 23",
  ]);
  assert.equal(logOf(recordsOf(20)).length, 2, "the last epoch is not told twice");
  assert.deepEqual(logOf(Records.none), []);
});

test("a README shows each picture with its log in a fence", () => {
  const trained = { dataset: "Xor", points: 50, hidden: 10, rate: 0.5, epochs: 20, correct: 49 };
  const part = readmePart([
    { ...trained, log: ["Epoch 10  loss 3.2  correct 9", "Epoch 20  loss 1.6  correct 19"] },
  ]);
  assert.match(part, /!\[[^\]]+\]\(xor\.png\)/);
  assert.match(part, /49 of 50 points/);
  assert.match(part, /```text\nEpoch 10 .*\nEpoch 20 .*\n```\n/);
});

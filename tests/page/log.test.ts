import assert from "node:assert/strict";
import { test } from "node:test";
import { logEpochs, logInterval, toCsv } from "../../web/src/views/train/log";
import { Records } from "../../web/src/training/records";

test("a short run lists every epoch, a longer one every tenth, hundredth, thousandth …", () => {
  assert.deepEqual([1, 25, 26, 500, 1000, 1001, 10_000, 10_001, 1e6].map(logInterval), [
    ...[1, 1, 10, 10, 10, 100, 100, 1000, 10_000],
  ]);
});

test("the log is the first epoch, every so many after it, and the last; newest first", () => {
  assert.deepEqual(logEpochs(25, 10, false), [25, 20, 10, 1]);
  assert.deepEqual(logEpochs(30, 10, false), [30, 20, 10, 1]);
  assert.deepEqual(logEpochs(3, 10, false), [3, 1]);
  assert.deepEqual(logEpochs(1, 10, false), [1]);
  assert.deepEqual(logEpochs(3, 1, false), [3, 2, 1]);
  assert.deepEqual(logEpochs(0, 10, false), []);
});

test("while it runs, the epoch that happens to be the last is not listed", () => {
  assert.deepEqual(logEpochs(25, 10, true), [20, 10, 1]);
  assert.deepEqual(logEpochs(30, 10, true), [30, 20, 10, 1]);
  assert.deepEqual(logEpochs(0, 10, true), []);
});

test("the file has a line of names, and every epoch with all of its digits", () => {
  const records = Records.none.with({
    first: 1,
    loss: Float64Array.of(34.5, 1 / 3),
    correct: Float64Array.of(24, 50),
    seconds: Float64Array.of(0.25, 1e-7),
  });
  const lines = ["epoch,loss,correct,seconds", "1,34.5,24,0.25", `2,${1 / 3},50,1e-7`, ""];
  assert.equal(toCsv(records), lines.join("\n"));
});

test("where points are held out, the file has their loss, and how many of them are right", () => {
  const column = (...values: number[]) => Float64Array.from(values);
  const known = { first: 1, loss: column(3, 2), correct: column(4, 5), seconds: column(1, 1) };
  const held = { heldLoss: column(0.5, NaN), heldCorrect: column(7, NaN) };
  assert.equal(
    toCsv(Records.none.with({ ...known, ...held })),
    "epoch,loss,correct,seconds,heldLoss,heldCorrect\n1,3,4,1,0.5,7\n2,2,5,1,NaN,NaN\n",
  );
});

test("epochs that are not known have no line in the file", () => {
  const unknown = () => new Float64Array(2).fill(NaN);
  const records = Records.none
    .with({ first: 1, loss: unknown(), correct: unknown(), seconds: unknown() })
    .with({
      first: 3,
      loss: Float64Array.of(2),
      correct: Float64Array.of(5),
      seconds: Float64Array.of(0.5),
    });
  assert.equal(toCsv(records), "epoch,loss,correct,seconds\n3,2,5,0.5\n");
});

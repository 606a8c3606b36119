import assert from "node:assert/strict";
import { test } from "node:test";
import { Records } from "../../web/src/training/records";

/** Epochs from `first` on, whose columns tell which epoch they are of. */
function epochs(first: number, length: number) {
  const column = (of: (epoch: number) => number) =>
    Float64Array.from({ length }, (_, i) => of(first + i));
  return {
    first,
    loss: column((epoch) => 100 / epoch),
    correct: column((epoch) => epoch % 50),
    seconds: column((epoch) => epoch / 1000),
    heldLoss: column((epoch) => 50 / epoch),
    heldCorrect: column(() => 3),
  };
}

const row = (epoch: number) => ({
  epoch,
  loss: 100 / epoch,
  correct: epoch % 50,
  seconds: epoch / 1000,
  heldLoss: 50 / epoch,
  heldCorrect: 3,
});

test("there are none at first", () => {
  const none = Records.none;
  assert.equal(none.length, 0);
  assert.deepEqual([none.first, none.last, none.at(0), none.at(1), none.speed], Array(5).fill(null));
});

test("epochs are counted from 1, and each has its own record", () => {
  const records = Records.none.with(epochs(1, 3)).with(epochs(4, 2));
  assert.equal(records.length, 5);
  assert.deepEqual([1, 2, 3, 4, 5].map((one) => records.at(one)), [1, 2, 3, 4, 5].map(row));
  assert.deepEqual([records.first, records.last], [row(1), row(5)]);
  assert.deepEqual([records.at(0), records.at(6)], [null, null]);
  assert.deepEqual([...records.loss], [100, 50, 100 / 3, 25, 20]);
});

test("what is told twice is taken in once", () => {
  const records = Records.none.with(epochs(1, 3));
  assert.deepEqual(records.with(epochs(1, 3)).at(3), row(3));
  assert.equal(records.with(epochs(2, 2)).length, 3);
  const longer = records.with(epochs(2, 4));
  assert.equal(longer.length, 5);
  assert.deepEqual(longer.last, row(5));
});

test("epochs that do not follow on are left out", () => {
  assert.equal(Records.none.with(epochs(1, 3)).with(epochs(5, 2)).length, 3);
});

test("records never change, whatever is added to them, and added to them again", () => {
  const some = Records.none.with(epochs(1, 300));
  const other = (loss: number) => ({ ...epochs(301, 1), loss: Float64Array.of(loss) });
  const all = [some.with(other(-1)), some.with(other(-2)), some.with(epochs(301, 5000))];
  assert.deepEqual(all.map((one) => one.length), [301, 301, 5300]);
  assert.deepEqual(all.map((one) => one.at(301)?.loss), [-1, -2, 100 / 301]);
  assert.deepEqual([some.last, some.loss.length], [row(300), 300]);
  assert.equal(Records.none.with(epochs(1, 1)).with(epochs(2, 1)).length, 2);
  assert.equal(Records.none.length, 0);
});

test("many small additions give what one large one gives", () => {
  let records = Records.none;
  for (let first = 1; first <= 2000; first += 8) records = records.with(epochs(first, 8));
  const whole = Records.none.with(epochs(1, 2000));
  assert.deepEqual(records.part(0, 2000), whole.part(0, 2000));
});

test("a part is what comes after so many epochs, as far as there is any", () => {
  const records = Records.none.with(epochs(1, 10));
  assert.deepEqual([...records.part(4, 3).correct], [5, 6, 7]);
  assert.deepEqual([...records.part(8, 100).seconds], [0.009, 0.01]);
});

test("the speed is that of the last hundred epochs", () => {
  const { loss, correct } = epochs(1, 200);
  // The first hundred take a second each, those after them a quarter of one.
  const seconds = Float64Array.from({ length: 200 }, (_, i) => (i < 100 ? 1 : 0.25));
  assert.equal(Records.none.with({ first: 1, loss, correct, seconds }).speed, 4);
  const few = { first: 1, loss: loss.slice(0, 2), correct: correct.slice(0, 2) };
  assert.equal(Records.none.with({ ...few, seconds: Float64Array.of(0.5, 1.5) }).speed, 1);
});

test("what a tab had no room to keep is not known", () => {
  const unknown = () => new Float64Array(4).fill(NaN);
  const lost = { first: 1, loss: unknown(), correct: unknown(), seconds: unknown() };
  const records = Records.none.with(lost).with(epochs(5, 3));
  assert.equal(records.at(4), null);
  assert.deepEqual([records.first, records.last], [row(5), row(7)]);
});

test("a loss that is no number is a record all the same", () => {
  const records = Records.none.with({ ...epochs(1, 1), loss: Float64Array.of(NaN) });
  assert.deepEqual(records.last, { ...row(1), loss: NaN });
});

test("columns of points held out take room from the first epoch on that has any", () => {
  const nothing = new Float64Array(300).fill(NaN);
  const without = Records.none.with({ ...epochs(1, 300), heldLoss: nothing, heldCorrect: nothing });
  assert.equal(without.isSplit, false);
  assert.equal(without.heldLoss.length, 0);
  assert.equal(without.last?.heldLoss, NaN);
  const later = without.with(epochs(301, 2)).with(epochs(303, 2000));
  assert.equal(later.isSplit, true);
  assert.deepEqual([later.at(300)?.heldLoss, later.at(300)?.heldCorrect], [NaN, NaN]);
  assert.deepEqual([301, 302, 2302].map((one) => later.at(one)), [301, 302, 2302].map(row));
});

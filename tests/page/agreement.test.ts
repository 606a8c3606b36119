import assert from "node:assert/strict";
import { test } from "node:test";
import { remarkOn } from "../../web/src/views/expression/agreement";

const row = (derivative: number, centralDifference: number | null) => ({
  derivative,
  centralDifference,
});

test("columns that clearly differ are remarked upon", () => {
  // ReLU at its corner: the backward pass says 0, and half the slope is found by trying.
  assert.match(remarkOn([row(22, 22), row(0, 0.5)]) ?? "", /last two columns differ/);
  assert.match(remarkOn([row(-4, 4)]) ?? "", /differ/);
  assert.match(remarkOn([row(1e6, 1.01e6)]) ?? "", /differ/);
});

test("what is nothing but rounding is not", () => {
  assert.equal(remarkOn([row(22, 22.000001), row(4, 4)]), null);
  assert.equal(remarkOn([row(0, 1e-7)]), null);
  assert.equal(remarkOn([row(1e9, 1.0001e9)]), null, "it counts by its size");
});

test("where there is nothing to compare, there is nothing to say", () => {
  assert.equal(remarkOn([]), null);
  assert.equal(remarkOn([row(3, null), {}, { derivative: 2 }]), null);
});

test("a derivative that is no number differs from none that is", () => {
  assert.equal(remarkOn([row(NaN, NaN)]), null);
});

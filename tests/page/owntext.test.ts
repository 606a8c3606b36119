import assert from "node:assert/strict";
import { test } from "node:test";
import { decodePoints, encodePoints } from "../../web/src/training/owntext";

test("points come back from an address, to four decimals", () => {
  const points = { x1: [0, 1, 0.12344], x2: [0.5, 0.0001, 0.99996], label: [0, 1, 1] };
  const text = encodePoints(points);
  assert.equal(text.length, 21);
  const found = { x1: [0, 1, 0.1234], x2: [0.5, 0.0001, 1], label: [0, 1, 1] };
  assert.deepEqual(decodePoints(text), found);
  assert.deepEqual(decodePoints(""), { x1: [], x2: [], label: [] });
});

test("any other text is refused", () => {
  const one = encodePoints({ x1: [0.5], x2: [0.5], label: [1] });
  for (const text of ["abc", `${one}0`, one.replace(/1$/, "2"), "zzz0001", "-010001", "0 10001"]) {
    assert.equal(decodePoints(text), null, text);
  }
  assert.equal(decodePoints(one.repeat(1001)), null);
});

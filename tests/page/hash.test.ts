import assert from "node:assert/strict";
import { test } from "node:test";
import { fnv1a, hashOf } from "../../web/src/store/hash";

test("it is FNV-1a in 128 bits, by its published examples", () => {
  assert.equal(fnv1a(""), "6c62272e07bb014262b821756295c58d");
  assert.equal(fnv1a("a"), "d228cb696f1a8caf78912b704e4a8964");
  assert.equal(fnv1a("foobar"), "343e1662793c64bf6f0d3597ba446f18");
});

test("equal inputs have one name, whatever the order of their keys", () => {
  const inputs = { task: "1.2", files: { "a.py": "x", "b.py": "ü" }, seeds: [1, 2] };
  const same = { seeds: [1, 2], files: { "b.py": "ü", "a.py": "x" }, task: "1.2", hint: undefined };
  assert.equal(hashOf(inputs), hashOf(same));
  assert.match(hashOf(inputs), /^[0-9a-f]{32}$/);
});

test("inputs that differ, however little, have names that do", () => {
  const different = [
    ...[null, undefined, true, "true", "", [], {}, [[]], ["", ""], [","], '","', 0, -0, NaN, "0"],
    ...[1, 1n, [1, 2], [2, 1], [12], { a: 1 }, { a: "1" }, { b: 1 }, { a: { a: 1 } }, 0.1 + 0.2, 0.3],
    ...[new Float64Array([1, 2]), new Float32Array([1, 2]), { "a,b": 1 }, { a: 1, b: 1 }],
    ...["\ud800", "\ud801"],
  ];
  assert.equal(new Set(different.map(hashOf)).size, different.length);
});

test("what is no data is refused, instead of being taken for something else", () => {
  for (const one of [() => 1, new Map(), new Date(0), Symbol("a"), { inner: new Set() }]) {
    assert.throws(() => hashOf(one), TypeError);
  }
});

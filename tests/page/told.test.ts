/** What a failing test says, in words for the learner. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { TestResult } from "../../web/src/protocol/checking";
import { alike, functionOf, isFound, messageOf, nameOf } from "../../web/src/views/assignment/told";

const failed = (part: Partial<TestResult>): TestResult => ({
  test: "tests/test_a.py::test_one_input[Mul]",
  outcome: "failed",
  seconds: 0,
  marks: [],
  text: "",
  file: null,
  line: null,
  details: {},
  ...part,
});

test("an exception is told without the example that hypothesis adds", () => {
  const text = [
    "Traceback (most recent call last):",
    '  File "minitorch/autodiff.py", line 25, in central_difference',
    "NotImplementedError: Need to implement for Task 1.1",
    "Falsifying example: test_slope(",
    "    x=3.0,",
    ")",
  ].join("\n");
  assert.equal(messageOf(failed({ text })), "NotImplementedError: Need to implement for Task 1.1");
});

test("what can't be imported is told by its exception alone", () => {
  const text = [
    "tests/test_a.py:10: in <module>",
    "    from minitorch.autodiff import central_difference",
    'E     File "minitorch/autodiff.py", line 96',
    "E       def f(:",
    "E             ^",
    "E   SyntaxError: invalid syntax",
  ].join("\n");
  const one = failed({ test: "tests/test_a.py", text });
  assert.equal(messageOf(one), "SyntaxError: invalid syntax");
  assert.equal(nameOf(one), "Your files can’t be imported");
  assert.equal(isFound(one), false);
});

test("failures are alike that say the same of the same place", () => {
  const place = { file: "minitorch/autodiff.py", line: 25, text: "ValueError: no" };
  const [a, b] = [failed({ ...place, test: "a.py::test_a" }), failed({ ...place, test: "a.py::test_b" })];
  const elsewhere = failed({ ...place, line: 26 });
  const other = failed({ ...place, details: { "came out": "2.0" } });
  assert.deepEqual(alike([a, elsewhere, b, other]), [[a, b], [elsewhere], [other]]);
});

test("a test's function is found, whatever its parameters are", () => {
  for (const [name, expected] of [
    ["tests/test_a.py::test_one_input[Mul]", "test_one_input"],
    ["tests/test_a.py::test_operator[x[0] :: y]", "test_operator"],
    ["tests/test_a.py::test_sum", "test_sum"],
    ["tests/test_a.py", "tests/test_a.py"],
  ] as const) {
    assert.equal(functionOf({ test: name }), expected);
  }
});

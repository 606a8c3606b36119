import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes, count, counted, duration, float, inLine, listed, loss, memory } from "../../web/src/format";

test("counts have a comma every three digits", () => {
  assert.deepEqual([0, 999, 1234, 1234567].map(count), ["0", "999", "1,234", "1,234,567"]);
});

test("a noun has an s unless there is one of it", () => {
  assert.equal(counted(0, "epoch"), "0 epochs");
  assert.equal(counted(1, "epoch"), "1 epoch");
  assert.equal(counted(1234, "epoch"), "1,234 epochs");
});

test("a whole float keeps its point, as Python writes it", () => {
  assert.deepEqual([2, 0, 10, 1e6].map((value) => float(value)), ["2.0", "0.0", "10.0", "1000000.0"]);
});

test("a float has at most five significant digits, or as many as asked for", () => {
  assert.equal(float(1 / 3), "0.33333");
  assert.equal(float(1 / 3, 2), "0.33");
  assert.equal(float(0.1 + 0.2), "0.3");
});

test("digits before the point are never rounded away", () => {
  assert.equal(float(12345.6), "12346.0");
  assert.equal(float(1234567), "1234567.0");
  assert.equal(float(123456.7, 7), "123456.7");
});

test("a negative float has a minus sign, the negative zero too", () => {
  assert.equal(float(-2.5), "−2.5");
  assert.equal(float(-0), "−0.0");
});

test("only very small and very large floats have an exponent", () => {
  assert.equal(float(0.0001), "0.0001");
  assert.equal(float(0.00009), "9e−5");
  assert.equal(float(-0.000012346), "−1.235e−5");
  assert.equal(float(1e7), "1e7");
  assert.equal(float(12345678, 7), "1.23457e7");
});

test("floats that are no numbers are called as Python calls them", () => {
  assert.deepEqual([NaN, Infinity, -Infinity].map((value) => float(value)), ["nan", "inf", "−inf"]);
});

test("a loss has two decimals, more below 0.1, and an exponent at the ends", () => {
  const written = [33.456, 0.5, 0.0512, 0.00123, 0, 1234].map(loss);
  assert.deepEqual(written, ["33.46", "0.50", "0.0512", "1.23e-3", "0.0000", "1.23e+3"]);
  assert.equal(loss(Infinity), "inf");
  assert.equal(loss(NaN), "nan");
});

test("what has been fetched is in megabytes, and never more than all", () => {
  assert.equal(bytes(3_120_000, 9_600_000), "3.1 of 9.6 MB");
  assert.equal(bytes(9_700_000, 9_600_000), "9.6 of 9.6 MB");
  assert.equal(bytes(3_120_000, undefined), "3.1 MB");
});

test("a time has the unit that it deserves", () => {
  const written = [0.0000012, 0.000012, 0.0034, 0.034, 1.25, 75].map(duration);
  assert.deepEqual(written, ["1.2 µs", "12 µs", "3.4 ms", "34 ms", "1.25 s", "75.00 s"]);
});

test("memory is in kilobytes up to a megabyte, rounded up", () => {
  assert.deepEqual([1, 64_000, 64_001, 1_200_000].map(memory), ["1 kB", "64 kB", "65 kB", "1.2 MB"]);
});

test("things are listed with commas, and an and before the last", () => {
  const lists = [[], ["x"], ["x", "y"], ["x", "y", "z"]].map(listed);
  assert.deepEqual(lists, ["", "x", "x and y", "x, y and z"]);
});

test("a place in a text is its line, and in a file the file too", () => {
  assert.equal(inLine({ file: null, line: 3 }), " in line 3");
  assert.equal(inLine({ file: "minitorch/scalar.py", line: 3 }), " in line 3 of minitorch/scalar.py");
  assert.equal(inLine({ file: null, line: null }), "");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { readNumber, readWhole, withPoint } from "../../web/src/address/numbers";
import { count, float } from "../../web/src/format";

test("plain numbers are read, with spaces around them or without", () => {
  const texts = ["0", "7", "-5", "+3", "2.5", ".5", "5.", " 12 ", "1e3", "-2.5E-2"];
  assert.deepEqual(texts.map(readNumber), [0, 7, -5, 3, 2.5, 0.5, 5, 12, 1000, -0.025]);
});

test("what the page writes can be pasted back", () => {
  for (const value of [-2, 0.5, 12_345.6, -1234567, 1.5e-7, -3e9, 0]) {
    const digits = 12;
    assert.equal(readNumber(float(value, digits)), value, float(value, digits));
  }
  for (const value of [7, 1234, 1_234_567]) assert.equal(readNumber(count(value)), value);
});

test("any minus sign is one", () => {
  for (const minus of ["-", "−", "–", "‐"]) assert.equal(readNumber(`${minus}2.0`), -2);
});

test("Python's underscores and full-width digits are read", () => {
  assert.equal(readNumber("1_000_000"), 1_000_000);
  assert.equal(readNumber("１２．５"), 12.5);
});

test("what is no number is not read as one", () => {
  const texts = ["", " ", "x", "1,5", "1,50", "0,125", "12,34,567", "1.2.3", "1 000", "--1", "0x10", "1e", "_1"];
  for (const text of texts) assert.equal(readNumber(text), null, text);
  for (const text of ["NaN", "Infinity", "inf", "1e999"]) assert.equal(readNumber(text), null, text);
});

test("a whole number has no point, which some use as others do the comma", () => {
  assert.deepEqual(["7", "1,000", "1e3", "1.5e3", "-2"].map(readWhole), [7, 1000, 1000, 1500, -2]);
  assert.deepEqual(["1.000", "5.0", "2.5", "2,5", "1e-3"].map(readWhole), Array(5).fill(null));
});

test("a decimal comma is understood, though not obeyed", () => {
  const texts = ["1,5", "-0,25", "−3,1415", "0,125"];
  assert.deepEqual(texts.map(withPoint), ["1.5", "-0.25", "-3.1415", "0.125"]);
  assert.deepEqual(["1.5", "1,500", "x", "1,5,5", ""].map(withPoint), Array(5).fill(null));
});

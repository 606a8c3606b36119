import assert from "node:assert/strict";
import { test } from "node:test";
import { parseFormula } from "../../web/src/plot/formula";

const close = (found: number, expected: number) =>
  assert.ok(Math.abs(found - expected) <= 1e-6 * (1 + Math.abs(expected)), `${found} ≠ ${expected}`);

/** Each formula as it is read, and as it is meant. */
const FORMULAS: [string, (x: number, y: number) => number][] = [
  ["x * x", (x) => x * x],
  ["x ** 3", (x) => x ** 3],
  ["x * x * x / 4 - x", (x) => (x * x * x) / 4 - x],
  ["2 - x - 1", (x) => 1 - x],
  ["8 / x / 2", (x) => 4 / x],
  ["-x ** 2", (x) => -(x ** 2)],
  ["--x", (x) => x],
  ["2 * -x", (x) => -2 * x],
  ["(x + 1) * (x - 1)", (x) => x * x - 1],
  ["sin(2 * x)", (x) => Math.sin(2 * x)],
  ["cos(pi * x)", (x) => Math.cos(Math.PI * x)],
  ["exp(-x * x)", (x) => Math.exp(-x * x)],
  ["log(x * x + 1)", (x) => Math.log(x * x + 1)],
  ["sigmoid(x)", (x) => 1 / (1 + Math.exp(-x))],
  ["relu(x - 0.25) * 3", (x) => Math.max(0, x - 0.25) * 3],
  ["1e-1 * x + 1.5", (x) => 0.1 * x + 1.5],
  ["sin(x) * cos(y) + x * y / 4", (x, y) => Math.sin(x) * Math.cos(y) + (x * y) / 4],
  ["y / (x * x + 2)", (x, y) => y / (x * x + 2)],
];

for (const [text, f] of FORMULAS) {
  test(`${text}: its values, and its slopes as differences have them`, () => {
    const read = parseFormula(text);
    for (const x of [-1.7, -0.3, 0.6, 2.1]) {
      for (const y of [-0.8, 1.3]) {
        const { value, dx, dy } = read(x, y);
        const h = 1e-6;
        close(value, f(x, y));
        close(dx, (f(x + h, y) - f(x - h, y)) / (2 * h));
        close(dy, (f(x, y + h) - f(x, y - h)) / (2 * h));
      }
    }
  });
}

test("the sigmoid is right far out on both sides", () => {
  const f = parseFormula("sigmoid(x)");
  assert.equal(f(-1000).value, 0);
  assert.equal(f(1000).value, 1);
});

for (const text of ["", "x +", "x y", "(x", "x)", "z", "sin x", "x ** y", "x ** -1", "eval(x)", "2 $ 3"]) {
  test(`it refuses “${text}”`, () => {
    assert.throws(() => parseFormula(text), SyntaxError);
  });
}

test("names of every object's own are no functions", () => {
  for (const name of ["constructor", "toString", "hasOwnProperty"]) {
    assert.throws(() => parseFormula(`${name}(x)`), SyntaxError);
  }
});

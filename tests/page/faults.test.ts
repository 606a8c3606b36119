import assert from "node:assert/strict";
import { test } from "node:test";
import { EXAMPLES, FAULTS, codeOf, difference } from "../../web/src/views/guides/faults";
import { verdict } from "../../web/src/views/guides/mistakes";
import { visitsOf, walkOn } from "../../web/src/views/guides/paths";

const places = [
  [3, 2],
  [-1.5, 0.7],
] as const;

for (const example of EXAMPLES) {
  test(`${example.name} without a mistake agrees with differences, and with each it does not`, () => {
    for (const [x, y] of places) {
      for (const fault of FAULTS) {
        const agrees = verdict(example, fault, { d: 5, x, y }).endsWith("They agree.");
        assert.equal(agrees, fault.name === "None", `${fault.name} at ${x}, ${y}`);
      }
    }
  });
}

test("d_output can be forgotten where it is 1", () => {
  const forgotten = FAULTS.filter(({ name }) => name === "d_output forgotten");
  for (const fault of forgotten) {
    const said = EXAMPLES.map((example) => verdict(example, fault, { d: 1, x: 3, y: 2 }));
    assert.ok(said.every((words) => words.endsWith("They agree.")));
  }
  assert.equal(forgotten.length, 1);
});

test("differences are of five times the function", () => {
  for (const example of EXAMPLES) {
    const h = 1e-4;
    const expected = (5 * (example.f(3 + h, 2) - example.f(3 - h, 2))) / (2 * h);
    assert.ok(Math.abs(difference(example, { d: 5, x: 3, y: 2 }) - expected) < 1e-4);
  }
});

test("the code shows the mistake, and no two are the same", () => {
  for (const example of EXAMPLES) {
    const codes = FAULTS.map((fault) => codeOf(example, fault));
    assert.equal(new Set(codes).size, FAULTS.length);
    assert.ok(!codes.find((_, i) => FAULTS[i]?.name === "Value not saved")?.includes("save_for"));
  }
});

test("a walk along all paths doubles with each sum", () => {
  for (const sums of [0, 1, 2, 5, 12]) {
    assert.equal(walkOn([sums], () => false), visitsOf(sums));
  }
  assert.deepEqual([0, 1, 2, 3].map(visitsOf), [1, 3, 7, 15]);
});

test("a walk can be broken off, and goes on where it was", () => {
  const toDo = [16];
  let visits = 0;
  while (toDo.length > 0) visits += walkOn(toDo, () => true);
  assert.equal(visits, visitsOf(16));
});

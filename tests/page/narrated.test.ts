/** Graphs told step by step in the guides: what apply does, and how an order is made. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applySteps, historySteps, sortSteps } from "../../web/src/views/guides/narrated";
import { Builder } from "./graphs";

/** `z = x * y; z + z * z` at x = 1, y = 2: z is used three times. */
function example() {
  const made = new Builder();
  const [x, y] = [made.input("x", 1), made.input("y", 2)];
  const z = made.mul(x, y, "z");
  made.sum(z, made.mul(z, z));
  return made.graph();
}

test("apply unwraps, calls forward and wraps, once for each operation", () => {
  const words = applySteps(example()).map((step) => step.words);
  assert.equal(words.length, 1 + 3 * 3);
  assert.equal(words[1], "Unwrap: Mul.apply takes 1.0 and 2.0 out of x and y.");
  assert.equal(words[2], "Forward: Mul.forward(ctx, 1.0, 2.0) returns 2.0, a float.");
  assert.match(words[3] ?? "", /holds 2\.0\. Its history says: made by Mul, from x and y\./);
  assert.match(words[5] ?? "", /Mul\.forward\(ctx, 2\.0, 2\.0\) returns 4\.0/);
});

test("the walk that makes an order visits each box once, and what it makes is topological", () => {
  const graph = example();
  const steps = sortSteps(graph);
  const marked = steps.filter(({ words }) => words.includes("mark it")).map(({ node }) => node);
  assert.deepEqual([...marked].sort(), graph.nodes.map(({ id }) => id).sort());
  assert.ok(steps.some(({ words }) => words.startsWith("z was visited before")));
  // Its own order is the reference's up to what is free; here x before y is all that is.
  const list = steps.at(-1)?.words.replace(/^.*The list: (.*)\.$/, "$1").split(", ");
  assert.deepEqual(list, ["Add (6.0) #5", "Mul (4.0) #4", "z", "y", "x"]);
});

test("a box remembers the function that made it and its inputs; a leaf, nothing", () => {
  const words = historySteps(example()).map((step) => step.words);
  assert.equal(words[1], "x holds 1.0. It is a leaf: no function made it.");
  assert.equal(words[3], "z holds 2.0. Its history: last_fn is Mul, inputs are x (1.0) and y (2.0).");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { remarksOf } from "../../web/src/graph/remarks";
import type { Graph, GraphEdge, GraphNode } from "../../web/src/protocol/expression";
import { firstExample } from "./graphs";

/** One operation on some numbers. */
function one(operation: string, value: number, operands: number[], slopes: number[] = []): Graph {
  const leaf = { operation: null, symbol: null, name: null, derivative: 1 };
  const leaves = operands.map((of, i): GraphNode => ({ ...leaf, id: i, value: of }));
  const result = { id: 10, operation, symbol: operation, name: null, value, derivative: 1 };
  const edges = operands.map((_, i): GraphEdge => {
    const slope = slopes[i] ?? 1;
    return { source: i, target: 10, slope, contribution: slope, received: slope };
  });
  return { nodes: [result, ...leaves], edges, order: [10, ...operands.keys()] };
}

const log = (x: number) => one("Log", Math.log(x + 1e-6), [x], [1 / (x + 1e-6)]);

test("where all is as everybody expects, nothing is said", () => {
  assert.deepEqual(remarksOf(firstExample()), []);
  assert.deepEqual(remarksOf({ nodes: [], edges: [], order: [] }), []);
});

test("the course's own log is told where it is seen, in its value or its slope", () => {
  const [said] = remarksOf(log(2));
  assert.match(said ?? "", /^log is log\(x \+ 0\.000001\) .*log\(2\.0\) is 0\.6931477, .* 0\.6931472\.$/);
  assert.match(remarksOf(log(0))[0] ?? "", /log\(0\.0\) is −13\.81551, and there is none of 0\.$/);
  assert.deepEqual(remarksOf(log(1e9)), [], "it changes no digit that is shown");
  // By value the same, but 0.3333333 and not 0.3333332.
  assert.equal(remarksOf(one("Log", Math.log(3e4 + 1e-6), [3e4], [0.5])).length, 1);
  assert.deepEqual(remarksOf(one("Log", Math.log(2), [2], [0.5])), [], "another library's own log");
});

test("a value that is no number is explained where it first appeared", () => {
  const cases: [string, number, number[], RegExp][] = [
    ["Mul", Infinity, [1e300, 1e300], /^inf is infinity.*the box Mul \(inf\) #\d+: an overflow.*1\.8e308 \(from 1e300 and 1e300\)\.$/],
    ["Mul", NaN, [0, 1], /^nan is “not a number”.*0 times infinity/],
    ["Add", NaN, [0, 1], /infinity less infinity/],
    ["Log", NaN, [-2], /no logarithm of a negative number \(from −2\.0\)/],
    ["Log", -Infinity, [0], /^−inf .*logarithm of 0/],
    ["Inv", Infinity, [0], /divides by 0/],
    ["Exp", Infinity, [1000], /overflow/],
    ["Cube", NaN, [2], /no value for this input/],
  ];
  for (const [operation, value, operands, expected] of cases) {
    assert.match(remarksOf(one(operation, value, operands)).at(-1) ?? "", expected);
  }
  const came = one("Add", Infinity, [Infinity, 1]);
  assert.match(remarksOf(came)[0] ?? "", /^inf .*It came in as a number of its own\.$/);
});

test("a derivative that is no number is explained where the values are", () => {
  assert.match(
    remarksOf(one("Inv", 1e200, [1e-200], [-Infinity]))[0] ?? "",
    /^The derivatives are no numbers from the box Inv .* on: its slope by the number .* is −inf\.$/,
  );
  const graph = one("Mul", 1, [1, 1]);
  const edges = graph.edges.map((edge) => ({ ...edge, contribution: Infinity }));
  assert.match(remarksOf({ ...graph, edges })[0] ?? "", /passes back to .* is inf, more than/);
});

/** A learner's result beside the reference's: the first place where theirs goes wrong. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, isClose } from "../../web/src/graph/comparison";
import type { DerivativeRow, ExpressionResult, Graph } from "../../web/src/protocol/expression";
import { Builder, firstExample } from "./graphs";

const graph = firstExample();

function result(of: Graph | null = graph, part: Partial<ExpressionResult> = {}): ExpressionResult {
  return {
    library: { name: "Yours", version: "1" },
    problem: null,
    output: "",
    value: of?.nodes.find(({ id }) => id === of.order[0])?.value ?? 32,
    nodeCount: of?.nodes.length ?? 7,
    graph: of,
    derivatives: rows(22, 4),
    names: [],
    remark: null,
    ...part,
  };
}

const rows = (x: number, y: number): DerivativeRow[] => [
  { variable: "x", value: 2, derivative: x, centralDifference: 22 },
  { variable: "y", value: 3, derivative: y, centralDifference: 4 },
];

/** The example with one of the numbers that are passed back exchanged, and what follows from it. */
function passing(edge: (one: Graph["edges"][number]) => boolean, contribution: number | null) {
  const edges = graph.edges.map((one) => (edge(one) ? { ...one, contribution } : one));
  return { ...graph, edges };
}

const problem = (message: string) => ({
  ...{ kind: "Error", message, file: null, line: null, task: "1.4", hint: null, traceback: "" },
});

test("where nothing differs, that is said", () => {
  const { fault, remark, nodes, derivatives } = compare(result(), result());
  assert.equal(fault, null);
  assert.match(remark ?? "", /every derivative is the same/);
  assert.equal(nodes.size, 7);
  assert.deepEqual([...derivatives], [["x", 22], ["y", 4]]);
});

test("the first operation that passes back another number is named, with both numbers", () => {
  const product = graph.nodes.find(({ value }) => value === 12)!;
  const isFromProduct = (target: number) => target === product.id;
  const y = passing((one) => isFromProduct(one.target) && one.source === graph.ids.y, 3);
  const { fault } = compare(result(y, { derivatives: rows(22, 3) }), result());
  assert.equal(fault?.node, product.id);
  assert.equal(fault?.isBackward, true);
  assert.equal(
    fault?.text,
    "Here it goes wrong: Mul (12.0) passes 3.0 back to y; the reference passes 4.0.",
  );
});

test("what comes after the first in the pass is only its consequence", () => {
  const later = passing((one) => one.source === graph.ids.x, 99);
  const both = {
    ...later,
    edges: later.edges.map((one, i) => (i === 0 ? { ...one, contribution: 7 } : one)),
  };
  assert.equal(compare(result(both), result()).fault?.node, graph.ids.sum);
});

test("a number that is not passed back at all is nothing", () => {
  const { fault } = compare(result(passing((one) => one.source === graph.ids.y, null)), result());
  assert.match(fault?.text ?? "", /passes nothing back to y; the reference passes 4.0/);
});

test("a wrong value comes before all derivatives, the earliest first", () => {
  const square = graph.nodes.find(({ value }) => value === 4)!;
  const nodes = graph.nodes.map((node) => {
    if (node.id === square.id) return { ...node, value: 5 };
    return node.value === 12 ? { ...node, value: 15 } : node;
  });
  const { fault } = compare(result({ ...graph, nodes }, { derivatives: rows(1, 1) }), result());
  assert.equal(fault?.node, square.id);
  assert.equal(fault?.isBackward, false);
  assert.equal(
    fault?.text,
    "Here it goes wrong: Mul makes 5.0 of x and x; the reference makes 4.0.",
  );
});

test("right steps that are put together wrongly are the fault of the pass", () => {
  const { fault } = compare(result(graph, { derivatives: rows(10, 4) }), result());
  assert.equal(fault?.node, graph.ids.x);
  assert.match(fault?.text ?? "", /pass back to x is right, but backward leaves 10.0 in x/);
});

test("the order in which the Scalars were made does not matter", () => {
  const made = new Builder();
  const ten = made.number(10);
  const [y, x] = [made.input("y", 3), made.input("x", 2)];
  const right = made.mul(ten, x);
  made.sum(made.mul(made.mul(x, x), y), right);
  const { fault, nodes } = compare(result(), result(made.graph()));
  assert.equal(fault, null);
  assert.equal(nodes.get(graph.ids.ten)?.value, 10);
});

test("of graphs that are not alike only what comes out is compared", () => {
  const made = new Builder();
  const [x, y] = [made.input("x", 2), made.input("y", 3)];
  made.mul(made.sum(made.mul(x, y), made.number(10)), x);
  const other = result(made.graph());
  assert.equal(other.value, 32);
  const same = compare(other, result());
  assert.deepEqual([same.fault, same.nodes.size], [null, 0]);
  assert.match(same.remark ?? "", /other operations/);
  const wrong = compare({ ...other, derivatives: rows(22, 5) }, result());
  assert.match(wrong.fault?.text ?? "", /backward leaves 5.0 in y, and the reference 4.0/);
  assert.match(compare({ ...other, value: 30 }, result()).fault?.text ?? "", /result is 30.0; .* 32.0/);
});

test("one node where the reference has two is another graph", () => {
  const made = new Builder();
  const [x, y] = [made.input("x", 2), made.input("y", 3)];
  const square = made.mul(x, made.number(2));
  made.sum(made.mul(square, y), made.mul(made.number(10), x));
  assert.equal(compare(result(made.graph()), result()).nodes.size, 0);
  assert.equal(compare(result(), result(made.graph())).nodes.size, 0);
});

test("without a picture the numbers are compared all the same", () => {
  assert.equal(compare(result(null), result(null)).fault, null);
  const { fault } = compare(result(null, { derivatives: rows(22, 5) }), result(null));
  assert.deepEqual([fault?.node, fault?.isBackward], [null, true]);
});

test("a pass that failed has left no derivatives to compare, but a graph", () => {
  const begun = result(graph, { problem: problem("no"), derivatives: [] });
  const { fault, remark } = compare(begun, result());
  assert.equal(fault, null);
  assert.match(remark ?? "", /What could be computed is the same/);
});

test("a reference that has no result is no judge", () => {
  for (const reference of [null, result(null, { problem: problem("too large"), value: null })]) {
    const { fault, remark } = compare(result(), reference);
    assert.equal(fault, null);
    assert.match(remark ?? "", /no result here: (it did not answer|too large)/);
  }
});

test("numbers are the same up to rounding and log's small shift, and no further", () => {
  assert.ok(isClose(1 / 2, 1 / (2 + 1e-6)));
  assert.ok(isClose(1e9, 1e9 + 1));
  assert.ok(isClose(NaN, NaN) && isClose(Infinity, Infinity) && isClose(null, null));
  assert.ok(!isClose(1, 1.001) && !isClose(0, 1e-3) && !isClose(NaN, 1) && !isClose(null, 0));
  assert.ok(!isClose(Infinity, -Infinity));
});

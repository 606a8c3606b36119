import assert from "node:assert/strict";
import { test } from "node:test";
import { isRight } from "../../web/src/graph/guess";
import { labelsOf } from "../../web/src/graph/labels";
import { beginOrder, canBeOrdered, mayReceive, takeTurn, type Order } from "../../web/src/graph/order";
import { sayEnd } from "../../web/src/graph/ordergame";
import type { Graph } from "../../web/src/protocol/expression";
import { Builder, firstExample, loop } from "./graphs";

/** y = x · x, y + y: two ways meet in y. */
function diamond(): { graph: Graph; x: number; y: number; sum: number } {
  const made = new Builder();
  const x = made.input("x", 3);
  const y = made.mul(x, x, "y");
  const sum = made.sum(made.mul(y, made.number(2)), y);
  return { graph: made.graph(), x: x.id, y: y.id, sum: sum.id };
}

/** Plays to the end, always choosing by `choose`. */
function play(graph: Graph, choose: (waiting: number[]) => number): Order {
  let order = beginOrder(graph);
  for (let i = 0; order.pending.size > 0 && i < 10_000; i++) {
    order = takeTurn(graph, order, choose([...order.pending.keys()]));
  }
  return order;
}

function leavesOf(graph: Graph): Map<number, number> {
  const leaves = graph.nodes.filter((node) => node.operation === null);
  return new Map(leaves.map((node) => [node.id, node.derivative ?? 0]));
}

test("in topological order each has one turn, and the leaves get Python's derivatives", () => {
  for (const graph of [firstExample(), loop(20, 3), diamond().graph]) {
    const order = play(graph, (waiting) => Math.max(...waiting));
    assert.equal(order.turns.length, graph.order.length);
    assert.deepEqual(order.leaves, leavesOf(graph));
    assert.match(sayEnd(graph, order), /topological/);
  }
});

test("in any other order they get the same, with more turns", () => {
  const { graph } = diamond();
  const order = play(graph, (waiting) => Math.min(...waiting));
  assert.ok(order.turns.length > graph.order.length);
  assert.deepEqual(order.leaves, leavesOf(graph));
  assert.match(sayEnd(graph, order), new RegExp(`${order.turns.length} turns, where ${graph.order.length}`));
});

test("it is too early as long as another way to it is open", () => {
  const { graph, y, sum, x } = diamond();
  const first = takeTurn(graph, beginOrder(graph), sum);
  assert.equal(mayReceive(graph, first, y), true);
  const mul = [...first.pending.keys()].find((id) => id !== y)!;
  const then = takeTurn(graph, first, mul);
  assert.equal(mayReceive(graph, then, y), false);
  assert.equal(mayReceive(graph, takeTurn(graph, then, y), x), false);
});

test("who has nothing to hand on has no turn", () => {
  const { graph, x } = diamond();
  const order = beginOrder(graph);
  assert.equal(takeTurn(graph, order, x), order);
});

test("without slopes there is nothing to choose", () => {
  const graph = firstExample();
  assert.equal(canBeOrdered(graph), true);
  const unknown = graph.edges.map((edge) => ({ ...edge, slope: null }));
  assert.equal(canBeOrdered({ ...graph, edges: unknown }), false);
});

test("boxes that look alike can be told apart, and a variable keeps its name", () => {
  const made = new Builder();
  const x = made.input("x", 2);
  made.mul(x, x);
  made.mul(x, x);
  assert.deepEqual([...labelsOf(made.graph()).values()], ["x", "Mul (4.0) #2", "Mul (4.0) #3"]);
  const twice = new Builder();
  twice.input("x", 1);
  twice.input("x", 2);
  assert.deepEqual([...labelsOf(twice.graph()).values()], ["x #1", "x #2"]);
});

test("a guess is right to the digits that one would reckon", () => {
  assert.ok(isRight(7.89, 7.8891) && isRight(0.5, 0.5) && isRight(-12, -12.0));
  assert.ok(!isRight(7.8, 7.8891) && !isRight(0.5, -0.5) && !isRight(0, 0.1));
});

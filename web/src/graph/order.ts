/**
 * A backward pass in an order that somebody chooses: whoever has its turn hands on what has arrived
 * so far, and if more arrives later it needs another turn. In topological order each has one.
 */
import type { Graph } from "../protocol/expression";

export interface Order {
  /** The ids of those that had a turn, with what each handed on. */
  readonly turns: readonly { id: number; amount: number }[];
  /** What has arrived and waits to be handed on. */
  readonly pending: ReadonlyMap<number, number>;
  /** What the leaves have been given. */
  readonly leaves: ReadonlyMap<number, number>;
}

export function beginOrder(graph: Graph): Order {
  const result = graph.order[0];
  return {
    turns: [],
    pending: new Map(result === undefined ? [] : [[result, 1]]),
    leaves: new Map(),
  };
}

/** Whether all slopes are known, without which nothing can be handed on. */
export function canBeOrdered(graph: Graph): boolean {
  return graph.edges.every((edge) => edge.slope !== null || edge.contribution === null);
}

/** The variable has its turn; nothing happens where nothing waits. */
export function takeTurn(graph: Graph, order: Order, id: number): Order {
  const amount = order.pending.get(id);
  if (amount === undefined) return order;
  const pending = new Map(order.pending);
  pending.delete(id);
  const leaves = new Map(order.leaves);
  if (isLeaf(graph, id)) leaves.set(id, (leaves.get(id) ?? 0) + amount);
  for (const { source, target, slope } of graph.edges) {
    if (target !== id || slope === null) continue;
    pending.set(source, (pending.get(source) ?? 0) + amount * slope);
  }
  return { turns: [...order.turns, { id, amount }], pending, leaves };
}

/** Whether more may arrive at a variable: from another that waits, or is reached from one. */
export function mayReceive(graph: Graph, { pending }: Order, id: number): boolean {
  const above = new Set<number>();
  const look = [...pending.keys()].filter((other) => other !== id);
  for (let at = look.pop(); at !== undefined; at = look.pop()) {
    for (const { source, target, slope } of graph.edges) {
      if (target !== at || slope === null || above.has(source)) continue;
      above.add(source);
      look.push(source);
    }
  }
  return above.has(id);
}

function isLeaf(graph: Graph, id: number): boolean {
  return graph.nodes.find((node) => node.id === id)?.operation === null;
}

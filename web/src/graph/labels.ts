/** What boxes are called where several may look alike: each has a number, in the order of its making. */
import type { Graph, GraphNode } from "../protocol/expression";
import { nameOf } from "./walk";

export type Labels = ReadonlyMap<number, string>;

/** The labels by the nodes' ids, such as "x" and "Mul (4.0) #3". Names that are alone need none. */
export function labelsOf({ nodes }: Graph): Labels {
  const numbers = numbersOf(nodes);
  const uses = new Map<string, number>();
  for (const node of nodes) uses.set(nameOf(node), (uses.get(nameOf(node)) ?? 0) + 1);
  const label = (node: GraphNode) => {
    const name = nameOf(node);
    return node.name && uses.get(name) === 1 ? name : `${name} #${numbers.get(node.id)}`;
  };
  return new Map(nodes.map((node) => [node.id, label(node)]));
}

/** The boxes' numbers by the nodes' ids, from 1. */
export function numbersOf(nodes: readonly GraphNode[]): ReadonlyMap<number, number> {
  const ids = nodes.map(({ id }) => id).sort((a, b) => a - b);
  return new Map(ids.map((id, i) => [id, i + 1]));
}

/** What boxes are called where several may look alike: each has a number, in the order of its making. */
import type { Graph, GraphNode } from "../protocol/expression";
import { nameOf } from "./walk";

export type Labels = ReadonlyMap<number, string>;

/** The labels by the nodes' ids, such as "x" and "Mul (4.0) #3". Names that are alone need none. */
export function labelsOf({ nodes }: Graph): Labels {
  const made = [...nodes].sort((a, b) => a.id - b.id);
  const uses = new Map<string, number>();
  for (const node of made) uses.set(nameOf(node), (uses.get(nameOf(node)) ?? 0) + 1);
  const label = (node: GraphNode, number: number) => {
    const name = nameOf(node);
    return node.name && uses.get(name) === 1 ? name : `${name} #${number}`;
  };
  return new Map(made.map((node, i) => [node.id, label(node, i + 1)]));
}

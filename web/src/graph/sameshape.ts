/** Whether two graphs are the same picture with other numbers. */
import type { Graph, GraphNode } from "../protocol/expression";

/**
 * Whether they have the same boxes and the same edges in the same order, as a text has that is
 * evaluated again with other inputs. Ids and numbers may differ.
 */
export function isSameShape(one: Graph | null, other: Graph | null): boolean {
  if (one === other) return true;
  if (!one || !other) return false;
  return (
    one.nodes.length === other.nodes.length &&
    one.edges.length === other.edges.length &&
    one.order.length === other.order.length &&
    one.nodes.every((node, i) => isSameBox(node, other.nodes[i])) &&
    isSameWay(one, other)
  );
}

function isSameBox(one: GraphNode, other: GraphNode | undefined): boolean {
  return (
    one.operation === other?.operation &&
    one.name === other.name &&
    (one.derivative === null) === (other.derivative === null)
  );
}

function isSameWay(one: Graph, other: Graph): boolean {
  const [places, others] = [placesOf(one), placesOf(other)];
  return (
    one.order.every((id, i) => places.get(id) === others.get(other.order[i] ?? -1)) &&
    one.edges.every((edge, i) => {
      const beside = other.edges[i];
      return (
        places.get(edge.source) === others.get(beside?.source ?? -1) &&
        places.get(edge.target) === others.get(beside?.target ?? -1)
      );
    })
  );
}

/** Where each node is in the list of nodes. */
function placesOf({ nodes }: Graph): ReadonlyMap<number, number> {
  return new Map(nodes.map(({ id }, i) => [id, i]));
}

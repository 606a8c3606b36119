/** A box that was clicked: what it computed, and its slopes, with numbers. */
import { useMemo } from "preact/hooks";
import { float } from "../format";
import type { Graph, GraphNode } from "../protocol/expression";
import { labelsOf, type Labels } from "./labels";
import { ruleOf } from "./rules";

export function Picked({ graph, id }: { graph: Graph; id: number }) {
  const labels = useMemo(() => labelsOf(graph), [graph]);
  const node = graph.nodes.find((one) => one.id === id);
  if (!node) return null;
  return (
    <p class="picked" role="status" aria-label="Box">
      {describeBox(graph, node, labels)}
    </p>
  );
}

/** "Mul #3: x × y = 2.0 × 3.0 = 6.0. …" */
export function describeBox(graph: Graph, node: GraphNode, labels: Labels): string {
  const label = labels.get(node.id) ?? "";
  if (node.operation === null) {
    const kind = node.derivative === null ? "a constant" : "a leaf: no operation made it";
    return `${label} is ${kind}. Its value is ${float(node.value)}${derivativeOf(node)}`;
  }
  const operands = graph.edges.filter((edge) => edge.target === node.id);
  const found = operands.map((edge) => graph.nodes.find((one) => one.id === edge.source));
  const values = found.map((one) => (one ? float(one.value) : "?"));
  const slopes = operands.map(
    (edge) => `by ${labels.get(edge.source)} ${edge.slope === null ? "none" : float(edge.slope)}`,
  );
  const made = `${label} = ${node.operation}(${values.join(", ")}) = ${float(node.value)}`;
  const rule = ruleOf(node.operation);
  return [`${made}${derivativeOf(node)}`, `Slopes: ${slopes.join(", ")}.`, rule ?? ""].join(" ");
}

function derivativeOf({ derivative }: GraphNode): string {
  return derivative === null ? "." : `, its derivative ${float(derivative)}.`;
}

/** The graph as a table: for those who can't see the picture, and to look up numbers. */
import type { Graph, GraphNode } from "../protocol/expression";
import { float } from "../format";
import type { Comparison } from "./comparison";
import { nameOf } from "./walk";

const DIGITS = 7;

interface Props {
  graph: Graph;
  comparison: Comparison | null;
}

export function GraphList({ graph, comparison }: Props) {
  // The reference's nodes, if they can be laid beside these.
  const beside = comparison && comparison.nodes.size > 0 ? comparison.nodes : null;
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const operands = (node: GraphNode) =>
    graph.edges
      .filter((edge) => edge.target === node.id)
      .map((edge) => byId.get(edge.source))
      .map((operand) => (operand ? nameOf(operand) : "?"))
      .join(", ");
  return (
    <details class="graph-list">
      <summary>The same as a table</summary>
      <div class="table-scroll" tabIndex={0} role="group" aria-label="The nodes of the graph">
        <table>
          <thead>
            <tr>
              <th scope="col">node</th>
              <th scope="col">made from</th>
              <th scope="col">value</th>
              <th scope="col">derivative</th>
              {beside && <th scope="col">reference</th>}
            </tr>
          </thead>
          <tbody>
            {graph.nodes.map((node) => (
              <tr key={node.id} class={node.id === comparison?.fault?.node ? "wrong" : undefined}>
                <th scope="row">{nameOf(node)}</th>
                <td>{operands(node) || "—"}</td>
                <td>{float(node.value, DIGITS)}</td>
                <td class="derivative">{derivativeOf(node)}</td>
                {beside && <td>{derivativeOf(beside.get(node.id))}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function derivativeOf(node: GraphNode | undefined): string {
  const derivative = node?.derivative ?? null;
  return derivative === null ? "none" : float(derivative, DIGITS);
}

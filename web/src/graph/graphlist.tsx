/** The graph as a table: for those who can't see the picture, and to look up numbers. */
import type { Graph, GraphNode } from "../protocol/expression";
import { float } from "../format";
import { nameOf } from "./walk";

const DIGITS = 7;

export function GraphList({ graph }: { graph: Graph }) {
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
            </tr>
          </thead>
          <tbody>
            {graph.nodes.map((node) => (
              <tr key={node.id}>
                <th scope="row">{nameOf(node)}</th>
                <td>{operands(node) || "—"}</td>
                <td>{float(node.value, DIGITS)}</td>
                <td class="derivative">
                  {node.derivative === null ? "none" : float(node.derivative, DIGITS)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** Says that there is no picture of a graph, and why. */
import { count } from "../../format";
import { MAX_NODES, type Expression } from "../../graph/expression";

export function TooLarge({ expression }: { expression: Expression }) {
  const found = expression.result.value;
  if (!found || found.nodeCount <= MAX_NODES) return null;
  return (
    <div class="alert" role="alert">
      <p>
        The graph has {count(found.nodeCount)} nodes: too many to draw ({MAX_NODES} at most). The
        numbers are in the table of derivatives.
      </p>
    </div>
  );
}

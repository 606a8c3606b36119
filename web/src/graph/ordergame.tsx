/** Choose yourself who is next, and see what it costs when the order isn't topological. */
import { useSignal } from "@preact/signals";
import { useEffect, useId, useMemo } from "preact/hooks";
import { counted, float } from "../format";
import type { Graph } from "../protocol/expression";
import { labelsOf, type Labels } from "./labels";
import { beginOrder, canBeOrdered, mayReceive, takeTurn, type Order } from "./order";

export function OrderGame({ graph }: { graph: Graph }) {
  const order = useSignal(beginOrder(graph));
  const warning = useSignal("");
  const labels = useMemo(() => labelsOf(graph), [graph]);
  const id = useId();
  const begin = () => {
    order.value = beginOrder(graph);
    warning.value = "";
  };
  useEffect(begin, [graph]);
  if (!canBeOrdered(graph)) return null;

  const take = (node: number) => {
    const label = labels.get(node) ?? "";
    warning.value = mayReceive(graph, order.value, node)
      ? `Too early: more is still to arrive at ${label}, and it will need another turn.`
      : "";
    order.value = takeTurn(graph, order.value, node);
  };
  const waiting = [...order.value.pending].sort(([a], [b]) => a - b);
  return (
    <div class="order-game" role="group" aria-labelledby={id}>
      <h3 id={id}>Who is next?</h3>
      <div class="buttons">
        {waiting.map(([node, amount]) => (
          <button key={node} type="button" onClick={() => take(node)}>
            {labels.get(node)} hands on {float(amount, 4)}
          </button>
        ))}
        <button type="button" class="quiet" onClick={begin}>
          Begin again
        </button>
      </div>
      <p aria-live="polite">
        {warning.value || (waiting.length === 0 ? sayEnd(graph, order.value) : "")}
      </p>
      <Turns order={order.value} labels={labels} />
    </div>
  );
}

function Turns({ order, labels }: { order: Order; labels: Labels }) {
  return (
    <ol class="turns">
      {order.turns.map(({ id, amount }, i) => {
        const isAgain = order.turns.slice(0, i).some((turn) => turn.id === id);
        return (
          <li key={i} class={isAgain ? "again" : undefined}>
            {labels.get(id)}: {float(amount, 4)}
            {isAgain && " (again)"}
          </li>
        );
      })}
    </ol>
  );
}

/** How many turns it took, beside how many it takes. */
export function sayEnd(graph: Graph, { turns }: Order): string {
  const needed = graph.order.length;
  const took = counted(turns.length, "turn");
  return turns.length === needed
    ? `Done in ${took}, one for each variable: that was a topological order.`
    : `Done in ${took}, where ${needed} are enough. The derivatives are right all the same, since ` +
        "what came late was handed on again; in a large graph that doubles, and doubles again.";
}

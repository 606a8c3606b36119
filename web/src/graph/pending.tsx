/** The dictionary that `backpropagate` holds: what has arrived where, at a step of the walk. */
import type { ReadonlySignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { float } from "../format";
import type { Graph } from "../protocol/expression";
import { labelsOf } from "./labels";
import { walkTo, type WalkState } from "./walk";

interface Props {
  graph: ReadonlySignal<Graph | null>;
  /** Where the walk is. */
  step: ReadonlySignal<number>;
}

export function PendingTable({ graph, step }: Props) {
  const known = graph.value;
  const labels = useMemo(() => (known ? labelsOf(known) : new Map<number, string>()), [known]);
  const walk = known && walkTo(known, step.value);
  // In the order of their turns, so that rows stay where they are.
  const rows = known?.order.filter((id) => walk?.received.has(id)) ?? [];
  return (
    <div class="table-scroll pending" tabIndex={0} role="group" aria-label="Pending derivatives">
      <table aria-label="Pending derivatives">
        <thead>
          <tr>
            <th scope="col">variable</th>
            <th scope="col">arrived</th>
            <th scope="col">state</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((id) => (
            <tr key={id} class={id === walk?.active ? "active" : undefined}>
              <th scope="row">{labels.get(id)}</th>
              <td class="derivative">{float(walk?.received.get(id) ?? 0)}</td>
              <td>{stateOf(id, known, walk)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function stateOf(id: number, graph: Graph | null, walk: WalkState | null): string {
  if (id === walk?.active) return "has its turn";
  if (!walk?.done.has(id)) return "waits";
  const isLeaf = graph?.nodes.find((node) => node.id === id)?.operation === null;
  return isLeaf ? "kept: a leaf" : "handed on";
}

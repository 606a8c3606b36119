/** The derivatives of the result, by the chain rule and by trying. */
import { useMemo } from "preact/hooks";
import type { DerivativeRow, Graph } from "../../protocol/expression";
import { float } from "../../format";
import type { Expression } from "../../graph/expression";
import { remarksOf } from "../../graph/remarks";
import { nameOfLibrary } from "../../ui/madeby";
import { Meaning } from "../../ui/meaning";
import { Term } from "../../ui/term";
import { makerOf } from "../library";

const DIGITS = 7;

export function Derivatives({ expression }: { expression: Expression }) {
  const { result, inputs, comparison, isStale } = expression;
  const found = result.value;
  const rows = !found || found.problem ? waiting(inputs.value) : found.derivatives;
  const value = found?.value ?? null;
  const maker = makerOf(found?.library);
  const reference = comparison.value?.derivatives ?? null;
  return (
    <div class={isStale.value ? "card derivatives is-old" : "card derivatives"}>
      <div class="card-head">
        <h2 id="derivatives-title">Derivatives</h2>
        <Term describedBy="derivatives-title">
          <p>
            <b>Derivative</b>: <Meaning of="derivative" /> Here the backward pass found it. A{" "}
            <b>central difference</b> checks it: <Meaning of="central difference" />
          </p>
        </Term>
      </div>
      <table aria-labelledby="derivatives-title" class={reference ? "compared" : undefined}>
        <thead>
          <tr>
            <th scope="col">variable</th>
            <th scope="col">value</th>
            <th scope="col">derivative</th>
            {reference && <th scope="col">reference</th>}
            <th scope="col">central difference</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.variable}>
              <th scope="row">{row.variable}</th>
              <td>{float(row.value, DIGITS)}</td>
              {row.derivative === undefined ? (
                <td>—</td>
              ) : (
                <td class="derivative">{float(row.derivative, DIGITS)}</td>
              )}
              {reference && <td>{maybe(reference.get(row.variable))}</td>}
              <td>{trial(row)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {isStale.value && <p class="small">Of what was written before:</p>}
      <p class="small">
        The result is {value === null ? "not known yet" : float(value, DIGITS)}
        {maker && value !== null && `, ${nameOfLibrary(maker)}`}.{" "}
        {!comparison.value?.fault && found?.remark}
      </p>
      {found?.graph && <Remarks graph={found.graph} />}
    </div>
  );
}

function Remarks({ graph }: { graph: Graph }) {
  const remarks = useMemo(() => remarksOf(graph), [graph]);
  return (
    <>
      {remarks.map((remark) => (
        <p key={remark} class="small">
          {remark}
        </p>
      ))}
    </>
  );
}

type Row = Pick<DerivativeRow, "variable" | "value"> & Partial<DerivativeRow>;

function waiting(inputs: Record<string, number>): Row[] {
  return Object.entries(inputs).map(([variable, value]) => ({ variable, value }));
}

function maybe(number: number | undefined): string {
  return number === undefined ? "—" : float(number, DIGITS);
}

function trial({ centralDifference }: Row) {
  if (centralDifference === undefined) return "—";
  if (centralDifference === null)
    return <span title="It can’t be computed next to this value">none</span>;
  return float(centralDifference, DIGITS);
}

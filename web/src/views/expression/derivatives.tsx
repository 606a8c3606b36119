/** The derivatives of the result, by the chain rule and by trying. */
import type { DerivativeRow } from "../../protocol/expression";
import { float } from "../../format";
import type { Expression } from "../../graph/expression";
import { Term } from "../../ui/term";
import { remarkOn } from "./agreement";

const DIGITS = 7;

export function Derivatives({ expression }: { expression: Expression }) {
  const { result, inputs } = expression;
  const rows = result.value?.derivatives ?? waiting(inputs.value);
  const value = result.value?.value ?? null;
  return (
    <div class="card derivatives">
      <div class="card-head">
        <h2 id="derivatives-title">Derivatives</h2>
        <Term describedBy="derivatives-title">
          <p>
            How fast the result grows when one input grows. <b>Derivative</b> is what the backward
            pass found. <b>Central difference</b> checks it by trying: the result a little above and
            a little below, and the slope between.
          </p>
        </Term>
      </div>
      <table aria-labelledby="derivatives-title">
        <thead>
          <tr>
            <th scope="col">variable</th>
            <th scope="col">value</th>
            <th scope="col">derivative</th>
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
              <td>{trial(row)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="small">
        The result is {value === null ? "not known yet" : float(value, DIGITS)}.{" "}
        {remarkOn(rows)}
      </p>
    </div>
  );
}

type Row = Pick<DerivativeRow, "variable" | "value"> & Partial<DerivativeRow>;

function waiting(inputs: Record<string, number>): Row[] {
  return Object.entries(inputs).map(([variable, value]) => ({ variable, value }));
}

function trial({ centralDifference }: Row) {
  if (centralDifference === undefined) return "—";
  if (centralDifference === null)
    return <span title="It can’t be computed next to this value">none</span>;
  return float(centralDifference, DIGITS);
}

/** What is known of the point: the value, and the slopes along each argument, found both ways. */
import { float } from "../../format";
import { EPSILONS, epsilonText } from "../../functions/epsilons";
import { remarkOnPoint } from "../../functions/remarks";
import type { FunctionStudy } from "../../functions/study";
import { nameOfLibrary } from "../../ui/madeby";
import { Term } from "../../ui/term";
import { makerOf } from "../library";
import { words } from "./words";

const DIGITS = 7;

export function PointTable({ study }: { study: FunctionStudy }) {
  const { at, epsilon, look, range, value } = study;
  const names = study.size.value === 2 ? ["x", "y"] : ["x"];
  const found = look.value;
  const remarks = found ? names.map((_, i) => remarkOnPoint(found, i, epsilon.value)) : [];
  const remark = remarks.find(Boolean);
  const maker = makerOf(range.value?.library);
  return (
    <section class="card point" aria-labelledby="point-title">
      <div class="card-head">
        <h2 id="point-title">At the point</h2>
        <Term describedBy="point-title">{words.table}</Term>
      </div>
      <table aria-labelledby="point-title">
        <thead>
          <tr>
            <th scope="col">variable</th>
            <th scope="col">value</th>
            <th scope="col">derivative</th>
            <th scope="col">central difference</th>
            <th scope="col">error</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name, i) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{float(at.value[i] ?? NaN, DIGITS)}</td>
              <td class="derivative">{known(study.derivative(i))}</td>
              <td>{known(study.difference(i))}</td>
              <td>{known(errorOf(study, i), 3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="small point-words" aria-live="polite">
        The function gives {known(value.value)}
        {maker && `, ${nameOfLibrary(maker)}`}; epsilon is{" "}
        {epsilonText(EPSILONS[epsilon.value]!)}.{" "}
        {remark}
      </p>
    </section>
  );
}

function errorOf(study: FunctionStudy, argument: number): number {
  const difference = study.difference(argument);
  return difference === null ? NaN : Math.abs(difference - study.derivative(argument));
}

function known(number: number | null, digits = DIGITS): string {
  return number === null || Number.isNaN(number) ? "—" : float(number, digits);
}

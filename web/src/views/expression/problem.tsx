/** What went wrong in the learner's code, and what the code printed. */
import { inLine } from "../../format";
import type { Expression } from "../../graph/expression";
import { Said } from "../../ui/said";
import { ToDo } from "../../ui/todo";

export function Problem({ expression }: { expression: Expression }) {
  const found = expression.problem.value;
  if (!found) return null;
  return (
    <div class="alert" role="alert">
      <p>
        <strong>
          {found.kind}
          {inLine(found)}
        </strong>
        : {found.message}
      </p>
      <ToDo problem={found} />
      {found.hint && <p>{found.hint}</p>}
      <Said text={found.traceback} />
    </div>
  );
}

/** How the result compares with the reference's. */
export function Compared({ expression }: { expression: Expression }) {
  const { fault = null, remark = null } = expression.comparison.value ?? {};
  if (fault) {
    return (
      <div class="alert" role="alert">
        <p>{fault.text}</p>
      </div>
    );
  }
  return remark && <p class="small">{remark}</p>;
}

export function Output({ expression }: { expression: Expression }) {
  const { output } = expression;
  if (output.value === "") return null;
  return (
    <div class="output">
      <h3 id="output-title">Printed</h3>
      <pre tabIndex={0} role="group" aria-labelledby="output-title">
        {output.value}
      </pre>
    </div>
  );
}

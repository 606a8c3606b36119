/** How each test went: those that failed in full, those that passed in one line to be opened. */
import type { TestResult } from "../../protocol/assignment";
import type { Task } from "../../workspace/course";
import type { Outcome } from "./check";
import type { Place } from "./files";
import { nameOf, passedText, timeOf } from "./words";

interface Props {
  task: Task;
  outcome: Outcome;
  isOld: boolean;
  /** Opens a file at a line. */
  show(place: Place): void;
  /** The address at which an expression is looked at, on the learner's library. */
  hrefOf(expression: NonNullable<TestResult["expression"]>): string;
}

export function Results({ task, outcome, isOld, show, hrefOf }: Props) {
  const failed = outcome.results.filter((one) => one.outcome !== "passed");
  const passed = outcome.results.filter((one) => one.outcome === "passed");
  return (
    <>
      {isOld && (
        <p class="notice old-results">
          These are the results of your files as they were before you changed them.
        </p>
      )}
      <Problem outcome={outcome} show={show} />
      <Mistakes task={task} outcome={outcome} />
      <ul aria-label="Test results" class="results">
        {failed.map((one) => (
          <Failed key={one.id} result={one} show={show} hrefOf={hrefOf} />
        ))}
        {passed.length > 0 && (
          <li class="result passed">
            <details>
              <summary>{passedText(passed)}</summary>
              <ul>
                {passed.map((one) => (
                  <li key={one.id}>
                    {nameOf(one)} <span class="small">{timeOf(one.seconds)}</span>
                  </li>
                ))}
              </ul>
            </details>
          </li>
        )}
      </ul>
      {outcome.report?.output && (
        <details class="printed">
          <summary>Printed meanwhile</summary>
          <pre tabIndex={0} role="group" aria-label="Printed">
            {outcome.report.output}
          </pre>
        </details>
      )}
    </>
  );
}

/** What kept the tests from running at all. */
function Problem({ outcome, show }: Pick<Props, "outcome" | "show">) {
  const { problem, report } = outcome;
  if (!problem) return null;
  const place = report?.place ?? null;
  return (
    <div class="alert" role="alert">
      <p>
        <strong>{problem.kind}</strong>
        {place && " in "}
        {place && <PlaceButton place={place} show={show} />}: {problem.message}
      </p>
      {problem.hint && <p>{problem.hint}</p>}
      {problem.traceback && <Said text={problem.traceback} />}
    </div>
  );
}

/** Mistakes that others have made before, by the words for them. */
function Mistakes({ task, outcome }: Pick<Props, "task" | "outcome">) {
  const found = outcome.report?.mistakes ?? [];
  if (found.length === 0) return null;
  return (
    <section class="mistakes" aria-label="What it may be">
      {found.map(({ name, where }) => {
        const known = task.mistakes.find((one) => one.name === name);
        if (!known) return null;
        const html = known.message.replaceAll("{where}", `<code>${escape(where ?? "")}</code>`);
        return <div key={name} class="prose" dangerouslySetInnerHTML={{ __html: html }} />;
      })}
    </section>
  );
}

/** What a learner's own files say is text, whatever signs are in it. */
function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function Failed({ result, show, hrefOf }: { result: TestResult } & Pick<Props, "show" | "hrefOf">) {
  const { message, place, expression, details, traceback } = result;
  return (
    <li class="result failed">
      <h3>
        {nameOf(result)} <span class="small">{timeOf(result.seconds)}</span>
      </h3>
      <p class="result-message">{message}</p>
      {details.length > 0 && (
        <dl>
          {details.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <code>{value}</code>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p class="result-links">
        {place && <PlaceButton place={place} show={show} />}
        {expression && <a href={hrefOf(expression)}>Look at its graph</a>}
      </p>
      {traceback && <Said text={traceback} />}
    </li>
  );
}

function PlaceButton({ place, show }: { place: Place; show(place: Place): void }) {
  return (
    <button type="button" class="quiet place" onClick={() => show(place)}>
      {place.file}, line {place.line}
    </button>
  );
}

function Said({ text }: { text: string }) {
  return (
    <details>
      <summary>What Python said</summary>
      <pre>{text}</pre>
    </details>
  );
}

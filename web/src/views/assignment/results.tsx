/** How each test went: those that failed in full, those that passed in one line to be opened. */
import type { TestResult } from "../../protocol/checking";
import type { PythonProblem } from "../../protocol/problems";
import { counted } from "../../format";
import { Said } from "../../ui/said";
import type { Task } from "../../workspace/course";
import type { Outcome } from "./check";
import { alike, functionOf, lookOf, messageOf, nameOf, placeOf, valuesOf, type Look, type Place } from "./told";
import { timeOf } from "./words";

interface Props {
  task: Task;
  outcome: Outcome;
  isOld: boolean;
  /** Opens a file at a line. */
  show(place: Place): void;
  /** The address at which an expression is looked at, on the learner's library. */
  hrefOf(look: Look): string;
}

export function Results({ task, outcome, isOld, show, hrefOf }: Props) {
  const { problem, report, results } = outcome;
  const failed = alike(results.filter((one) => one.outcome === "failed"));
  const [shown, more] = [failed.slice(0, SHOWN), failed.slice(SHOWN)];
  const showing = (group: readonly TestResult[]) => (
    <Failed group={group} task={task} show={show} hrefOf={hrefOf} />
  );
  const passed = results.filter((one) => one.outcome === "passed");
  return (
    <>
      {isOld && <p class="old-results">You have changed your files since these tests ran.</p>}
      {problem && <Problem problem={problem} show={show} />}
      <Mistakes task={task} outcome={outcome} />
      <ul aria-label="Test results" class="results">
        {shown.map(showing)}
        {more.length > 0 && (
          <li>
            <details>
              <summary>{counted(count(more), "more test")} failed</summary>
              <ul class="results">{more.map(showing)}</ul>
            </details>
          </li>
        )}
        {passed.length > 0 && <Passed results={passed} />}
      </ul>
      {report?.output && (
        <details>
          <summary>pytest’s own report, with what your code printed</summary>
          <pre tabIndex={0} role="group" aria-label="pytest’s own report">
            {report.output}
          </pre>
        </details>
      )}
    </>
  );
}

/** What kept the tests from running at all. */
function Problem({ problem, show }: { problem: PythonProblem } & Pick<Props, "show">) {
  const { file, hint, kind, line, message, traceback } = problem;
  return (
    <div class="alert" role="alert">
      <p>
        <strong>{kind}</strong>: {message}
      </p>
      {file !== null && line !== null && <PlaceButton place={{ file, line }} show={show} />}
      {hint && <p>{hint}</p>}
      <Said text={traceback} />
    </div>
  );
}

/** Mistakes that others have made before, in words for just them. */
function Mistakes({ task, outcome }: Pick<Props, "task" | "outcome">) {
  const known = outcome.mistakes.flatMap(({ name, where }) => {
    const mistake = task.mistakes.find((one) => one.name === name);
    return mistake ? [{ name, html: mistake.message.replaceAll("{where}", escaped(where)) }] : [];
  });
  if (known.length === 0) return null;
  return (
    <section class="mistakes" aria-label="What it may be">
      {known.map(({ name, html }) => (
        <div key={name} class="prose" dangerouslySetInnerHTML={{ __html: html }} />
      ))}
    </section>
  );
}

/** What a learner's own files say is text, whatever signs are in it; `names` stand as code. */
function escaped(text: string): string {
  const safe = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return safe.replace(/`([^`]*)`/g, "<code>$1</code>");
}

function Passed({ results }: { results: readonly TestResult[] }) {
  return (
    <li class="result">
      <details>
        <summary>{counted(results.length, "test")} passed</summary>
        <ul>
          {results.map((one) => (
            <li key={one.test}>
              {nameOf(one)} <span class="small">{timeOf(one.seconds)}</span>
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}

/** As many failures are shown at once: they often have one cause. */
const SHOWN = 3;

function count(groups: readonly (readonly TestResult[])[]): number {
  return groups.reduce((sum, group) => sum + group.length, 0);
}

interface FailedProps extends Pick<Props, "task" | "show" | "hrefOf"> {
  /** Tests that failed in the same way. */
  group: readonly TestResult[];
}

function Failed({ group, task, show, hrefOf }: FailedProps) {
  const [result, ...others] = group;
  if (!result) return null;
  const [place, look, values] = [placeOf(result), lookOf(result), valuesOf(result)];
  const reading = task.reading[functionOf(result)];
  return (
    <li class="result failed">
      <h3>
        {nameOf(result)} <span class="small">{timeOf(result.seconds)}</span>
      </h3>
      <p class="result-message">{messageOf(result)}</p>
      {values.length > 0 && (
        <dl>
          {values.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <code>{value}</code>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <div class="result-links">
        {place && <PlaceButton place={place} show={show} />}
        {look && <a href={hrefOf(look)}>Look at its graph</a>}
        {reading && <a href={reading.href}>Read {reading.title}</a>}
      </div>
      {others.length > 0 && (
        <details>
          <summary>{counted(others.length, "more test")} failed in the same way</summary>
          <ul>
            {others.map((one) => (
              <li key={one.test}>{nameOf(one)}</li>
            ))}
          </ul>
        </details>
      )}
      <Said text={result.text} />
    </li>
  );
}

function PlaceButton({ place, show }: { place: Place } & Pick<Props, "show">) {
  return (
    <button type="button" class="quiet" onClick={() => show(place)}>
      {place.file}, line {place.line}
    </button>
  );
}

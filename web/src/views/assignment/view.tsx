/** The Assignment view: a task, its files, and its tests on the learner's own code. */
import { effect, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { writeHash } from "../../address/hash";
import { status } from "../../python/client";
import type { Task } from "../../workspace/course";
import type { Outcome } from "./check";
import { Code } from "./code";
import { Compare } from "./compare";
import { Hints, Solution } from "./hints";
import { failure, open, opened, type Opened } from "./opened";
import { Panels } from "./panels";
import { Portraits } from "./portraits";
import { Results } from "./results";
import { settings } from "./settings";
import { Statement, TaskList } from "./tasks";
import { placeOf, type Look, type Place } from "./told";
import { isDone } from "./words";

export function AssignmentView() {
  useEffect(() => void open(), []);
  return (
    <div class="assignment">
      <header class="view-head">
        <h1 tabIndex={-1}>Build it yourself</h1>
        <p class="lede">
          Five tasks, from a numerical derivative to a network that learns. Write the missing code,
          run the course’s tests on it, and see it work. Nothing you write leaves this browser.
        </p>
      </header>
      <Content />
    </div>
  );
}

function Content() {
  if (failure.value) {
    return (
      <div class="alert" role="alert">
        <p>{failure.value}</p>
        <button type="button" onClick={() => void open()}>
          Try again
        </button>
      </div>
    );
  }
  if (!opened.value) return <p class="placeholder">Fetching the tasks…</p>;
  return <Assignment {...opened.value} />;
}

function Assignment(all: Opened) {
  const { work } = all;
  const { task: id } = settings.values.value;
  const task = work.course.tasks.find((one) => one.id === id) ?? work.course.tasks[0];
  useTaskChange(id);
  if (!task) return null;
  return (
    <>
      <TaskList work={work} current={task} hrefOf={(other) => writeHash(settings, { task: other })} />
      <OneTask key={task.id} task={task} {...all} />
    </>
  );
}

/** Another task begins at its text; who came by a link that is gone goes on reading there. */
function useTaskChange(id: string): void {
  const before = useRef(id);
  useEffect(() => {
    if (before.current === id) return;
    before.current = id;
    window.scrollTo(0, 0);
    if (document.activeElement !== document.body) return;
    document.getElementById("statement-title")?.focus({ preventScroll: true });
  }, [id]);
}

function OneTask({ task, work, check, gallery }: { task: Task } & Opened) {
  const file = useSignal(task.files[0] ?? Object.keys(work.files.value)[0] ?? "");
  const marked = useSignal<Place | null>(null);
  const panel = useSignal("Task");
  const isSolutionOpen = useSignal(false);
  useEffect(() => work.visit(task.id), []);
  useEffect(() => whenQuiet(check.prepare), [check]);

  const run = () => {
    marked.value = null;
    panel.value = "Code";
    void check.run(task).then(() => (marked.value = firstPlace(check.outcome(task.id))));
  };
  const show = (place: Place) => {
    file.value = place.file;
    marked.value = { ...place };
    panel.value = "Code";
  };
  const outcome = check.outcome(task.id);
  return (
    <Panels
      open={panel}
      panels={{
        Task: (
          <>
            <Statement task={task} />
            <Hints task={task} work={work} />
          </>
        ),
        Code: (
          <>
            <Code
              task={task}
              work={work}
              check={check}
              file={file}
              marked={marked}
              onRun={run}
              onHint={() => (panel.value = "Task")}
              onSolution={() => (isSolutionOpen.value = true)}
            />
            {isSolutionOpen.value && (
              <Solution task={task} work={work} close={() => (isSolutionOpen.value = false)} />
            )}
            {outcome && (
              <section class="card results-card" aria-labelledby="results-title">
                <h2 id="results-title">Results</h2>
                <Results
                  task={task}
                  outcome={outcome}
                  isOld={check.isOld(task.id)}
                  show={show}
                  hrefOf={graphOf}
                />
              </section>
            )}
            {task.id === "1.5" && <Portraits gallery={gallery} show={show} />}
            {isDone(work.standing(task.id)) && <Compare task={task} />}
          </>
        ),
      }}
    />
  );
}

/** Python has been ready for so long, in milliseconds, before more is loaded in advance. */
const QUIET_MS = 1_500;

/** Calls `then` when Python is ready and nobody has asked it anything; returns what calls it off. */
function whenQuiet(then: () => void): () => void {
  let timer = 0;
  const stop = effect(() => {
    clearTimeout(timer);
    if (status.value.phase === "ready") timer = window.setTimeout(then, QUIET_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

/** Where to look first: at what kept the tests from running, or at the first that failed. */
function firstPlace(outcome: Outcome | null): Place | null {
  const { file = null, line = null } = outcome?.problem ?? {};
  if (file !== null && line !== null) return { file, line };
  const failed = outcome?.results.filter((one) => one.outcome === "failed") ?? [];
  return failed.map(placeOf).find((place) => place !== null) ?? null;
}

/** The Expression view with what failed, on the learner's library; it waits there for Run. */
function graphOf({ code, inputs }: Look): string {
  const query = new URLSearchParams({ code, library: "yours" });
  for (const [name, value] of Object.entries(inputs)) query.set(name, String(value));
  return `#/expression?${query}`;
}

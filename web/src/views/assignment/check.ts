/** The tests of a task, run on the learner's files: each result as it comes, and the end. */
import { signal, type ReadonlySignal } from "@preact/signals";
import type { CheckReport, TestResult } from "../../protocol/assignment";
import type { PythonProblem } from "../../protocol/problems";
import { explain, Stopped, WorkerGone } from "../../python/client";
import { hashOf } from "../../store/hash";
import type { Task } from "../../workspace/course";
import type { Files } from "../../workspace/versions";
import type { Work } from "../../workspace/work";
import { checkTask } from "./calls";

/** What is known of a run of a task's tests. */
export interface Outcome {
  task: string;
  /** The names of the tests, once they have been found. */
  found: readonly string[];
  results: readonly TestResult[];
  /** Null while it runs, and after one that did not come to its end. */
  report: CheckReport | null;
  problem: PythonProblem | null;
  stopped: boolean;
  /** The files that were tested. */
  tested: Files;
}

export interface Check {
  /** The task whose tests run now. */
  readonly running: ReadonlySignal<string | null>;
  /** What is being done before the first test, in words: "Fetching pytest". */
  readonly stage: ReadonlySignal<string>;
  /** The latest outcome of a task's tests in this visit. */
  outcome(task: string): Outcome | null;
  /** Whether that outcome is of files that have been changed since. */
  isOld(task: string): boolean;
  run(task: Task): Promise<void>;
  stop(): void;
}

export function createCheck(work: Work): Check {
  const running = signal<string | null>(null);
  const stage = signal("");
  const outcomes = signal<Readonly<Record<string, Outcome>>>({});
  let abort = new AbortController();

  const update = (task: string, part: Partial<Outcome>) => {
    const before = outcomes.peek()[task];
    if (before) outcomes.value = { ...outcomes.peek(), [task]: { ...before, ...part } };
  };

  async function run(task: Task): Promise<void> {
    if (running.peek() !== null) return;
    abort = new AbortController();
    running.value = task.id;
    stage.value = "Starting";
    const tested = work.files.peek();
    const begun = { found: [], results: [], report: null, problem: null, stopped: false, tested };
    outcomes.value = { ...outcomes.peek(), [task.id]: { task: task.id, ...begun } };
    try {
      const report = await checkTask(work, task, abort.signal, {
        stage: (text) => (stage.value = text),
        found: (names) => update(task.id, { found: names }),
        result: (one) =>
          update(task.id, { results: [...(outcomes.peek()[task.id]?.results ?? []), one] }),
      });
      update(task.id, { report, problem: report.problem, stopped: report.stopped });
      const { passed, total } = countOf(outcomes.peek()[task.id]);
      if (!report.stopped) work.record(task.id, { passed, total, tested: hashOf(tested) });
    } catch (error) {
      update(task.id, failed(error));
    } finally {
      running.value = null;
      stage.value = "";
    }
  }

  return {
    running,
    stage,
    outcome: (task) => outcomes.value[task] ?? null,
    isOld: (task) => {
      const tested = outcomes.value[task]?.tested;
      return tested !== undefined && differ(tested, work.files.value);
    },
    run,
    stop: () => abort.abort(),
  };
}

/** How many tests passed, of how many that there are. */
export function countOf(outcome: Outcome | undefined): { passed: number; total: number } {
  const results = outcome?.results ?? [];
  const passed = results.filter(({ outcome: how }) => how === "passed").length;
  return { passed, total: Math.max(outcome?.found.length ?? 0, results.length) };
}

function failed(error: unknown): Partial<Outcome> {
  if (error instanceof Stopped) return { stopped: true };
  const gone = error instanceof WorkerGone;
  const said = "Python ended while it ran your tests. Your files are safe.";
  const hint = gone ? "A new Python takes over by itself. The same code would end it again." : null;
  const text = gone ? { message: said, traceback: "" } : explain(error);
  return { problem: { kind: gone ? "Stopped" : "Error", line: null, hint, ...text } };
}

function differ(one: Files, other: Files): boolean {
  return Object.keys({ ...one, ...other }).some((path) => one[path] !== other[path]);
}

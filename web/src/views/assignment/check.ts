/** The tests of a task, run on the learner's files: each result as it comes, and the end. */
import { signal, type ReadonlySignal } from "@preact/signals";
import type { Mistake, TestReport, TestResult } from "../../protocol/checking";
import type { PythonProblem } from "../../protocol/problems";
import { prepareTests, recognise, runTests } from "../../python/checking";
import { Stopped, WorkerGone, problemOf } from "../../python/client";
import { bytes } from "../../format";
import { hashOf } from "../../store/hash";
import type { Task } from "../../workspace/course";
import type { Files } from "../../workspace/versions";
import type { Work } from "../../workspace/work";
import { isFound } from "./told";

/** What is known of a run of a task's tests. */
export interface Outcome {
  /** How many tests there are, once they have been found. */
  count: number;
  results: readonly TestResult[];
  /** Null while it runs, and after one that did not come to its end. */
  report: TestReport | null;
  /** What was recognised in the code after tests have failed. */
  mistakes: readonly Mistake[];
  problem: PythonProblem | null;
  isStopped: boolean;
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
  /** Fetches what tests need before they are asked for. */
  prepare(): void;
}

export function createCheck(work: Work): Check {
  const running = signal<string | null>(null);
  const stage = signal("");
  const outcomes = signal<Readonly<Record<string, Outcome>>>({});
  let abort = new AbortController();

  const update = (task: string, change: (before: Outcome) => Partial<Outcome>) => {
    const before = outcomes.peek()[task];
    if (before) outcomes.value = { ...outcomes.peek(), [task]: { ...before, ...change(before) } };
  };

  async function run(task: Task): Promise<void> {
    if (running.peek() !== null) return;
    const { id, mark, tests } = task;
    const tested = work.files.peek();
    const files: Record<string, string> = { ...work.course.support, ...tested };
    abort = new AbortController();
    running.value = id;
    stage.value = "Starting Python";
    outcomes.value = { ...outcomes.peek(), [id]: begun(tested) };
    try {
      const report = await runTests(files, ["-rP", "-m", mark, ...tests], {
        signal: abort.signal,
        onProgress: ({ stage: text, loaded }) => {
          stage.value = loaded > 0 ? `${text} · ${bytes(loaded, undefined)}` : text;
        },
        onCount: (count) => update(id, () => ({ count })),
        onResult: (one) => update(id, ({ results }) => ({ results: [...results, one] })),
      });
      update(id, () => ({ report, isStopped: report.stopped }));
      const outcome = outcomes.peek()[id];
      // What could not be imported says nothing of how many tests pass.
      if (report.stopped || !outcome?.results.every(isFound)) return;
      work.record(id, { ...countOf(outcome), tested: hashOf(tested) });
      if (report.failed > 0) {
        const { recognisers } = work.course;
        const mistakes = await recognise(files, recognisers, id, abort.signal);
        update(id, () => ({ mistakes }));
      }
    } catch (error) {
      update(id, () => failed(error));
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
    prepare() {
      // Who can't have it now is told so when they run the tests.
      prepareTests({ ...work.course.support, ...work.files.peek() }).catch(() => undefined);
    },
  };
}

/** How many tests passed, of how many that there are. */
export function countOf(outcome: Outcome | null): { passed: number; total: number } {
  const results = outcome?.results ?? [];
  const passed = results.filter((one) => one.outcome === "passed").length;
  return { passed, total: Math.max(outcome?.count ?? 0, results.length) };
}

function begun(tested: Files): Outcome {
  return {
    count: 0,
    results: [],
    report: null,
    mistakes: [],
    problem: null,
    isStopped: false,
    tested,
  };
}

function failed(error: unknown): Partial<Outcome> {
  if (error instanceof Stopped) return { isStopped: true };
  return { problem: error instanceof WorkerGone ? ENDED : problemOf(error) };
}

const ENDED: PythonProblem = {
  kind: "Stopped",
  message: "Python ended while it ran your tests. Your files are safe.",
  file: null,
  line: null,
  task: null,
  hint: "A new Python takes over by itself. The same code would end it again.",
  traceback: "",
};

function differ(one: Files, other: Files): boolean {
  return Object.keys({ ...one, ...other }).some((path) => one[path] !== other[path]);
}

/** A run of pytest. */
import type { Files, Library, LoadProgress } from "./starting";

/** How a test went; a file that can't be imported counts as one that failed. */
export interface TestResult {
  /** pytest's name for it, such as "tests/test_scalars.py::test_forward[Mul]". */
  test: string;
  /** A test whose tear-down fails has two results, of which the second is "failed". */
  outcome: "passed" | "failed" | "skipped";
  seconds: number;
  /** The names of its marks, such as "task1_2". */
  marks: string[];
  /** What pytest says of a failure, up to a limit. */
  text: string;
  /** The learner's file and the line (from 1) that a failure came from; null: the test found it. */
  file: string | null;
  line: number | null;
  /** What the tests add, as plain data. */
  details: Record<string, unknown>;
}

/** What is told while tests run: what is fetched for them, how many there are, each one's result. */
export type CheckingNews =
  | { progress: LoadProgress }
  | { count: number }
  | { result: TestResult };

export interface TestReport {
  /** What `import minitorch` was. */
  library: Library;
  /** pytest's exit status: 0 when all passed. */
  status: number;
  /** Whether the run was interrupted; the rest is what was found until then. */
  stopped: boolean;
  passed: number;
  failed: number;
  skipped: number;
  seconds: number;
  /** The first hundred tests that failed. */
  failures: TestResult[];
  /** What was printed, up to a limit. */
  output: string;
}

/** A particular mistake that was recognised in the learner's code. */
export interface Mistake {
  /** What the course calls it, such as "one_sided". */
  name: string;
  /** What it adds to the mistake's message; often nothing. */
  where: string;
}

export interface CheckingCalls {
  /** Fetches and imports what a run needs, unless that has been done. */
  prepare: { args: []; told: never; answer: void };
  /** Runs pytest over files, tests among them, with the given arguments. */
  runTests: { args: [Files, string[]]; told: CheckingNews; answer: TestReport };
  /** Names mistakes in files, by what recognises them (path → text) for a task. */
  recognise: { args: [Files, Record<string, string>, string]; told: never; answer: Mistake[] };
}

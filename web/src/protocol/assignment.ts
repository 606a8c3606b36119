/** The tests of an assignment's task, run on the learner's own files. */
import type { PythonProblem } from "./problems";
import type { LoadProgress } from "./starting";

export interface CheckRequest {
  /** The task whose tests run, such as "1.2". */
  task: string;
  /** pytest's mark of its tests, such as "task1_2". */
  mark: string;
  /** The learner's files and the tests, by their paths in the project. */
  files: Record<string, string>;
  /** What names mistakes, by its paths in a folder of its own. */
  recognisers: Record<string, string>;
}

/** A line of a file of the learner's, counted from 1. */
export interface PlaceInFile {
  file: string;
  line: number;
}

/** How one test went. */
export interface TestResult {
  /** pytest's name of it: "tests/test_scalars.py::test_add". */
  id: string;
  /** The same without its file. */
  name: string;
  outcome: "passed" | "failed" | "skipped";
  seconds: number;
  /** What went wrong, in a sentence or two. */
  message: string;
  /** What it is about, as pairs of a word and a value: "with", "came out", "expected". */
  details: [string, string][];
  /** The innermost line of the learner's that it went wrong at. */
  place: PlaceInFile | null;
  /** The expression that it went wrong with, to be looked at. */
  expression: { code: string; inputs: Record<string, number> } | null;
  traceback: string;
}

/** What is told while the tests run. */
export type CheckNews = LoadProgress | { found: string[] } | { result: TestResult };

export interface CheckReport {
  /** Whether the run was interrupted. */
  stopped: boolean;
  /** What kept the tests from running, such as a file that can't be imported. */
  problem: PythonProblem | null;
  /** The file that the problem's line is in. */
  place: PlaceInFile | null;
  /** The mistakes that were recognised, by their names; `where` says more, where there is more. */
  mistakes: { name: string; where: string }[];
  seconds: number;
  output: string;
}

export interface AssignmentCalls {
  check: { args: [CheckRequest]; told: CheckNews; answer: CheckReport };
}

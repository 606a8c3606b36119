/** A run of pytest. */
import type { LoadProgress } from "./starting";

export interface TestReport {
  /** pytest's exit status: 0 when all passed. */
  status: number;
  /** Whether the run was interrupted; the rest is what was found until then. */
  stopped: boolean;
  passed: number;
  failed: number;
  skipped: number;
  seconds: number;
  /** Tests that did not pass, the first hundred, with pytest's text up to a limit. */
  failures: { test: string; text: string }[];
  output: string;
}

export interface CheckingCalls {
  /** Runs pytest over files (path -> text), with the given arguments. */
  runTests: {
    args: [Record<string, string>, string[]];
    told: LoadProgress;
    answer: TestReport;
  };
}

/** A program that is run for what it prints. */
import type { PythonProblem } from "./problems";
import type { Library } from "./starting";

export interface RunResult {
  library: Library;
  /** What the program printed, complete up to a limit. */
  output: string;
  problem: PythonProblem | null;
}

export interface RunningCalls {
  run: { args: [string]; told: never; answer: RunResult };
}

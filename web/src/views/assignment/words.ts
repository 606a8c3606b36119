/** What the view says of results, in a line each. */
import type { TestResult } from "../../protocol/assignment";
import { counted } from "../../format";
import type { Standing } from "../../workspace/work";
import { countOf, type Outcome } from "./check";

/** For the navigation: "3 of 11 tests passed". */
export function standingText(standing: Standing | null): string {
  if (!standing || standing.total === 0) return "not tested yet";
  const { passed, total } = standing;
  return passed === total ? `all ${total} tests passed` : `${passed} of ${total} tests passed`;
}

/** For the status "Tests": what runs, or how it ended. */
export function statusText(outcome: Outcome | null, isRunning: boolean, stage: string): string {
  if (!outcome) return "Not run yet";
  const { passed, total } = countOf(outcome);
  if (isRunning && total === 0) return `${stage}…`;
  if (isRunning) return `Running: ${outcome.results.length} of ${total} done, ${passed} passed`;
  if (outcome.stopped) return total ? `Stopped: ${passed} of ${total} passed` : "Stopped";
  if (outcome.problem) return "The tests could not run";
  return `${passed} of ${total} passed`;
}

/** A test's name as a sentence: `test_one_input` reads "one input". */
export function nameOf({ name }: TestResult): string {
  const [, words = name, parameters = ""] = /^(?:test_)?(.*?)(\[.*\])?$/.exec(name) ?? [];
  return `${words.replaceAll("_", " ")}${parameters && ` ${parameters}`}`;
}

export function timeOf(seconds: number): string {
  return seconds < 0.1 ? "" : `${seconds.toFixed(1)} s`;
}

/** "7 tests passed" */
export function passedText(results: readonly TestResult[]): string {
  return `${counted(results.length, "test")} passed`;
}

/** What the view says of a run of tests, in a line. */
import { counted } from "../../format";
import type { Standing } from "../../workspace/work";
import { countOf, type Outcome } from "./check";
import { isFound } from "./told";

/** For the navigation: "3 of 11 tests passed". */
export function standingText(standing: Standing | null): string {
  if (!standing || standing.total === 0) return "not tested yet";
  const { passed, total } = standing;
  return isDone(standing) ? `all ${counted(total, "test")} passed` : `${passed} of ${total} tests passed`;
}

export function isDone(standing: Omit<Standing, "tested"> | null): boolean {
  return standing !== null && standing.total > 0 && standing.passed === standing.total;
}

/** For the status "Tests": what runs, or how it ended. */
export function statusText(outcome: Outcome | null, isRunning: boolean, stage: string): string {
  if (!outcome) return "Not run yet";
  const { passed, total } = countOf(outcome);
  if (isRunning && outcome.count === 0) return `${stage}…`;
  if (isRunning) return `Running: ${outcome.results.length} of ${total} done, ${passed} passed`;
  if (outcome.isStopped) return total > 0 ? `Stopped: ${passed} of ${total} passed` : "Stopped";
  if (outcome.problem || !outcome.results.every(isFound)) return "The tests could not run";
  return `${passed} of ${total} passed`;
}

/** How long a test took, where that is worth a word. */
export function timeOf(seconds: number): string {
  return seconds < 0.1 ? "" : `${seconds.toFixed(1)} s`;
}

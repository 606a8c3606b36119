/** What any page can ask of tests. */
import { call, showDoing } from "./client";
import type { TestReport, TestResult } from "../protocol/checking";
import type { Files } from "../protocol/starting";

export interface CheckingOptions {
  /** Hears how many tests there are, as soon as that is known. */
  onCount?: (count: number) => void;
  /** Hears of each test when it is done. */
  onResult?: (result: TestResult) => void;
  /** Aborting it stops the run. */
  signal?: AbortSignal | undefined;
}

/**
 * Runs pytest over files, tests among them, with the given arguments; with a package `minitorch`
 * among them it is that one which is tested.
 */
export function runTests(
  files: Files,
  args: string[],
  { onCount, onResult, signal }: CheckingOptions = {},
): Promise<TestReport> {
  return call("checking.runTests", [files, args], {
    library: files,
    apart: true,
    what: "your tests",
    signal,
    hear(news) {
      if ("progress" in news) showDoing(news.progress);
      else if ("count" in news) onCount?.(news.count);
      else onResult?.(news.result);
    },
  });
}

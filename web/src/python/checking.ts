/** What any page can ask of tests. */
import { call, hasRoomForTwo, showDoing } from "./client";
import type { Mistake, TestReport, TestResult } from "../protocol/checking";
import type { Files, LoadProgress } from "../protocol/starting";

export interface CheckingOptions {
  /** Hears of what is fetched before the tests can run; else the status of Python tells it. */
  onProgress?: (progress: LoadProgress) => void;
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
  { onProgress = showDoing, onCount, onResult, signal }: CheckingOptions = {},
): Promise<TestReport> {
  return call("checking.runTests", [files, args], {
    library: files,
    apart: true,
    what: "your tests",
    signal,
    hear(news) {
      if ("progress" in news) onProgress(news.progress);
      else if ("count" in news) onCount?.(news.count);
      else onResult?.(news.result);
    },
  });
}

/** Starts a Python for tests with all that they need, where there is room, before they are run. */
export async function prepareTests(files: Files): Promise<void> {
  if (!hasRoomForTwo()) return;
  await call("checking.prepare", [], { library: files, apart: true });
}

/** Names the particular mistakes in files whose tests have failed. */
export function recognise(
  files: Files,
  recognisers: Files,
  task: string,
  signal?: AbortSignal,
): Promise<Mistake[]> {
  const options = { library: files, apart: true, what: "your tests", signal };
  return call("checking.recognise", [files, recognisers, task], options);
}

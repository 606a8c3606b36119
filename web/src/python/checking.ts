/** What any page can ask of tests. */
import { call, showDoing } from "./client";
import type { TestReport } from "../protocol/checking";

/** Runs pytest over files (path → text); aborting the signal stops it. */
export function runTests(
  files: Record<string, string>,
  args: string[],
  signal?: AbortSignal,
): Promise<TestReport> {
  const options = { hear: showDoing, what: "your tests", ...(signal && { signal }) };
  return call("checking.runTests", [files, args], options);
}

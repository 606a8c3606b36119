/** What the view asks of Python: the tests of a task, each told as it ends. */
import type { CheckReport, TestResult } from "../../protocol/assignment";
import { call } from "../../python/client";
import type { Task } from "../../workspace/course";
import type { Work } from "../../workspace/work";

export interface Hearing {
  stage(text: string): void;
  found(names: string[]): void;
  result(one: TestResult): void;
}

/** Runs a task's tests on the files as they are now; aborting the signal stops them. */
export function checkTask(
  { course, files }: Work,
  { id, mark }: Task,
  signal: AbortSignal,
  hearing: Hearing,
): Promise<CheckReport> {
  const all = { ...course.support, ...files.value };
  const request = { task: id, mark, files: all, recognisers: course.recognisers };
  return call("assignment.check", [request], {
    signal,
    what: "your tests",
    hear: (news) => {
      if ("stage" in news) hearing.stage(news.stage);
      else if ("found" in news) hearing.found(news.found);
      else hearing.result(news.result);
    },
  });
}

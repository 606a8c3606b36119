/** What a test has told, as the view shows it. Pure. */
import type { TestResult } from "../../protocol/checking";

/** A line of a file, counted from 1. */
export interface Place {
  file: string;
  line: number;
}

/** Code to be looked at in the Expression view. */
export interface Look {
  code: string;
  inputs: Record<string, number>;
}

/** What the tests of the course add to a failure (`web/content/course/tests/probes.py`). */
const LABELS = ["with", "came out", "expected"];

/** A test's name in words: `tests/test_chain_rule.py::test_one_input[Mul]` is "one input [Mul]". */
export function nameOf({ test }: TestResult): string {
  if (!isFound({ test })) return "Your files can’t be imported";
  const name = test.split("::").slice(1).join(" ") || test;
  const [, words = name, parameters = ""] = /^(?:test_)?(.*?)(\[.*\])?$/.exec(name) ?? [];
  return `${words.replaceAll("_", " ")}${parameters && ` ${parameters}`}`;
}

/** The function that a test is: `tests/test_chain_rule.py::test_one_input[Mul]` is `test_one_input`. */
export function functionOf({ test }: Pick<TestResult, "test">): string {
  return /^[^[]*::(\w+)/.exec(test)?.[1] ?? test;
}

/** Whether tests could be found at all: a file that can't be imported stands for all of its own. */
export function isFound({ test }: Pick<TestResult, "test">): boolean {
  return test.includes("::");
}

/** What went wrong, in a sentence or two: the test's own words, or those of the exception. */
export function messageOf({ details, text }: TestResult): string {
  const what = details["what"];
  return typeof what === "string" ? what : lastWords(text);
}

/** The inputs, what came out, what was expected: pairs of a word and a value. */
export function valuesOf({ details }: TestResult): [string, string][] {
  return LABELS.flatMap((label) => {
    const value = details[label];
    return typeof value === "string" && value !== "" ? [[label, value] as [string, string]] : [];
  });
}

export function placeOf({ file, line }: TestResult): Place | null {
  return file !== null && line !== null ? { file, line } : null;
}

/** The expression that the test failed with, where it has told one. */
export function lookOf({ details }: TestResult): Look | null {
  const told = details["expression"] as Partial<Look> | undefined;
  if (typeof told?.code !== "string") return null;
  const inputs = Object.entries(told.inputs ?? {}).filter(([, value]) => Number.isFinite(value));
  return { code: told.code, inputs: Object.fromEntries(inputs) };
}

/** Failures that say the same of the same place, the first of them in front. */
export function alike(failed: readonly TestResult[]): TestResult[][] {
  const groups = new Map<string, TestResult[]>();
  for (const one of failed) {
    const key = JSON.stringify([messageOf(one), one.file, one.line, valuesOf(one)]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

/**
 * The exception at the end of a traceback, with what was added to it, and without the example that
 * hypothesis adds to that.
 */
function lastWords(traceback: string): string {
  // pytest marks the lines of the exception itself, where it has found no test yet.
  const lines = traceback.trimEnd().split("\n").map((line) => line.replace(/^E +/, ""));
  const at = lines.findLastIndex((line) => /^[A-Za-z_][\w.]*(?::|$)/.test(line));
  const rest = lines.slice(Math.max(0, at));
  const example = rest.findIndex((line) => /^(?:Falsifying|Failing) /.test(line.trim()));
  const words = (example > 0 ? rest.slice(0, example) : rest).join("\n");
  return words.replace(/^(?:\w+\.)*(\w+)/, "$1");
}

/** What the page lists for itself and Python has too: both lists are the same. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ruleOf } from "../../web/src/graph/rules";
import { settings } from "../../web/src/views/train/settings";

/** What a pattern captures in a file of the library. */
function find(file: string, pattern: RegExp): string[] {
  return [...readFileSync(`minitorch/${file}`, "utf8").matchAll(pattern)].map((found) => found[1]!);
}

test("every operation of the course has its rule in words", () => {
  const operations = find("scalar_functions.py", /^class (\w+)\((?!Protocol)\w+\):/gm);
  assert.ok(operations.length >= 10, operations.join());
  assert.deepEqual(operations.filter((one) => ruleOf(one) === null), []);
});

test("the datasets to choose from are those that there are, in their order", () => {
  const [list = ""] = find("datasets.py", /^datasets = _Datasets\(([^)]*)\)/gm);
  const names = [...list.matchAll(/(\w+)=/g)].map((found) => found[1]);
  assert.deepEqual(settings.table.dataset.choices, [...names, "Own"]);
});

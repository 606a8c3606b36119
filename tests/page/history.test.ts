/** The learner's texts and the way back: nothing is ever overwritten without one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  MOST_VERSIONS,
  edit,
  keepBoth,
  redo,
  replace,
  undo,
  type History,
} from "../../web/src/workspace/versions";

const START: History = { files: { a: "one", b: "two" }, past: [], future: [] };

test("what is replaced comes back, and goes again", () => {
  const changed = replace(START, "Solution", { a: "other", b: "two" });
  assert.deepEqual(changed.files, { a: "other", b: "two" });
  assert.equal(changed.past.at(-1)?.why, "Solution");
  const back = undo(changed);
  assert.deepEqual(back.files, START.files);
  assert.deepEqual(redo(back).files, changed.files);
});

test("what was typed after a change is not lost by going back and forth", () => {
  const typed = edit(replace(START, "Import", { a: "imported" }), "a", "typed since");
  const back = undo(typed);
  assert.equal(back.files["a"], "one");
  assert.equal(redo(back).files["a"], "typed since");
});

test("a change that changes nothing leaves no step behind", () => {
  assert.equal(replace(START, "Back to the skeleton", { a: "one" }), START);
});

test("files that were not there before go away with the change that brought them", () => {
  const imported = replace(START, "Import", { c: "three" });
  assert.deepEqual(Object.keys(undo(imported).files), ["a", "b"]);
  assert.equal(redo(undo(imported)).files["c"], "three");
});

test("another change cuts off the way forth", () => {
  const back = undo(replace(START, "Solution", { a: "x" }));
  assert.deepEqual(replace(back, "Import", { a: "y" }).future, []);
});

test("with nothing to undo or redo, all stays as it is", () => {
  assert.equal(undo(START), START);
  assert.equal(redo(START), START);
});

test("what another tab wrote can be had by undo", () => {
  const both = keepBoth(edit(START, "a", "mine"), { a: "theirs", b: "two" }, "Another tab");
  assert.equal(both.files["a"], "mine");
  const theirs = undo(both);
  assert.equal(theirs.files["a"], "theirs");
  assert.equal(redo(theirs).files["a"], "mine");
  assert.equal(keepBoth(START, START.files, "Another tab"), START);
});

test("the oldest steps are given up", () => {
  let history = START;
  for (let i = 0; i < MOST_VERSIONS + 5; i++) history = replace(history, `${i}`, { a: `text ${i}` });
  assert.equal(history.past.length, MOST_VERSIONS);
  assert.equal(history.past.at(-1)?.files["a"], `text ${MOST_VERSIONS + 3}`);
});

import "./page";
import assert from "node:assert/strict";
import { test } from "node:test";
import { inputs, move, settle, shownInputs, spare, valueOf } from "../../web/src/views/expression/inputs";
import { reachOf } from "../../web/src/views/expression/reach";
import { settings } from "../../web/src/views/expression/settings";

test("a slider moves an input at once, and the settings when it is let go", () => {
  move("x", 2.3);
  assert.deepEqual([valueOf("x"), inputs.value["x"]], [2.3, 2.3]);
  assert.equal(settings.textOf("x"), "2.3");
  assert.equal(settings.values.value.x, 2);
  settle("x");
  assert.deepEqual([valueOf("x"), settings.values.value.x], [2.3, 2.3]);
});

test("what is typed, or comes with a link, is stronger than what a slider moved before", () => {
  move("y", 4);
  settings.type("y", "7");
  assert.equal(valueOf("y"), 3, "typed, and not taken yet");
  move("y", 4.5);
  settings.adopt({ x: 2, y: 9 });
  assert.equal(valueOf("y"), 9);
});

test("an input to spare is shown once it is named or set, and the others always", () => {
  assert.deepEqual(shownInputs(null), ["x", "y", "z"]);
  assert.deepEqual(shownInputs(["x", "w", "b"]), ["x", "y", "z", "b", "w"]);
  settings.change({ k: 4 });
  assert.deepEqual(shownInputs(["w"]), ["x", "y", "z", "k", "w"]);
  assert.equal(spare.value["k"], 4);
});

test("a slider reaches far enough for the value", () => {
  const reaches = [0, 5, -5, 5.1, 10, 11, -40, 99, 1e6, 3e-9].map(reachOf);
  assert.deepEqual(reaches, [5, 5, 5, 10, 10, 20, 50, 100, 1e6, 5]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { effect } from "@preact/signals";
import { createSettings } from "../../web/src/address/settings";
import { choice, integer, text } from "../../web/src/address/table";

function fresh() {
  const settings = createSettings("train", {
    points: integer("Points", { min: 1, max: 1000, initial: 50 }),
    seed: integer("Seed", { min: 0, max: 9999, initial: 0 }),
    engine: choice("Engine", ["compiled", "eager"], { initial: "compiled" }),
    code: text("Code", { initial: "x", maxLength: 100, own: "your own text" }),
  });
  const seen: unknown[] = [];
  effect(() => void seen.push(settings.values.value));
  return { settings, seen };
}

test("a change changes what it names, at once and together", () => {
  const { settings, seen } = fresh();
  settings.change({ points: 10, engine: "eager" });
  assert.deepEqual(seen, [
    { points: 50, seed: 0, engine: "compiled", code: "x" },
    { points: 10, seed: 0, engine: "eager", code: "x" },
  ]);
});

test("a change to what is there already is none", () => {
  const { settings, seen } = fresh();
  settings.change({ points: 50 });
  settings.change({});
  assert.equal(seen.length, 1);
});

test("changes apply in the order they were made, and none is dropped", () => {
  const { settings } = fresh();
  settings.type("points", "20");
  settings.change({ engine: "eager" });
  settings.take("points");
  settings.change({ seed: 7 });
  const { points, seed, engine } = settings.values.value;
  assert.deepEqual([points, seed, engine], [20, 7, "eager"]);
});

test("an address sets what it mentions, and the rest as it was at first", () => {
  const { settings } = fresh();
  settings.change({ points: 10, seed: 3 });
  settings.adopt({ seed: 5 });
  const { points, seed } = settings.values.value;
  assert.deepEqual([points, seed], [50, 5]);
});

test("an address that doesn't mention the learner's own text leaves it as it is", () => {
  const { settings } = fresh();
  settings.change({ code: "mine" });
  settings.adopt({ seed: 5 });
  assert.equal(settings.values.value.code, "mine");
  settings.adopt({ code: "a link's" });
  assert.equal(settings.values.value.code, "a link's");
});

test("what is typed is no value before it is taken", () => {
  const { settings, seen } = fresh();
  for (const typed of ["1", "12", "120"]) settings.type("points", typed);
  assert.equal(settings.textOf("points"), "120");
  assert.equal(seen.length, 1);
  assert.equal(settings.take("points"), true);
  assert.equal(settings.values.value.points, 120);
});

test("a field that is left shows its value as the page writes it", () => {
  const { settings } = fresh();
  settings.type("points", " 0,120");
  settings.leave("points");
  settings.type("points", "0120");
  settings.leave("points");
  assert.equal(settings.textOf("points"), "120");
});

test("what can't be taken stays where it was typed, and says what is expected", () => {
  const { settings, seen } = fresh();
  settings.type("points", "-5");
  assert.equal(settings.complaintAbout("points"), null, "not while it is typed");
  settings.leave("points");
  assert.equal(settings.textOf("points"), "-5");
  assert.equal(settings.complaintAbout("points"), "a whole number from 1 to 1,000");
  assert.deepEqual(settings.refused.value, ["points"]);
  assert.equal(seen.length, 1);
});

test("the complaint goes as soon as it is mended, and stays until then", () => {
  const { settings } = fresh();
  settings.type("points", "x");
  settings.take("points");
  settings.type("points", "x1");
  assert.deepEqual(settings.refused.value, ["points"]);
  settings.type("points", "1");
  assert.deepEqual(settings.refused.value, []);
  assert.equal(settings.complaintAbout("points"), null);
});

test("taking all fields takes what can be, and tells whether that was all", () => {
  const { settings } = fresh();
  settings.type("points", "many");
  settings.type("seed", "42");
  assert.equal(settings.take(), false);
  assert.equal(settings.values.value.seed, 42);
  assert.deepEqual(settings.refused.value, ["points"]);
  settings.type("points", "3");
  assert.equal(settings.take(), true);
  assert.equal(settings.values.value.points, 3);
});

test("a field that is restored shows the value again", () => {
  const { settings } = fresh();
  settings.type("points", "-5");
  settings.take("points");
  settings.restore("points");
  assert.equal(settings.textOf("points"), "50");
  assert.deepEqual(settings.refused.value, []);
});

test("a value from elsewhere takes the place of what is typed", () => {
  const { settings } = fresh();
  settings.type("points", "7");
  settings.type("seed", "8");
  settings.change({ points: 200 });
  assert.equal(settings.textOf("points"), "200");
  assert.equal(settings.textOf("seed"), "8");
});

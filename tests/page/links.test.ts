import assert from "node:assert/strict";
import { test } from "node:test";
import { readHash, writeHash } from "../../web/src/address/hash";
import { createSettings } from "../../web/src/address/settings";
import { choice, integer, text } from "../../web/src/address/table";
import { views } from "../../web/src/views";

const train = createSettings("train", {
  dataset: choice("Dataset", ["Simple", "Xor"], { initial: "Simple" }),
  points: integer("Points", { min: 1, max: 1000, initial: 50 }),
});
const expression = createSettings("expression", {
  x: integer("x", { min: 0, max: 9, initial: 2 }),
  code: text("The expression", { initial: "x * x", maxLength: 100, own: "your own text" }),
});
const assignment = createSettings(
  "assignment",
  { task: choice("Task", ["1.1", "1.2"], { initial: "1.1" }), seed: integer("Seed", { min: 0, max: 9, initial: 0 }) },
  { tail: "task" },
);
const all = [train, expression, assignment] as unknown as Parameters<typeof readHash>[1];

function read(hash: string) {
  const { settings, given, notices } = readHash(hash, all);
  return { view: settings.view, given, notices };
}

test("an address names a view and what is set in it", () => {
  assert.deepEqual(read("#/train?dataset=Xor&points=7"), {
    view: "train",
    given: { dataset: "Xor", points: 7 },
    notices: [],
  });
  assert.deepEqual(read("#/expression?code=x+%2B+1&x=3").given, { code: "x + 1", x: 3 });
});

test("no address, or a view and nothing more, sets nothing", () => {
  for (const hash of ["", "#", "#/", "#/?"]) {
    assert.deepEqual(read(hash), { view: "train", given: {}, notices: [] }, hash);
  }
  assert.deepEqual(read("#/expression").view, "expression");
  assert.deepEqual(read("#expression/"), { view: "expression", given: {}, notices: [] });
});

test("a tail is a setting like any other", () => {
  assert.deepEqual(read("#/assignment/1.2?seed=4").given, { task: "1.2", seed: 4 });
  assert.deepEqual(read("#/assignment/1.2/").given, { task: "1.2" });
  assert.deepEqual(read("#/assignment").given, {});
  assert.match(read("#/assignment/9.9").notices.join(), /Task can’t be “9\.9”/);
});

test("a view that isn't there leads to the first one, with a notice", () => {
  for (const hash of ["#/nowhere?points=7", "#/train/1.2", "#/constructor", "#/%E0%A4%A"]) {
    const { view, given, notices } = read(hash);
    assert.deepEqual([view, given, notices.length], ["train", {}, 1], hash);
    assert.match(notices[0]!, /no page called/);
  }
});

test("a value that can't be used falls back, with what was expected", () => {
  const { given, notices } = read("#/train?dataset=Xor&points=-5");
  assert.deepEqual(given, { dataset: "Xor" });
  assert.equal(notices.length, 1);
  assert.match(notices[0]!, /Points can’t be “-5”.*a whole number from 1 to 1,000.*50 is used/);
  assert.match(read("#/train?points=-5").notices[0]!, /stays as it was/);
});

test("the learner's own text is never replaced by a bad one", () => {
  const { given, notices } = read(`#/expression?x=3&code=${"y".repeat(101)}`);
  assert.deepEqual(given, { x: 3 });
  assert.match(notices[0]!, /your own text is kept/);
});

test("settings that don't exist are named", () => {
  for (const key of ["colour", "toString", "__proto__"]) {
    const { given, notices } = read(`#/train?${key}=1`);
    assert.deepEqual(given, {});
    assert.match(notices[0]!, new RegExp(`no setting called “${key}”`));
  }
});

test("what is said twice is said anew", () => {
  assert.deepEqual(read("#/train?points=7&points=8").given, { points: 8 });
});

test("five notices are enough", () => {
  const query = (length: number) => Array.from({ length }, (_, i) => `k${i}=1`).join("&");
  assert.equal(read(`#/train?${query(5)}`).notices.length, 5);
  assert.match(read(`#/train?${query(6)}`).notices.at(-1)!, /1 more like this/);
  const { notices } = read(`#/train?${query(2000)}`);
  assert.equal(notices.length, 6);
  assert.match(notices.at(-1)!, /1,995 more like these/);
});

test("what is quoted is short, and can neither hide nor turn the sentence around", () => {
  const [long] = read(`#/train?points=${"9".repeat(500)}`).notices;
  assert.ok(long!.length < 200);
  const [odd] = read(`#/train?points=${encodeURIComponent("1\u202e2\u0000")}`).notices;
  assert.match(odd!, /“1�2�”/);
});

test("a link that is far too long is left out", () => {
  const { view, given, notices } = read(`#/train?points=7&x=${"x".repeat(200_000)}`);
  assert.deepEqual([view, given, notices.length], ["train", {}, 1]);
});

test("what is written is read as it was", () => {
  const code = "a = x + 1  # é & 100 %\na == '?' or a * 2\t# 😀";
  const hash = writeHash(expression, { x: 7, code });
  assert.deepEqual(read(hash), { view: "expression", given: { x: 7, code }, notices: [] });
  const task = writeHash(assignment, { task: "1.2", seed: 3 });
  assert.ok(task.startsWith("#/assignment/1.2?"));
  assert.deepEqual(read(task).given, { task: "1.2", seed: 3 });
});

test("all settings are written, but for the learner's text while it is untouched", () => {
  assert.equal(writeHash(train), "#/train?dataset=Simple&points=50");
  assert.equal(writeHash(expression), "#/expression?x=2");
  assert.equal(writeHash(expression, { code: "y" }), "#/expression?x=2&code=y");
});

test("what few ever set is written only where it is set, and else what it was at first", () => {
  const shown = choice("Hide", ["nothing", "hints"], { initial: "nothing", isRare: true });
  const lesson = createSettings("lesson", { hide: shown });
  assert.equal(writeHash(lesson), "#/lesson");
  assert.equal(writeHash(lesson, { hide: "hints" }), "#/lesson?hide=hints");
  lesson.change({ hide: "hints" });
  lesson.adopt({});
  assert.equal(lesson.values.value.hide, "nothing");
});

test("a text that an address can't hold is not written at all", () => {
  assert.equal(writeHash(expression, { code: "y".repeat(101) }), "#/expression?x=2");
  assert.equal(writeHash(expression, { code: "half \ud83d" }), "#/expression?x=2");
});

test("the address of each view of the page is read as it is written, without a notice", () => {
  const settings = views.map((view) => view.settings);
  for (const one of settings) {
    const address = readHash(writeHash(one), settings);
    assert.equal(address.settings, one);
    assert.deepEqual(address.notices, []);
    const isLeftOut = (key: string) => one.table[key]!.own !== undefined || one.table[key]!.isRare;
    const own = Object.keys(one.table).filter(isLeftOut);
    const written = Object.entries(one.values.value).filter(([key]) => !own.includes(key));
    assert.deepEqual(address.given, Object.fromEntries(written));
  }
});

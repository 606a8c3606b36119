import { address, events, tab } from "./page";
import { StoppedClock } from "./clock";
import assert from "node:assert/strict";
import { test } from "node:test";
import { followAddress, isReturn, notices, view } from "../../web/src/address/address";
import { createSettings } from "../../web/src/address/settings";
import { integer, text } from "../../web/src/address/table";

const train = createSettings("train", {
  points: integer("Points", { min: 1, max: 1000, initial: 50 }),
  seed: integer("Seed", { min: 0, max: 9, initial: 0 }),
});
const expression = createSettings("expression", {
  code: text("Code", { initial: "x", maxLength: 100, own: "your own text" }),
});
type All = Parameters<typeof followAddress>[0];

// The page is loaded once, with what the tab kept and an address that says otherwise.
tab.setItem("minitorch.settings", JSON.stringify(["#/train?points=7&seed=3", "#/expression?code=mine"]));
address.hash = "#/train?points=8";
followAddress([train, expression] as unknown as All);

test("a page that is loaded again has what its address says, and of other views what they had", () => {
  assert.equal(view.value, "train");
  assert.deepEqual(train.values.value, { points: 8, seed: 0 });
  assert.equal(expression.values.value.code, "mine");
});

test("the address says all that is set, and is marked as the page's own", () => {
  assert.equal(address.hash, "#/train?points=8&seed=0");
  assert.notEqual(address.state, null);
});

test("the address follows what is set, without new entries in the history", () => {
  train.change({ points: 9 });
  assert.equal(address.hash, "#/train?points=9&seed=0");
});

test("a link leads to its view, and sets there what it says", () => {
  address.goTo("#/expression?code=y+%2B+1");
  assert.equal(view.value, "expression");
  assert.equal(expression.values.value.code, "y + 1");
  assert.equal(train.values.value.points, 9);
});

test("a link to a view alone changes nothing in it", () => {
  train.change({ points: 11 });
  address.goTo("#/train");
  assert.equal(view.value, "train");
  assert.equal(train.values.value.points, 11);
  assert.equal(address.hash, "#/train?points=11&seed=0");
});

test("what was wrong with a link is told, until the next one", () => {
  address.goTo("#/train?points=0&seed=1");
  assert.equal(notices.value.length, 1);
  assert.equal(address.hash, "#/train?points=50&seed=1");
  address.goTo("#/train?points=2");
  assert.deepEqual(notices.value, []);
});

test("who goes back is told apart from who follows a link", () => {
  const seen: boolean[] = [];
  const stop = train.values.subscribe(() => void seen.push(isReturn()));
  const ours = address.state;
  address.goTo("#/train?points=20");
  address.goTo("#/train?points=30", ours);
  train.change({ points: 40 });
  stop();
  assert.deepEqual(seen.slice(1), [false, true, false]);
});

test("the tab keeps what is set in every view", () => {
  expression.change({ code: "kept" });
  tab.clear();
  events.dispatchEvent(new Event("pagehide"));
  const kept = [...tab.items.values()].join();
  assert.match(kept, /points=40/);
  assert.match(kept, /code=kept/);
});

test("a browser that won't have the address changed so often is asked again", async (t) => {
  const clock = new StoppedClock();
  t.after(() => clock.release());
  address.isStuck = true;
  train.change({ points: 60 });
  train.change({ points: 61 });
  assert.match(address.hash, /points=40/);
  address.isStuck = false;
  await clock.pass(5000);
  assert.match(address.hash, /points=61/);
});

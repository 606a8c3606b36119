import { browser, tab } from "./page";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { inBrowser, inTab, report, unkept } from "../../web/src/store/storage";

beforeEach(() => {
  tab.reset();
  browser.reset();
});

test("what is remembered is recalled, until it is forgotten", () => {
  assert.equal(inTab.recall("run"), null);
  assert.equal(inTab.remember("run", "text"), true);
  assert.equal(inTab.recall("run"), "text");
  inTab.forget("run");
  assert.equal(inTab.recall("run"), null);
});

test("the tab and the browser don't share their memories", () => {
  inTab.remember("a", "of the tab");
  inBrowser.remember("a", "of the browser");
  assert.equal(inTab.recall("a"), "of the tab");
  inTab.forget("a");
  assert.equal(inBrowser.recall("a"), "of the browser");
});

test("all whose keys begin so are forgotten, and nothing of anybody else's", () => {
  for (const key of ["run", "run.log0.", "run.log1.", "text"]) inTab.remember(key, key);
  tab.setItem("run", "of another page on this host");
  inTab.forget("run");
  assert.deepEqual(
    ["run", "run.log0.", "run.log1.", "text"].map((key) => inTab.recall(key)),
    [null, null, null, "text"],
  );
  assert.equal(tab.getItem("run"), "of another page on this host");
});

test("where there is no room, it says so, and what was there stays", () => {
  inTab.remember("a", "short");
  tab.room = 100;
  assert.equal(inTab.remember("a", "x".repeat(200)), false);
  assert.equal(inTab.recall("a"), "short");
});

test("a browser that forbids to store anything is one that remembers nothing", () => {
  tab.isForbidden = true;
  assert.equal(inTab.remember("a", "b"), false);
  assert.equal(inTab.recall("a"), null);
  inTab.forget("a");
});

test("what can't be kept is listed once, until it can be", () => {
  report("your text", false);
  report("your text", false);
  report("the log", false);
  assert.deepEqual(unkept.value, ["your text", "the log"]);
  report("your text", true);
  report("your network", true);
  assert.deepEqual(unkept.value, ["the log"]);
});

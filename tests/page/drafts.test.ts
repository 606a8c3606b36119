import { tab } from "./page";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { draftOf } from "../../web/src/store/drafts";
import { unkept } from "../../web/src/store/storage";

beforeEach(() => tab.reset());

const kept = (name: string) => tab.getItem(`minitorch.draft.${name}`);

test("what was typed is kept, and goes with the original", () => {
  const text = draftOf("one", "x");
  assert.equal(kept("one"), null);
  text.value = "x + 1";
  assert.equal(kept("one"), "x + 1");
  text.value = "x";
  assert.equal(kept("one"), null);
});

test("after a reload, and after a look elsewhere, it is as it was left", () => {
  tab.setItem("minitorch.draft.two", "y");
  assert.equal(draftOf("two", "x").value, "y");
  draftOf("two", "x").value = "z";
  assert.equal(draftOf("two", "x").value, "z");
  assert.equal(draftOf("three", "x").value, "x");
});

test("where there is no room it lives as long as the page, which says so", () => {
  const text = draftOf("four", "x");
  tab.room = 10;
  text.value = "x".repeat(100);
  assert.equal(draftOf("four", "x").value.length, 100);
  assert.deepEqual(unkept.value, ["what you typed"]);
  text.value = "x";
  assert.deepEqual(unkept.value, []);
});

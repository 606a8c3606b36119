/** A collection where there is no database: Node has none. With one: tests/browser/test_store.py. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { browser, tab } from "./page";
import { unkept } from "../../web/src/store/storage";

// Node's would keep the tests from ending.
Object.defineProperty(globalThis, "BroadcastChannel", { value: undefined });
const { openCollection } = await import("../../web/src/store/collection");

let count = 0;
/** A collection that no other test has. */
function fresh<T>(what?: string) {
  return openCollection<T>(`notes ${count++}`, what ? { what } : {});
}

beforeEach(() => {
  for (const storage of [browser, tab]) {
    storage.clear();
    storage.room = Infinity;
    storage.isForbidden = false;
  }
});

test("what was put is there", async () => {
  const notes = fresh<{ text: string }>();
  assert.equal(await notes.get("a"), null);
  const value = { text: "one" };
  await notes.put("a", value, null);
  value.text = "changed since";
  const entry = await notes.get("a");
  assert.deepEqual(entry?.value, { text: "one" });
  assert.deepEqual(entry.others, []);
  await notes.put("a", { text: "two" }, entry);
  await notes.put("b", { text: "three" });
  assert.deepEqual(
    (await notes.entries()).map(({ key, value: { text } }) => [key, text]),
    [
      ["a", "two"],
      ["b", "three"],
    ],
  );
  await notes.delete("a");
  assert.equal(await notes.get("a"), null);
});

test("those who open it again share it, and hear of changes", async () => {
  const notes = fresh<number>();
  const again = openCollection<number>(`notes ${count - 1}`);
  const heard: [string, boolean][] = [];
  const stop = again.listen((key, isOwn) => heard.push([key, isOwn]));
  await notes.put("a", 1);
  await notes.delete("a");
  stop();
  await notes.put("b", 2);
  assert.deepEqual(heard, [["a", true], ["a", true]]);
  assert.equal((await again.get("b"))?.value, 2);
});

test("what is put with its base is written ahead, before anybody waits", () => {
  const notes = fresh<string>();
  void notes.put("a", "long", null);
  void notes.put("a", "long text", null);
  void notes.put("b", "result");
  assert.deepEqual(
    Object.values(browserTexts()).map((text) => (JSON.parse(text) as Ahead).copy.value),
    ["long text"],
  );
});

interface Ahead {
  copy: { value: string };
}

function browserTexts(): Record<string, string> {
  return Object.fromEntries([...browser.items.keys()].map((key) => [key, browser.getItem(key) ?? ""]));
}

/** Puts a change where another tab would have left it that was closed. */
function leave(collection: string, key: string, by: string, value: string): void {
  const version = { [by]: 1 };
  const change = { over: version, copy: { value, version, tab: by, time: 1 } };
  const place = JSON.stringify([collection, key, by]);
  browser.setItem(`minitorch.ahead.${place}`, JSON.stringify(change));
}

test("what a closed tab has left over is found at the next start", async () => {
  leave("files", "a.py", "tab-x", "x = 1");
  leave("files", "a.pyc", "tab-x", "other");
  leave("others", "d.py", "tab-x", "not this");
  browser.setItem('minitorch.ahead.["files","b.py","tab-x"]', "{ half");
  browser.setItem('minitorch.ahead.["files","c.py","tab-x"]', '{"over":{},"copy":{"value":1}}');
  browser.setItem("minitorch.ahead.nonsense", "{}");
  const files = openCollection<string>("files");
  const found = (await files.entries()).map(({ key, value }) => [key, value]);
  assert.deepEqual(found, [
    ["a.py", "x = 1"],
    ["a.pyc", "other"],
  ]);
});

test("two closed tabs that differed leave both their texts", async () => {
  leave("twins", "a.py", "tab-x", "x = 1");
  leave("twins", "a.py", "tab-y", "x = 2");
  const twins = openCollection<string>("twins");
  const entry = await twins.get("a.py");
  assert.deepEqual([entry?.value, ...(entry?.others.map(({ value }) => value) ?? [])].sort(), [
    "x = 1",
    "x = 2",
  ]);
  const settled = await twins.put("a.py", "x = 3", entry && [entry, ...entry.others]);
  assert.deepEqual([settled.value, settled.others], ["x = 3", []]);
});

test("without a base a value takes the place of all", async () => {
  leave("results", "a", "tab-x", "old");
  const results = openCollection<string>("results");
  const entry = await results.put("a", "new");
  assert.deepEqual([entry.value, entry.others], ["new", []]);
});

test("what is replaced is not left over, whoever wrote it", async () => {
  leave("essays", "a.py", "tab-x", "x = 1");
  leave("essays", "a.py", "tab-y", "x = 2");
  const essays = openCollection<string>("essays");
  const entry = await essays.get("a.py");
  await essays.put("a.py", "x = 3", entry);
  await essays.put("a.py", "x = 4", entry);
  const left = Object.values(browserTexts()).map((text) => (JSON.parse(text) as Ahead).copy.value);
  // One of the two closed tabs' texts has not been seen.
  assert.deepEqual(left.sort(), [entry?.others[0]?.value, "x = 4"].sort());
});

test("what is written ahead is kept, even without a database", async () => {
  await fresh<string>("your notes").put("a", "text", null);
  assert.deepEqual(unkept.value, []);
  browser.room = 0;
  await fresh<string>("your notes").put("a", "text", null);
  assert.deepEqual(unkept.value, [], "the tab has room");
});

test("what nothing keeps is said, until something does", async () => {
  browser.isForbidden = tab.isForbidden = true;
  const notes = fresh<string>("your notes");
  const entry = await notes.put("a", "text", null);
  assert.equal((await notes.get("a"))?.value, "text");
  assert.deepEqual(unkept.value, ["your notes"]);
  browser.isForbidden = false;
  await notes.put("a", "more text", entry);
  assert.deepEqual(unkept.value, []);
});

test("what was deleted does not come back", async () => {
  const notes = fresh<string>("your notes");
  const entry = await notes.put("a", "text", null);
  assert.equal([...browser.items.keys()].length, 1);
  await notes.delete("a", entry);
  assert.equal(await notes.get("a"), null);
  assert.deepEqual(unkept.value, [], "nothing is lost with it");
  assert.deepEqual([...browser.items.keys()], []);
});

test("what can't be kept at all is an error, and changes nothing", async () => {
  const notes = fresh<unknown>();
  await notes.put("a", 1);
  await assert.rejects(notes.put("a", () => 1), { name: "DataCloneError" });
  assert.equal((await notes.get("a"))?.value, 1);
});

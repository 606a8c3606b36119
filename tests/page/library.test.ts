/** The learner's files as a library: there once they have written something, and live. */
import { soon } from "./page";
import { site } from "./site";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Saved } from "../../web/src/workspace/work";

// Node's would keep the tests from ending.
Object.defineProperty(globalThis, "BroadcastChannel", { value: undefined });
const { openCollection } = await import("../../web/src/store/collection");
const { findLibrary, isKnown, library, openTheWork } = await import(
  "../../web/src/workspace/library"
);

const PATH = "minitorch/scalar.py";
const course = {
  tasks: [],
  files: [{ path: PATH, skeleton: "blank", solved: "solved", tasks: ["1.2"] }],
  support: {},
};
site.answer = () => Response.json(course);

const assets = { worker: "w", course: "course.json", hashes: {} };
Object.assign(document, { getElementById: () => ({ textContent: JSON.stringify(assets) }) });
const kept = openCollection<Saved>("assignment", { what: "your code" });

const saved = (text: string): Saved => ({
  ...{ past: [], future: [], standings: {}, hints: {}, task: "1.2" },
  files: { [PATH]: text },
});

beforeEach(() => soon(20));

test("who has written nothing has no library, and fetches nothing for it", async () => {
  await findLibrary();
  assert.equal(isKnown.value, true);
  assert.equal(library.value, null);
  assert.equal(site.requests.length, 0);
});

test("as soon as something is kept it is there", async () => {
  await kept.put("work", saved("mine"));
  await soon(20);
  assert.deepEqual(library.value, { [PATH]: "mine" });
  assert.equal(site.requests.length, 1);
});

test("it follows what is typed, and is none once that is the skeleton again", async () => {
  const work = await openTheWork();
  work.edit(PATH, "mine, longer");
  assert.deepEqual(library.value, { [PATH]: "mine, longer" });
  work.replace("Back to the skeleton", { [PATH]: "blank" });
  assert.equal(library.value, null);
  work.undo();
  assert.deepEqual(library.value, { [PATH]: "mine, longer" });
  assert.equal(site.requests.length, 1, "there is one work in the page");
});

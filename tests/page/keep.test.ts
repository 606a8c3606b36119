import { tab } from "./page";
import { StoppedClock } from "./clock";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { unkept } from "../../web/src/store/storage";
import { findAside, findKept, keep, keepNow } from "../../web/src/views/train/keep";
import { Records } from "../../web/src/training/records";
import type { SavedRun } from "../../web/src/training/saved";

const PARAMETERS = 141;

function runOf(model: string, epochs: number): SavedRun {
  const column = (of: (i: number) => number) => Float64Array.from({ length: epochs }, (_, i) => of(i));
  return {
    model,
    epochs: 500,
    goal: 700,
    checkpoint: {
      epoch: epochs,
      parameters: Float64Array.from({ length: PARAMETERS }, (_, i) => Math.sin(i) / 3),
    },
    records: Records.none.with({
      first: 1,
      loss: column((i) => 30 / (i + 1)),
      correct: column((i) => i % 50),
      seconds: column((i) => 1e-4 + i * 1e-9),
    }),
  };
}

function save(run: SavedRun): void {
  keep(run, run.model);
  keepNow();
}

/** What a page that is loaded again finds in the tab. */
function find(model: string): SavedRun {
  const found = findKept(model);
  assert.ok(found, "there is a run of this model");
  return found;
}

const rows = (run: SavedRun) => run.records.part(0, run.records.length);

beforeEach(() => tab.reset());

test("a run is found as it was, to the last bit", () => {
  for (const epochs of [1, 500, 4096, 4097, 10_000]) {
    const run = runOf(`model of ${epochs}`, epochs);
    save(run);
    const found = find(run.model);
    assert.deepEqual([found.epochs, found.goal, found.model], [500, 700, run.model]);
    assert.deepEqual(found.checkpoint, run.checkpoint);
    assert.equal(found.records.length, epochs);
    assert.deepEqual(rows(found), rows(run));
  }
});

test("a run that has gone on is found at its end", () => {
  const long = runOf("a", 9000);
  for (const epochs of [100, 4096, 5000, 9000]) save(runOf("a", epochs));
  assert.deepEqual(rows(find("a")), rows(long));
});

test("a run is found only for its own model", () => {
  save(runOf("a", 10));
  assert.equal(findKept("b"), null);
  assert.ok(findKept("a"));
});

test("a run of another model takes the place of the last, log and all", () => {
  save(runOf("a", 9000));
  save(runOf("b", 10));
  assert.equal(findKept("a"), null);
  assert.equal(find("b").records.length, 10);
});

test("a run that is wanted no more is forgotten, and one of another model is not", () => {
  save(runOf("a", 10));
  keep(null, "b");
  assert.ok(findKept("a"));
  keep(null, "a");
  keepNow();
  assert.equal(findKept("a"), null);
});

test("what waits is written within a few seconds, and not at each epoch", async (t) => {
  const clock = new StoppedClock();
  t.after(() => clock.release());
  keep(runOf("a", 1), "a");
  keep(runOf("a", 2), "a");
  assert.equal(findKept("a"), null);
  keep(runOf("a", 3), "a");
  await clock.pass(5000);
  assert.equal(find("a").checkpoint.epoch, 3);
});

test("where there is no room for all, the beginning of the log goes, and that is said", () => {
  tab.room = 400_000;
  const run = runOf("long", 16_000);
  save(run);
  assert.deepEqual(unkept.value, ["the beginning of the log"]);
  const found = find("long");
  assert.deepEqual(found.checkpoint, run.checkpoint);
  assert.equal(found.records.length, 16_000);
  assert.equal(found.records.at(1), null);
  assert.deepEqual(found.records.last, run.records.last);
  assert.ok(found.records.first!.epoch > 1);
  assert.deepEqual(found.records.at(15_000), run.records.at(15_000));
});

test("where nothing can be kept, that is said, until it can", () => {
  tab.isForbidden = true;
  save(runOf("forbidden", 10));
  assert.ok(unkept.value.includes("your trained network"));
  tab.isForbidden = false;
  save(runOf("forbidden", 11));
  assert.deepEqual(unkept.value, []);
  assert.equal(find("forbidden").checkpoint.epoch, 11);
});

test("a storage that was emptied is filled again", () => {
  save(runOf("a", 5000));
  tab.clear();
  keepNow();
  assert.deepEqual(rows(find("a")), rows(runOf("a", 5000)));
});

test("what somebody else has written is no run", () => {
  const of = (change: object) => {
    save(runOf("a", 10));
    for (const [key, text] of tab.items) {
      if (text.startsWith("{")) tab.items.set(key, JSON.stringify({ ...JSON.parse(text), ...change }));
    }
    return findKept("a");
  };
  assert.ok(of({}));
  for (const change of [{ epoch: -1 }, { epoch: 1.5 }, { goal: "many" }, { parameters: "%%" }]) {
    assert.equal(of(change), null, JSON.stringify(change));
  }
  for (const key of tab.items.keys()) tab.items.set(key, "not JSON");
  assert.equal(findKept("a"), null);
});

test("the last few runs can be gone back to, without the storage", () => {
  tab.isForbidden = true;
  for (const model of ["a", "b", "c", "a"]) keep(runOf(model, model === "a" ? 20 : 10), model);
  assert.equal(findAside("a")?.checkpoint.epoch, 20);
  assert.equal(findAside("b")?.checkpoint.epoch, 10);
  keep(null, "b");
  assert.equal(findAside("b"), null);
  for (let i = 0; i < 100; i++) keep(runOf(`other ${i}`, 1), `other ${i}`);
  assert.equal(findAside("a"), null, "not all of them");
  assert.ok(findAside("other 99"));
});

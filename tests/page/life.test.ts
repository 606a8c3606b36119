import { soon } from "./page";
import { StoppedClock } from "./clock";
import { FakeWorker } from "./ports";
import type { Files } from "../../web/src/protocol/starting";
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { begin, WorkerGone, type Life } from "../../web/src/python/life";

const lives: Life[] = [];

/** A life, and what it says of itself. */
function live(files: Files | null = null) {
  const stages: string[] = [];
  const ends: string[] = [];
  const life = begin(
    ({ stage }) => void stages.push(stage),
    (why) => void ends.push(why),
    files,
  );
  life.ready.catch(() => undefined); // not every test waits for it
  lives.push(life);
  return { life, stages, ends, worker: FakeWorker.last };
}

afterEach(() => lives.forEach((life) => life.end("The test is over.")));

test("a worker starts with absolute addresses, and tells how far it is", async () => {
  const { life, stages, worker } = live();
  assert.equal(worker.address, "https://example.org/here/assets/worker.js");
  assert.equal(worker.options.places.pyodide, "https://example.org/here/pyodide/");
  const before = life.info;
  worker.start();
  assert.equal((await life.ready).python, "3.14");
  assert.deepEqual([before, life.info?.python], [null, "3.14"]);
  assert.deepEqual(stages, ["Starting Python"]);
});

test("what the first worker has fetched is given to those that follow", async () => {
  const first = live();
  first.worker.start("of the first");
  await first.life.ready;
  assert.equal(live().worker.options.parts, "of the first");
});

test("a worker gets the learner's files, where there are any", () => {
  const files = { "minitorch/__init__.py": "" };
  assert.deepEqual(live(files).worker.options.files, files);
  assert.equal(live().worker.options.files, null);
});

test("a worker that dies rejects what waits for it, and is heard of once", async () => {
  const { life, ends, worker } = live();
  worker.start();
  await life.ready;
  worker.die("out of memory");
  worker.die("again");
  await assert.rejects(life.gone, WorkerGone);
  assert.deepEqual(ends, ["Python has stopped: out of memory"]);
  assert.ok(worker.isTerminated);
});

test("a worker that can't start says so", async () => {
  const broken = live();
  broken.worker.die("Uncaught ReferenceError: cn is not defined");
  await assert.rejects(broken.life.ready, WorkerGone);
  assert.match(broken.ends[0]!, /could not be started: its program did not load, or is damaged\. Re/);
  const refused = live();
  refused.worker.fail("start", { name: "Error", message: "stdlib.zip could not be fetched." });
  await assert.rejects(refused.life.ready, WorkerGone);
  assert.match(refused.ends[0]!, /could not be started: stdlib\.zip could not be fetched/);
});

test("a worker that says nothing for half a minute is given up", async (t) => {
  const clock = new StoppedClock();
  t.after(() => clock.release());
  const silent = live();
  const slow = live();
  slow.worker.tell("start", { stage: "Fetching Python", loaded: 1 });
  await clock.pass(29_000);
  assert.deepEqual(silent.ends, []);
  await clock.pass(2000);
  assert.deepEqual(silent.ends, ["Python does not answer."]);
  await assert.rejects(silent.life.gone, WorkerGone);
  await clock.pass(60_000);
  assert.deepEqual(slow.ends, [], "one that has begun may take its time");
  slow.worker.tell("start", { stage: "Fetching Python", loaded: 2 });
  await clock.pass(110_000);
  assert.deepEqual(slow.ends, []);
  await clock.pass(20_000);
  assert.deepEqual(slow.ends, ["Python does not answer."], "it may have died");
});

test("a worker is ended on demand, for a reason", async () => {
  const { life, ends, worker } = live();
  life.end("Python was stopped.");
  assert.ok(worker.isTerminated);
  assert.deepEqual(ends, ["Python was stopped."]);
  await assert.rejects(life.ready, { name: "WorkerGone", message: "Python was stopped." });
});

test("code is interrupted through memory that both share, where there is such", () => {
  const { life: without } = live();
  assert.equal(without.interrupt(), false);
  globalThis.crossOriginIsolated = true;
  const { life, worker } = live();
  globalThis.crossOriginIsolated = false;
  assert.equal(worker.options.interrupt?.[0], 0);
  assert.equal(life.interrupt(), true);
  assert.equal(worker.options.interrupt?.[0], 2, "as Ctrl-C does");
});

test("a worker that a browser ends in silence lets go of its lock", async () => {
  let letGo = () => {};
  const asked: string[] = [];
  const locks = {
    request: (name: string, then: () => void) => {
      asked.push(name);
      letGo = then;
      return new Promise<void>(() => undefined);
    },
  };
  Object.assign(navigator, { locks });
  const { life, ends, worker } = live();
  assert.deepEqual(asked, [], "not before the worker holds it");
  worker.tell("start", { holdsLock: true });
  worker.start();
  await life.ready;
  await soon();
  assert.deepEqual(asked, [worker.options.lifeLock]);
  letGo();
  assert.deepEqual(ends, ["Python has stopped unexpectedly."]);
  delete (navigator as { locks?: unknown }).locks;
});

test("where locks are refused, to the worker or to the page, Python starts all the same", async () => {
  const request = () => Promise.reject(new Error("The request was denied."));
  Object.assign(navigator, { locks: { request } });
  for (const holdsLock of [true, false]) {
    const { life, ends, worker } = live();
    worker.tell("start", { holdsLock });
    worker.start();
    assert.equal((await life.ready).python, "3.14");
    await soon();
    assert.deepEqual(ends, []);
  }
  delete (navigator as { locks?: unknown }).locks;
});

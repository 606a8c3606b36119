import { soon } from "./page";
import { StoppedClock } from "./clock";
import { FakeWorker } from "./ports";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import {
  WorkerGone,
  Stopped,
  busy,
  busyOn,
  call,
  explain,
  generation,
  hasSpare,
  problemOf,
  renew,
  startPython,
  status,
} from "../../web/src/python/client";

const REQUEST = { code: "x * x", inputs: { x: 2 }, maxNodes: 300 };
const evaluate = (signal?: AbortSignal) =>
  call("expression.evaluate", [REQUEST], { what: "your expression", ...(signal && { signal }) });

// A spare waits for a second's rest, and deaths are counted by the minute: a test takes an hour.
const clock = new StoppedClock();

beforeEach(async () => {
  await clock.pass(3_600_000);
  globalThis.crossOriginIsolated = false;
});

/** The worker in use, with Python ready in it. */
async function ready(): Promise<FakeWorker> {
  startPython();
  if (status.value.info) renew();
  const worker = inUse();
  worker.start();
  await soon();
  assert.equal(status.value.phase, "ready");
  return worker;
}

const inUse = () => FakeWorker.all.findLast((one) => !one.isTerminated)!;

test("while Python is on its way, the status says how far it is", async () => {
  assert.equal(FakeWorker.all.length, 0, "nobody has asked for it");
  startPython();
  startPython();
  assert.equal(FakeWorker.all.length, 1);
  inUse().tell("start", { stage: "Fetching Python", loaded: 250 });
  const { phase, text, loaded, total } = status.value;
  assert.deepEqual([phase, text, loaded, total], ["loading", "Fetching Python", 250, 1000]);
  inUse().start();
  await soon();
  assert.deepEqual([status.value.phase, status.value.text], ["ready", "Python ready"]);
  assert.equal(status.value.info?.python, "3.14");
});

test("what is asked before Python is ready is answered when it is", async () => {
  await ready();
  renew();
  const answer = evaluate();
  await soon();
  assert.equal(inUse().asked.length, 1, "only its start");
  inUse().start();
  await soon();
  inUse().answer("expression.evaluate", "the result");
  assert.equal(await answer, "the result");
});

test("while a call is open Python is busy, and one can see with what", async () => {
  const worker = await ready();
  const first = evaluate();
  const second = call("training.source", []);
  await soon();
  assert.equal(status.value.phase, "busy");
  assert.equal(busy.value?.what, "your expression");
  worker.answer("expression.evaluate");
  await first;
  assert.equal(busy.value, null);
  assert.equal(status.value.phase, "busy", "the other one is still open");
  worker.answer("training.source", "");
  await second;
  assert.equal(status.value.phase, "ready");
});

test("a Python error is the call's own affair", async () => {
  const worker = await ready();
  const answer = evaluate();
  await soon();
  const message = "Traceback (most recent call last):\n  …\nValueError: not so\n";
  worker.fail("expression.evaluate", { name: "PythonError", message });
  await assert.rejects(answer, (error) => {
    assert.deepEqual(explain(error), { message: "ValueError: not so", traceback: message });
    return true;
  });
  assert.equal(inUse(), worker);
  assert.equal(status.value.phase, "ready");
});

test("any other error is the end of that Python, and the next one takes over", async () => {
  const worker = await ready();
  const before = generation.value;
  const answer = evaluate();
  const other = call("training.source", []);
  await soon();
  worker.fail("expression.evaluate", { name: "RuntimeError", message: "memory access" });
  await assert.rejects(answer, WorkerGone);
  await assert.rejects(other, WorkerGone);
  assert.ok(worker.isTerminated);
  assert.notEqual(inUse(), worker);
  assert.ok(generation.value > before, "what the last one held is gone");
  const next = evaluate();
  inUse().start();
  await soon();
  inUse().answer("expression.evaluate", 4);
  assert.equal(await next, 4);
});

test("a call that is aborted before Python is ready never begins", async () => {
  await ready();
  renew();
  const stop = new AbortController();
  const answer = evaluate(stop.signal);
  stop.abort();
  await assert.rejects(answer, Stopped);
  inUse().start();
  await soon();
  assert.deepEqual(inUse().asked, []);
  assert.equal(busy.value, null);
});

test("code that can be interrupted answers for itself", async () => {
  globalThis.crossOriginIsolated = true;
  const worker = await ready();
  const stop = new AbortController();
  const answer = evaluate(stop.signal);
  await soon();
  stop.abort();
  assert.equal(worker.options.interrupt?.[0], 2);
  worker.answer("expression.evaluate", "stopped in line 3");
  assert.equal(await answer, "stopped in line 3");
  await clock.pass(1000);
  assert.equal(worker.isTerminated, false);
});

test("code that doesn't end when it is interrupted is ended with its worker", async () => {
  globalThis.crossOriginIsolated = true;
  const worker = await ready();
  const stop = new AbortController();
  const answer = evaluate(stop.signal);
  answer.catch(() => undefined);
  await soon();
  stop.abort();
  await clock.pass(50);
  assert.equal(worker.isTerminated, false, "it gets a moment");
  await clock.pass(500);
  await assert.rejects(answer, Stopped);
  assert.ok(worker.isTerminated);
});

test("where code can't be interrupted, its worker is ended at once", async () => {
  const worker = await ready();
  const answer = evaluate();
  await soon();
  busy.value?.stop();
  await assert.rejects(answer, Stopped);
  assert.ok(worker.isTerminated);
  assert.notEqual(inUse(), worker);
});

test("a spare starts when nothing else is to be done, and takes over at once", async () => {
  await ready();
  const workers = FakeWorker.all.length;
  await clock.pass(1100);
  assert.equal(FakeWorker.all.length, workers + 1);
  const spare = FakeWorker.last;
  assert.equal(hasSpare(), false);
  spare.start();
  await soon();
  assert.equal(hasSpare(), true);
  renew();
  assert.equal(inUse(), spare);
  assert.equal(status.value.phase, "ready");
  assert.equal(hasSpare(), false);
});

test("while something computes all the time, no spare is started", async () => {
  const worker = await ready();
  const workers = FakeWorker.all.length;
  const source = call("training.source", [], { heavy: true });
  await soon();
  await clock.pass(1100);
  assert.equal(FakeWorker.all.length, workers);
  worker.answer("training.source", "");
  await source;
  await clock.pass(1100);
  assert.equal(FakeWorker.all.length, workers + 1);
});

test("a spare that dies is missed by nobody", async () => {
  const worker = await ready();
  await clock.pass(1100);
  const spare = FakeWorker.last;
  assert.notEqual(spare, worker);
  const before = generation.value;
  spare.die();
  assert.deepEqual([generation.value, status.value.phase], [before, "ready"]);
  const answer = evaluate();
  await soon();
  worker.answer("expression.evaluate", 1);
  assert.equal(await answer, 1);
});

test("Python that ends again and again by itself is not started again unasked", async () => {
  for (let death = 1; death <= 4; death++) {
    const worker = await ready();
    worker.die("out of memory");
  }
  assert.equal(status.value.phase, "failed");
  assert.match(status.value.text, /out of memory/);
  const workers = FakeWorker.all.length;
  await clock.pass(10_000);
  assert.equal(FakeWorker.all.length, workers);
  startPython();
  assert.equal(FakeWorker.all.length, workers + 1);
  assert.equal(status.value.phase, "loading");
});

const MINE = { "minitorch/__init__.py": "", "minitorch/operators.py": "def mul(x, y): ..." };
const source = (library: typeof MINE | null, options = {}) =>
  call("training.source", [], { library, ...options });

/** The worker that was started with files, with Python ready in it. */
async function readyWith(files: object): Promise<FakeWorker> {
  const worker = inUse();
  assert.deepEqual(worker.options.files, files);
  worker.start();
  await soon();
  return worker;
}

test("a learner's library has a Python of its own, for as long as its files stay the same", async () => {
  const ours = await ready();
  const first = source(MINE);
  const theirs = await readyWith(MINE);
  assert.notEqual(theirs, ours);
  theirs.answer("training.source", "with theirs");
  assert.equal(await first, "with theirs");
  const again = source({ ...MINE });
  await soon();
  theirs.answer("training.source", "again");
  assert.equal(await again, "again");
  const other = source(null);
  await soon();
  ours.answer("training.source", "with ours");
  assert.equal(await other, "with ours");
});

test("files that have changed end what still runs on the old ones", async () => {
  await ready();
  const before = source(MINE);
  const old = await readyWith(MINE);
  const changed = { ...MINE, "minitorch/operators.py": "def mul(x, y): return x * y" };
  const after = source(changed);
  await assert.rejects(before, WorkerGone);
  assert.ok(old.isTerminated);
  (await readyWith(changed)).answer("training.source", "anew");
  assert.equal(await after, "anew");
});

test("tests have a Python apart, whose files may be others each time", async () => {
  await ready();
  const training = source(MINE);
  const theirs = await readyWith(MINE);
  const tests = source({ ...MINE, "tests/test_a.py": "" } as typeof MINE, { apart: true });
  const apart = await readyWith({ ...MINE, "tests/test_a.py": "" });
  const more = source(MINE, { apart: true });
  await soon();
  assert.equal(theirs.isTerminated, false);
  apart.answer("training.source", 1);
  apart.answer("training.source", 2);
  theirs.answer("training.source", 3);
  assert.deepEqual(await Promise.all([tests, more, training]), [1, 2, 3]);
});

test("what is wrong in the learner's library is no end of its Python", async () => {
  await ready();
  const answer = source(MINE);
  const worker = await readyWith(MINE);
  const problem = { kind: "NameError", message: "name 'y' is not defined", line: 7 };
  worker.end("training.source", { problem });
  await assert.rejects(answer, (error) => {
    assert.equal(problemOf(error).line, 7);
    return true;
  });
  assert.equal(worker.isTerminated, false);
});

test("one can see what runs on which library", async () => {
  await ready();
  const training = source(MINE, { what: "your training" });
  const worker = await readyWith(MINE);
  assert.equal(busyOn(null), null);
  assert.equal(busyOn(MINE)?.what, "your training");
  assert.equal(status.value.phase, "busy");
  busyOn(MINE)?.stop();
  await assert.rejects(training, Stopped);
  assert.ok(worker.isTerminated);
  assert.equal(busyOn(MINE), null);
});

test("a Python with a learner's files is let go when it is not used for long", async () => {
  const ours = await ready();
  const answer = source(MINE);
  const worker = await readyWith(MINE);
  worker.answer("training.source");
  await answer;
  await clock.pass(240_000);
  assert.equal(worker.isTerminated, false);
  await clock.pass(120_000);
  assert.ok(worker.isTerminated);
  assert.equal(ours.isTerminated, false);
});

test("an error of the page's own is explained by its message", () => {
  assert.deepEqual(explain(new Error("no room")), { message: "no room", traceback: "" });
  assert.deepEqual(explain("text"), { message: "text", traceback: "" });
});

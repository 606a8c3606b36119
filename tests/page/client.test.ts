import { soon } from "./page";
import { StoppedClock } from "./clock";
import { FakeWorker } from "./ports";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import {
  WorkerGone,
  Stopped,
  busy,
  call,
  explain,
  generation,
  hasSpare,
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

test("an error of the page's own is explained by its message", () => {
  assert.deepEqual(explain(new Error("no room")), { message: "no room", traceback: "" });
  assert.deepEqual(explain("text"), { message: "text", traceback: "" });
});

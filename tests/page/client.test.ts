import { soon } from "./page";
import { StoppedClock } from "./clock";
import { FakeWorker, bare } from "./ports";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import {
  WorkerGone,
  Stopped,
  busy,
  call,
  explain,
  generationOn,
  hasSpare,
  renewPrograms,
  startPython,
  status,
} from "../../web/src/python/client";
import type { TrainSettings } from "../../web/src/protocol/training";

const SETTINGS: TrainSettings = {
  ...{ dataset: "Xor", points: 9, hidden: 2, rate: 0.5, epochs: 9, seed: 1, engine: "eager" },
};
const REQUEST = { code: "x * x", inputs: { x: 2 }, maxNodes: 300 };
const evaluate = (signal?: AbortSignal) =>
  call("expression.evaluate", [REQUEST], { what: "your expression", signal }).then(bare);

// A spare waits for a second's rest, and deaths are counted by the minute: a test takes hours.
const clock = new StoppedClock();

beforeEach(async () => {
  globalThis.crossOriginIsolated = false;
  for (const one of FakeWorker.all) if (!one.isTerminated) one.die("the last test is over");
  await clock.pass(3_600_000);
});

/** A worker that nobody has used yet, with Python ready in it; there is no other. */
async function ready(): Promise<FakeWorker> {
  startPython();
  const worker = inUse();
  worker.start();
  await soon();
  assert.equal(status.value.phase, "ready");
  return worker;
}

/** The same, used by programs; and nobody stands by. */
async function used(): Promise<FakeWorker> {
  const worker = await ready();
  const answer = evaluate();
  await soon();
  worker.answer("expression.evaluate");
  await answer;
  await soon();
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
  await used();
  renewPrograms();
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
  const answer = evaluate();
  await soon();
  assert.equal(status.value.phase, "busy");
  assert.equal(busy.value?.what, "your expression");
  worker.answer("expression.evaluate");
  await answer;
  assert.equal(busy.value, null);
  assert.equal(status.value.phase, "ready");
});

test("training and programs never share a Python", async () => {
  const first = await ready();
  const source = call("training.source", []);
  await soon();
  const answer = evaluate();
  await soon();
  const second = inUse();
  assert.notEqual(second, first);
  second.start();
  await soon();
  assert.deepEqual(first.asked.map(({ name }) => name), ["training.source"]);
  assert.deepEqual(second.asked.map(({ name }) => name), ["expression.evaluate"]);
  // The program ends its Python, and the model is where it was.
  const held = generationOn(null).value;
  second.fail("expression.evaluate", { name: "RuntimeError", message: "memory access" });
  await assert.rejects(answer, WorkerGone);
  assert.equal(generationOn(null).value, held);
  first.answer("training.source", "");
  assert.equal(await source, "");
});

test("a text of theirs that is trained on has a Python of its own each time it is opened", async () => {
  await ready();
  const open = async (code: string) => {
    const held = generationOn(null, code).value;
    const opened = call("training.open", [SETTINGS, null], { code });
    await soon();
    const worker = inUse();
    if (worker.asked[0]?.name === "start") worker.start();
    await soon();
    worker.fail("training.open", { name: "PythonError", message: "ValueError: no model" });
    await assert.rejects(opened);
    return { worker, isNew: generationOn(null, code).value > held };
  };
  const first = await open("class Network: ...");
  const again = await open("class Network: ...");
  const other = await open("class Another: ...");
  assert.equal(new Set([first.worker, again.worker, other.worker]).size, 3);
  assert.deepEqual([again.isNew, other.isNew], [true, true]);
  assert.ok(first.worker.isTerminated && again.worker.isTerminated);
  // What ours trains, trains on elsewhere.
  const source = call("training.source", []);
  await soon();
  inUse().start();
  await soon();
  assert.notEqual(inUse(), other.worker);
  inUse().answer("training.source", "");
  await source;
});

test("training that is silent is said to hang, and can be stopped", async () => {
  const worker = await ready();
  const training = call("training.train", [9, null], { heavy: true });
  const ended = assert.rejects(training, Stopped);
  await clock.pass(5_000);
  const said = () => busy.value && `${busy.value.what}, ${busy.value.hangs}`;
  assert.equal(said(), null, "it gives signs of life");
  worker.isSilent = true;
  await clock.pass(1_500);
  assert.equal(said(), null);
  await clock.pass(1_500);
  assert.equal(said(), "Python, true");
  worker.answer("beat");
  await soon();
  assert.equal(said(), null, "it was heard again");
  await clock.pass(3_000);
  busy.value?.stop();
  await ended;
  assert.ok(worker.isTerminated);
  assert.equal(said(), null);
});

test("a page that was asleep hears a sign of life before it says that Python hangs", async () => {
  const worker = await ready();
  worker.isSilent = true;
  const training = call("training.train", [9, null], { heavy: true });
  await clock.pass(600);
  clock.sleep(3_600_000);
  await clock.pass(0);
  assert.equal(busy.value, null);
  worker.answer("beat");
  worker.answer("training.train");
  await training;
});

test("what left something behind, or does not say, runs no other program", async () => {
  for (const left of [["gc.callbacks"], null]) {
    const worker = await ready();
    worker.isSilent = true;
    const first = evaluate();
    await soon();
    worker.answer("expression.evaluate", 1);
    assert.equal(await first, 1, "its answer does not wait");
    const second = evaluate();
    await soon();
    assert.deepEqual(worker.asked.map(({ name }) => name), ["programs.leftovers"]);
    if (left) worker.answer("programs.leftovers", left);
    else await clock.pass(1_100);
    await soon();
    assert.ok(worker.isTerminated);
    inUse().start();
    await soon();
    inUse().answer("expression.evaluate", 2);
    assert.equal(await second, 2);
    await soon();
    inUse().die();
  }
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
  const before = generationOn(null).value;
  const answer = call("training.source", []);
  const other = call("training.source", []);
  await soon();
  worker.fail("training.source", { name: "RuntimeError", message: "memory access" });
  await assert.rejects(answer, WorkerGone);
  await assert.rejects(other, WorkerGone);
  assert.ok(worker.isTerminated);
  assert.notEqual(inUse(), worker);
  assert.ok(generationOn(null).value > before, "what the last one held is gone");
  const next = evaluate();
  inUse().start();
  await soon();
  inUse().answer("expression.evaluate", 4);
  assert.equal(await next, 4);
});

test("a call that is aborted before Python is ready never begins", async () => {
  await used();
  renewPrograms();
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
  await used();
  const workers = FakeWorker.all.length;
  await clock.pass(1100);
  assert.equal(FakeWorker.all.length, workers + 1);
  const spare = FakeWorker.last;
  assert.equal(hasSpare(), false);
  spare.start();
  await soon();
  assert.equal(hasSpare(), true);
  renewPrograms();
  const answer = evaluate();
  await soon();
  spare.answer("expression.evaluate", 1);
  assert.equal(await answer, 1);
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
  const worker = await used();
  await clock.pass(1100);
  const spare = FakeWorker.last;
  assert.notEqual(spare, worker);
  spare.die();
  assert.equal(status.value.phase, "ready");
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

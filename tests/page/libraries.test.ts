import { soon } from "./page";
import { StoppedClock } from "./clock";
import { FakeWorker, bare } from "./ports";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { ProblemError } from "../../web/src/protocol/problems";
import {
  WorkerGone,
  Stopped,
  busy,
  call,
  generationOn,
  problemOf,
  renewPrograms,
  startPython,
  status,
} from "../../web/src/python/client";
import { train } from "../../web/src/training/calls";

const REQUEST = { code: "x * x", inputs: { x: 2 }, maxNodes: 300 };
const MINE = { "minitorch/__init__.py": "", "minitorch/scalar.py": "first" };
const EDITED = { ...MINE, "minitorch/scalar.py": "second" };

const on = (library: Record<string, string> | null, signal?: AbortSignal) =>
  call("expression.evaluate", [REQUEST], { what: "your expression", library, signal }).then(bare);

// A worker is let go after minutes: a test takes an hour.
const clock = new StoppedClock();
globalThis.crossOriginIsolated = false;

beforeEach(async () => {
  await clock.pass(3_600_000);
  startPython();
  if (!status.value.info) ours().start("what was fetched");
  await soon();
  // Whoever stands by is there already.
  const waiting = FakeWorker.all.find((one) => !one.isTerminated && one.asked[0]?.name === "start");
  waiting?.start("what was fetched");
  await soon();
});

const alive = () => FakeWorker.all.filter((one) => !one.isTerminated);
const ours = () => alive().find((one) => one.options.files === null)!;
const theirs = () => alive().filter((one) => one.options.files !== null);

/** Asks a library, and gives the worker that has been asked with the answer to come. */
async function ask(library: Record<string, string>) {
  const answer = on(library);
  await soon();
  const worker = theirs().at(-1)!;
  if (worker.asked[0]?.name === "start") worker.start();
  await soon();
  return { worker, answer };
}

test("a learner's library has a worker of its own, started with what was fetched", async () => {
  const { worker, answer } = await ask(MINE);
  assert.notEqual(worker, ours());
  assert.deepEqual(worker.options.files, MINE);
  assert.equal(worker.options.parts, "what was fetched");
  assert.equal(ours().asked.length, 0);
  worker.answer("expression.evaluate", "theirs");
  assert.equal(await answer, "theirs");
});

test("the same files, the same worker; other files, another one", async () => {
  const first = await ask(MINE);
  const again = await ask({ ...MINE });
  assert.equal(again.worker, first.worker);
  first.worker.answer("expression.evaluate", 1);
  assert.equal(await first.answer, 1);
  await soon();
  first.worker.answer("expression.evaluate", 2);
  assert.equal(await again.answer, 2);
  const next = await ask(EDITED);
  assert.ok(first.worker.isTerminated);
  assert.deepEqual(next.worker.options.files, EDITED);
  assert.equal(theirs().length, 1);
  next.worker.answer("expression.evaluate");
  await next.answer;
});

test("what runs on files that are no more ends", async () => {
  const { answer } = await ask(MINE);
  const ended = assert.rejects(answer, WorkerGone);
  const next = await ask(EDITED);
  await ended;
  next.worker.answer("expression.evaluate");
  await next.answer;
});

test("a file more or less is another library", async () => {
  for (const other of [{ ...MINE, "minitorch/nn.py": "" }, { "minitorch/__init__.py": "" }]) {
    const { worker, answer } = await ask(MINE);
    const ended = assert.rejects(answer, WorkerGone);
    const next = await ask(other);
    await ended;
    assert.notEqual(next.worker, worker);
    next.worker.answer("expression.evaluate");
    await next.answer;
  }
});

test("one library does not wait for another, and each tells what it is busy with", async () => {
  const { worker, answer } = await ask(MINE);
  assert.equal(busy.value?.what, "your expression");
  const other = on(null);
  await soon();
  ours().answer("expression.evaluate", "ours");
  assert.equal(await other, "ours");
  assert.equal(busy.value?.what, "your expression");
  worker.answer("expression.evaluate");
  await answer;
  assert.equal(busy.value, null);
});

test("code of theirs that is stopped ends their worker, and the next call finds another", async () => {
  const { worker, answer } = await ask(MINE);
  const before = [generationOn(MINE).value, generationOn(null).value];
  const started = FakeWorker.all.length;
  busy.value?.stop();
  await assert.rejects(answer, Stopped);
  assert.ok(worker.isTerminated);
  assert.deepEqual([generationOn(MINE).value, generationOn(null).value], before, "no model is lost");
  assert.equal(FakeWorker.all.length, started, "nobody needs another one yet");
  assert.equal(status.value.phase, "ready", "ours is as it was");
  const next = await ask(MINE);
  next.worker.answer("expression.evaluate", 5);
  assert.equal(await next.answer, 5);
});

test("their worker that dies is not ours that has", async () => {
  const { worker, answer } = await ask(MINE);
  worker.die();
  await assert.rejects(answer, WorkerGone);
  assert.equal(status.value.phase, "ready");
  const next = await ask(MINE);
  next.worker.answer("expression.evaluate", 5);
  assert.equal(await next.answer, 5);
});

test("their worker is let go when nobody has asked for a while, and not while one waits", async () => {
  const { worker, answer } = await ask(MINE);
  await clock.pass(600_000);
  assert.equal(worker.isTerminated, false);
  worker.answer("expression.evaluate");
  await answer;
  await clock.pass(200_000);
  assert.equal(worker.isTerminated, false);
  await clock.pass(200_000);
  assert.ok(worker.isTerminated);
  assert.equal(ours().isTerminated, false);
});

test("a new Python can be had for their library alone", async () => {
  const { worker, answer } = await ask(MINE);
  worker.answer("expression.evaluate");
  await answer;
  const before = ours();
  renewPrograms(MINE);
  assert.ok(worker.isTerminated);
  assert.equal(ours(), before);
});

test("tests have a worker apart, which stays when files change", async () => {
  const run = (files: Record<string, string>) =>
    call("checking.runTests", [files, []], {
      ...{ library: files, apart: true, what: "your tests" },
    }).then(bare);
  const { worker, answer } = await ask(MINE);
  const before = generationOn(MINE).value;
  const first = run(MINE);
  await soon();
  const apart = theirs().find((one) => one !== worker)!;
  apart.start();
  await soon();
  apart.answer("checking.runTests", "first");
  assert.equal(await first, "first");
  const second = run(EDITED);
  await soon();
  assert.deepEqual(apart.asked[0]?.args[0], EDITED);
  assert.equal(generationOn(MINE).value, before, "what holds a model holds it still");
  assert.equal(busy.value?.what, "your expression", "which does not wait for the tests");
  apart.answer("checking.runTests", "second");
  assert.equal(await second, "second");
  worker.answer("expression.evaluate");
  await answer;
});

test("a library that fails says where, and its Python lives on", async () => {
  const { worker, answer } = await ask(MINE);
  const problem = {
    ...{ kind: "SyntaxError", message: "invalid syntax", file: "minitorch/scalar.py", line: 3 },
    ...{ task: null, hint: null, traceback: "" },
  };
  worker.refuse("expression.evaluate", problem);
  await assert.rejects(answer, (error) => {
    assert.ok(error instanceof ProblemError);
    assert.deepEqual(problemOf(error), problem);
    return true;
  });
  assert.equal(worker.isTerminated, false);
});

test("any error can be shown as a problem", () => {
  const { kind, message, hint, file, line } = problemOf(new TypeError("no"), "Try again.");
  assert.deepEqual([kind, message, hint], ["TypeError", "no", "Try again."]);
  assert.deepEqual([file, line], [null, null]);
});

/** Trains on a library, and gives its worker when it has been asked. */
async function training(library: Record<string, string> | null) {
  const stop = new AbortController();
  const done = train(9, null, () => undefined, stop.signal, library);
  await soon();
  const worker = library ? theirs().at(-1)! : alive().find((one) => one.asked.length > 0)!;
  if (worker.asked[0]?.name === "start") worker.start();
  await soon();
  const names = () => worker.asked.map(({ name }) => name);
  return { stop, done, worker, names };
}

test("a pause is a call of its own, and training answers when it has heard of it", async () => {
  const { stop, done, worker, names } = await training(null);
  stop.abort();
  await soon();
  assert.deepEqual(names(), ["training.train", "training.pause"]);
  await clock.pass(60_000);
  assert.equal(worker.isTerminated, false, "ours has no endless loops");
  worker.answer("training.pause");
  worker.answer("training.train");
  await done;
});

test("training on their library that does not hear of a pause is stopped: that is a pause", async () => {
  const { stop, done, worker } = await training(MINE);
  stop.abort();
  await clock.pass(900);
  assert.equal(worker.isTerminated, false);
  await clock.pass(200);
  await done;
  assert.ok(worker.isTerminated);
});

test("training that fails has failed, pause or no pause", async () => {
  const { stop, done, worker } = await training(MINE);
  stop.abort();
  await soon();
  worker.die();
  await assert.rejects(done, WorkerGone);
});

import { soon } from "./page";
import { asked, modelOf, slow } from "./python";
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { batch, effect, signal } from "@preact/signals";
import type { TrainSettings } from "../../web/src/protocol/training";
import { createRun, type Run, type RunOptions } from "../../web/src/training/run";
import type { Drawing } from "../../web/src/training/pace";
import { modelKey, type SavedRun } from "../../web/src/training/saved";

const DEFAULTS: TrainSettings = {
  dataset: "Simple",
  points: 50,
  hidden: 10,
  rate: 0.5,
  epochs: 8,
  seed: 0,
  engine: "compiled",
  noise: 0,
  heldOut: 0,
  own: null,
  code: null,
};

// A worker with a learner's files is let go after minutes: no test waits for that.
const { setTimeout: real } = globalThis;
Object.assign(globalThis, {
  setTimeout(then: () => void, wait = 0) {
    const timer = real(then, wait);
    return wait > 60_000 ? timer.unref() : timer;
  },
});

const runs: Run[] = [];

function make(given: Partial<TrainSettings> = {}, options: Partial<RunOptions> = {}) {
  const settings = signal<TrainSettings>({ ...DEFAULTS, ...given });
  const drawing = signal<Drawing>("animated");
  const run = createRun({ settings, drawing, ...options });
  runs.push(run);
  const change = (part: Partial<TrainSettings>) => {
    settings.value = { ...settings.value, ...part };
  };
  return { run, settings, drawing, change };
}

afterEach(async () => {
  runs.splice(0).forEach((run) => run.dispose());
  slow.opening = Promise.resolve();
  await soon(5);
  asked.length = 0;
});

/** Waits until a run rests. */
async function rest(run: Run): Promise<void> {
  for (let i = 0; i < 500; i++) {
    await soon(1);
    if (run.phase.value === "ready" || run.phase.value === "lost") return;
  }
  assert.fail(`It does not come to rest, but is ${run.phase.value}.`);
}

async function until(isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !isSo(); i++) await soon(1);
  assert.ok(isSo());
}

/** What the run shows is all of one model and one moment. */
function assertConsistent(run: Run, settings: TrainSettings): void {
  const saved = run.saved.value;
  assert.equal(run.model.value, modelKey(settings));
  assert.equal(run.points.value?.label.length, settings.points);
  assert.equal(run.boundary.value?.values[0], modelOf(settings));
  assert.equal(run.boundary.value?.epoch, run.epoch.value);
  assert.equal(run.records.value.length, run.epoch.value);
  assert.equal(run.drawn.value, run.records.value);
  if (saved) {
    assert.deepEqual([...saved.checkpoint.parameters], [modelOf(settings), run.epoch.value]);
  }
}

test("Train after Step trains on to the goal", async () => {
  const { run } = make();
  await rest(run);
  run.step();
  run.start();
  await rest(run);
  assert.equal(run.epoch.value, 8);
  run.step();
  await rest(run);
  assert.equal(run.epoch.value, 9);
});

test("Train, Pause and Train in one moment is Train", async () => {
  const { run } = make({ epochs: 20 });
  await rest(run);
  run.start();
  await until(() => run.epoch.value >= 2);
  run.pause();
  run.start();
  await rest(run);
  assert.equal(run.epoch.value, 20);
});

test("Reset while it trains gives a new model, and Train right after it trains that", async () => {
  const { run, settings } = make({ epochs: 30 });
  run.start();
  await until(() => run.epoch.value >= 4);
  run.reset();
  run.start();
  await rest(run);
  assert.equal(run.epoch.value, 30);
  const once = ["open Simple compiled 0", "train 30"];
  assert.deepEqual(asked, [...once, ...once]);
  assertConsistent(run, settings.value);
});

for (const first of [{ hidden: 3 }, { dataset: "Spiral" }]) {
  for (const then of ["engine", "epochs", "drawing", "twice", "reset", "back"] as const) {
    for (const wait of [0, 3]) {
      const name = `${Object.keys(first)[0]}, then ${then}${wait ? " a moment later" : ""}`;
      test(`what is shown is what was set: ${name}`, async () => {
        const { run, settings, drawing, change } = make({ epochs: 6 });
        run.start();
        await rest(run);
        change(first);
        if (wait) await soon(wait);
        if (then === "engine") change({ engine: "eager" });
        if (then === "epochs") change({ epochs: 9 });
        if (then === "drawing") drawing.value = "end";
        if (then === "twice") change({ points: 7 });
        if (then === "reset") run.reset();
        if (then === "back") change({ hidden: 10, dataset: "Simple" });
        await rest(run);
        assert.equal(run.epoch.value, 0);
        assert.equal(run.goal.value, settings.value.epochs);
        assertConsistent(run, settings.value);
        run.start();
        await rest(run);
        assert.equal(run.epoch.value, settings.value.epochs);
        assertConsistent(run, settings.value);
        const opened = asked.findLast((call) => call.startsWith("open"));
        assert.match(opened ?? "", RegExp(settings.value.engine));
      });
    }
  }
}

test("answers to what is wanted no more are not taken in", async () => {
  const { run, settings, change } = make();
  let go = () => {};
  slow.opening = new Promise((resolve) => (go = resolve));
  change({ dataset: "Xor" });
  await soon(5);
  change({ dataset: "Circle", points: 9 });
  change({ engine: "eager" });
  run.reset();
  go();
  await rest(run);
  assertConsistent(run, settings.value);
  assert.equal(asked.at(-1), "open Circle eager 0");
});

test("the goal moves with the number of epochs, and with nothing else", async () => {
  const { run, drawing, change } = make({ epochs: 10 });
  run.start();
  await rest(run);
  run.start();
  await until(() => run.epoch.value > 12);
  run.pause();
  await rest(run);
  assert.equal(run.goal.value, 20);
  drawing.value = "end";
  change({ engine: "eager" });
  await rest(run);
  assert.equal(run.goal.value, 20);
  change({ epochs: 30 });
  assert.equal(run.goal.value, 30);
  run.start();
  await until(() => run.epoch.value > 15);
  change({ epochs: 1 });
  await rest(run);
  assert.ok(run.epoch.value < 30);
  assert.equal(run.goal.value, run.epoch.value);
});

test("each update is told once: no epoch is missing, none comes twice", async () => {
  const { run } = make({ epochs: 30 });
  const seen: number[] = [];
  const stop = effect(() => void seen.push(run.records.value.length));
  run.start();
  await until(() => run.epoch.value > 5);
  run.pause();
  await rest(run);
  const count = seen.length;
  await soon(150);
  assert.equal(seen.length, count, "nothing comes that nobody asked for");
  run.start();
  await rest(run);
  stop();
  assert.deepEqual(seen, Array.from({ length: 31 }, (_, epoch) => epoch));
});

test("who goes back finds the run that was left", async () => {
  let kept: SavedRun | null = null;
  const find = (model: string) => (kept?.model === model ? kept : null);
  const { run, settings, change } = make({ epochs: 6 }, { find });
  run.start();
  await rest(run);
  kept = run.saved.value;
  change({ dataset: "Xor" });
  change({ dataset: "Simple" });
  change({ dataset: "Xor" });
  change({ dataset: "Simple" });
  await rest(run);
  assert.deepEqual([run.epoch.value, run.goal.value], [6, 6]);
  assertConsistent(run, settings.value);
});

test("two runs of a page share the worker, and each keeps its own model", async () => {
  const one = make({ dataset: "Simple", epochs: 10 });
  const two = make({ dataset: "Xor", epochs: 10 });
  await rest(one.run);
  await rest(two.run);
  for (const { run } of [one, two, one, two]) {
    run.step();
    await rest(run);
  }
  for (const { run, settings } of [one, two]) {
    assert.equal(run.epoch.value, 2);
    assertConsistent(run, settings.value);
  }
  one.run.start();
  two.run.step();
  await rest(one.run);
  await rest(two.run);
  assertConsistent(one.run, one.settings.value);
  assertConsistent(two.run, two.settings.value);
  assert.equal(two.run.epoch.value, 3);
});

test("one run trains at a time: the other one is paused", async () => {
  const one = make({ dataset: "Simple", epochs: 100 });
  const two = make({ dataset: "Xor", epochs: 10 });
  one.run.start();
  await until(() => one.run.epoch.value > 4);
  two.run.start();
  assert.equal(one.run.aim.value, null);
  await rest(two.run);
  await rest(one.run);
  assert.equal(two.run.epoch.value, 10);
  assert.ok(one.run.epoch.value < 100);
  assertConsistent(one.run, one.settings.value);
});

test("a step of one run and the training of another come one after the other", async () => {
  const one = make({ dataset: "Simple", epochs: 10 });
  const two = make({ dataset: "Xor", epochs: 10 });
  await rest(two.run);
  one.run.step();
  one.run.step();
  two.run.start();
  one.run.step();
  await rest(one.run);
  await rest(two.run);
  assert.equal(one.run.epoch.value, 3);
  two.run.start();
  one.run.start();
  await rest(one.run);
  await rest(two.run);
  assert.equal(one.run.epoch.value, 10);
  assertConsistent(one.run, one.settings.value);
  assertConsistent(two.run, two.settings.value);
});

test("opening another run's model only interrupts the one that trains", async () => {
  const one = make({ dataset: "Simple", epochs: 60 });
  one.run.start();
  await until(() => one.run.epoch.value > 4);
  const two = make({ dataset: "Xor" });
  await rest(two.run);
  assert.ok(one.run.epoch.value < 60);
  assert.equal(one.run.phase.value, "running");
  two.change({ dataset: "Spiral" });
  await rest(one.run);
  assert.equal(one.run.epoch.value, 60);
  await rest(two.run);
  assertConsistent(one.run, one.settings.value);
  assertConsistent(two.run, two.settings.value);
});

test("a model that is wanted no more when it is open is not taken for another run's", async () => {
  const one = make({ dataset: "Simple" });
  const two = make({ dataset: "Xor" });
  await rest(two.run);
  one.run.step();
  await rest(one.run);
  let go = () => {};
  slow.opening = new Promise((resolve) => (go = resolve));
  two.change({ dataset: "Circle" });
  await soon(5);
  one.run.step();
  two.change({ dataset: "Spiral" });
  go();
  await rest(one.run);
  await rest(two.run);
  assert.equal(one.run.epoch.value, 2);
  assertConsistent(one.run, one.settings.value);
  assertConsistent(two.run, two.settings.value);
});

test("a run that was let go of asks for nothing more", async () => {
  const { run, change } = make({ epochs: 100 });
  run.start();
  await until(() => run.epoch.value > 3);
  run.dispose();
  await soon(20);
  const calls = asked.length;
  batch(() => change({ dataset: "Xor", engine: "eager" }));
  run.start();
  await soon(20);
  assert.equal(asked.length, calls);
});

test("from one library to the other is a new model, in order with all else", async () => {
  const library = signal<Record<string, string> | null>(null);
  const { run, change } = make({}, { library });
  await rest(run);
  run.step();
  await rest(run);
  library.value = { "minitorch/__init__.py": "" };
  change({ dataset: "Xor" });
  await rest(run);
  assert.deepEqual([run.epoch.value, run.isTheirs.value, run.isStale.value], [0, true, false]);
  assert.equal(run.model.value, modelKey({ ...DEFAULTS, dataset: "Xor" }, true));
  library.value = null;
  await rest(run);
  assert.equal(run.model.value, modelKey({ ...DEFAULTS, dataset: "Xor" }));
  assert.deepEqual(
    asked.filter((one) => one.startsWith("open")).slice(-1),
    ["open Xor compiled 0"],
  );
});

test("a learner's files run when somebody asks, and not because a link was opened", async () => {
  const before = asked.length;
  const { run, change } = make({}, { library: signal({ "minitorch/__init__.py": "" }) });
  change({ dataset: "Xor" });
  await soon(20);
  assert.deepEqual([asked.length, run.isHeldBack.value], [before, true]);
  run.start();
  await rest(run);
  assert.ok(asked.length > before);
  assert.equal(run.isHeldBack.value, false);
});

test("edited files make a run stale, and Train goes on with the new ones", async () => {
  const library = signal({ "minitorch/__init__.py": "one" });
  const { run } = make({}, { library });
  run.step();
  await rest(run);
  library.value = { "minitorch/__init__.py": "two" };
  assert.equal(run.isStale.value, true);
  library.value = { "minitorch/__init__.py": "one" };
  assert.equal(run.isStale.value, false, "the text counts, whoever wrote it");
  library.value = { "minitorch/__init__.py": "two" };
  run.step();
  await rest(run);
  assert.deepEqual([run.epoch.value, run.isStale.value], [2, false]);
  assert.deepEqual(asked.slice(-2), ["open Simple compiled 1", "train 1"]);
});

import { soon } from "./page";
import { StoppedClock } from "./clock";
import { FakeWorker } from "./ports";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { signal } from "@preact/signals";
import { renewTraining, startPython, status } from "../../web/src/python/client";
import type { Drawing } from "../../web/src/training/pace";
import { describeProgress } from "../../web/src/training/progress";
import { createRun, type Run, type RunOptions } from "../../web/src/training/run";
import { modelKey, type SavedRun } from "../../web/src/training/saved";
import type { TrainSettings } from "../../web/src/protocol/training";

const SETTINGS: TrainSettings = {
  dataset: "Xor",
  points: 4,
  hidden: 2,
  rate: 0.5,
  epochs: 10,
  seed: 0,
  engine: "compiled",
  noise: 0,
  heldOut: 0,
  own: null,
  code: null,
};

const NOBODY = { x1: [], x2: [], label: [] };
const clock = new StoppedClock();
const runs: Run[] = [];

interface Told {
  from?: number;
  finished?: boolean;
  drawn?: boolean;
  within?: number;
  drawing?: number | null;
}

/** What a worker tells of a model that has been trained up to an epoch. */
function updateTo(epoch: number, told: Told = {}) {
  const { from = epoch, finished = false, drawn = true, within = 0, drawing = null } = told;
  const length = epoch - from;
  const column = (of: (epoch: number) => number) =>
    Float64Array.from({ length }, (_, i) => of(from + i + 1));
  return {
    library: { name: "Reference", version: "1" },
    records: {
      first: from + 1,
      loss: column((one) => 100 / one),
      correct: column(() => 2),
      seconds: column(() => 0.001),
      heldLoss: column(() => NaN),
      heldCorrect: column(() => NaN),
    },
    checkpoint: { epoch, parameters: Float64Array.of(epoch, 0.5) },
    within,
    boundary: drawn ? boundaryAt(epoch) : null,
    drawing,
    finished,
    problem: null as unknown,
    ran: null,
  };
}

const boundaryAt = (epoch: number) => ({
  side: 1,
  values: Float64Array.of(0.5),
  epoch,
  loss: 99 / (epoch + 1),
  correct: 3,
  heldLoss: NaN,
  heldCorrect: NaN,
  outputs: Float64Array.of(), neurons: null,
});

/** The worker whose Python is in use. */
const python = () => FakeWorker.all.findLast((one) => !one.isTerminated)!;
const openCalls = () => python().asked.map(({ name }) => name);
const argsOf = (name: string) => python().asked.find((one) => one.name === name)?.args ?? [];

/** Lets what was asked for get to the worker. */
const settle = () => clock.pass(20);

async function press(button: () => void): Promise<void> {
  button();
  await settle();
}

/** Answers the call that opens a model: untrained, or where its checkpoint is. */
async function open(): Promise<void> {
  const [, from] = argsOf("training.open") as [unknown, { epoch: number } | null];
  const points = { x1: [0, 0, 1, 1], x2: [0, 1, 0, 1], label: [0, 1, 1, 0] };
  const update = updateTo(from?.epoch ?? 0);
  python().answer("training.open", { points, heldOut: NOBODY, parameters: ["w"], update, note: null });
  await settle();
}

/** Tells of progress, and lets the page take it in. */
async function train(from: number, epoch: number, options = {}): Promise<void> {
  python().tell("training.train", updateTo(epoch, { from, ...options }));
  await settle();
}

/** Ends the call to train, at its last epoch or where it was paused. */
async function finish(from: number, epoch: number): Promise<void> {
  await train(from, epoch, { finished: true });
  python().answer("training.train");
  await settle();
}

function make(options: Partial<RunOptions> = {}) {
  const settings = signal(SETTINGS);
  const drawing = signal<Drawing>("animated");
  const run = createRun({ settings, drawing, ...options });
  runs.push(run);
  const set = async (part: Partial<TrainSettings>) => {
    settings.value = { ...settings.value, ...part };
    await settle();
  };
  return { run, set, drawing };
}

/** A run whose untrained model is open. */
async function made(options: Partial<RunOptions> = {}) {
  const all = make(options);
  await settle();
  await open();
  return all;
}

beforeEach(async () => {
  await clock.pass(3_600_000); // workers may end again
  startPython();
  if (status.value.info) renewTraining();
  python().start();
  await soon();
});

afterEach(async () => {
  for (const run of runs.splice(0)) run.dispose();
  renewTraining();
  await settle();
});

test("a run opens its model at once, and waits for Train", async () => {
  const { run } = make();
  await settle();
  assert.equal(run.phase.value, "opening");
  assert.deepEqual(argsOf("training.open"), [SETTINGS, null]);
  await open();
  assert.equal(run.phase.value, "ready");
  assert.equal(run.points.value?.label.length, 4);
  assert.equal(run.boundary.value?.epoch, 0);
  assert.equal(run.saved.value, null, "nothing was trained that could be lost");
  assert.deepEqual(openCalls(), []);
});

test("Train trains up to the goal", async () => {
  const { run } = await made();
  await press(run.start);
  assert.equal(argsOf("training.train")[0], 10);
  assert.equal(run.phase.value, "running");
  await train(0, 4);
  assert.deepEqual([run.epoch.value, run.records.value.length], [4, 4]);
  await finish(4, 10);
  assert.equal(run.phase.value, "ready");
  assert.deepEqual([run.epoch.value, run.goal.value], [10, 10]);
  assert.deepEqual(run.records.value.last?.loss, 10);
  assert.equal(run.saved.value?.checkpoint.epoch, 10);
  assert.deepEqual(openCalls(), [], "and asks for nothing more");
});

test("Train at the goal goes on for as many epochs again", async () => {
  const { run } = await made();
  await press(run.start);
  await finish(0, 10);
  await press(run.start);
  assert.equal(run.goal.value, 20);
  assert.equal(argsOf("training.train")[0], 10);
});

test("Pause is heard between two epochs, and no later epoch comes", async () => {
  const { run } = await made();
  await press(run.start);
  await train(0, 4);
  await press(run.pause);
  assert.equal(run.phase.value, "pausing");
  assert.ok(openCalls().includes("training.pause"));
  python().answer("training.pause");
  await finish(4, 5);
  assert.deepEqual([run.phase.value, run.epoch.value], ["ready", 5]);
  assert.ok(!openCalls().includes("training.train"));
});

test("Step trains one epoch, and one more for each time it is pressed", async () => {
  const { run } = await made();
  await press(run.step);
  assert.deepEqual(argsOf("training.train"), [1, null, 0.5]);
  assert.equal(run.phase.value, "stepping");
  run.step();
  run.step();
  await finish(0, 1);
  assert.equal(argsOf("training.train")[0], 2);
  await finish(1, 3);
  assert.deepEqual([run.phase.value, run.epoch.value, run.goal.value], ["ready", 3, 10]);
});

test("what is pressed before the model is ready happens when it is", async () => {
  const { run } = make();
  await press(run.start);
  assert.equal(run.isTraining.value, true);
  await open();
  assert.equal(argsOf("training.train")[0], 10);
});

test("another rate holds from the next epoch on, and nothing is lost", async () => {
  const { run, set } = await made();
  await press(run.start);
  await train(0, 4);
  await set({ rate: 0.1 });
  await train(4, 4);
  if (openCalls().includes("training.pause")) python().answer("training.pause");
  python().answer("training.train");
  await settle();
  assert.deepEqual(openCalls().includes("training.open"), false);
  const args = argsOf("training.train");
  assert.deepEqual([args[0], args[2], run.phase.value], [6, 0.1, "running"]);
});

test("other settings are another model: what the old one still tells is not its news", async () => {
  const { run, set } = await made();
  await press(run.start);
  await train(0, 4);
  await set({ dataset: "Spiral", hidden: 3 });
  assert.equal(run.phase.value, "opening");
  await train(4, 6);
  assert.deepEqual([run.epoch.value, run.records.value.length], [4, 4]);
  if (openCalls().includes("training.pause")) python().answer("training.pause");
  await finish(6, 7);
  assert.deepEqual(argsOf("training.open"), [{ ...SETTINGS, dataset: "Spiral", hidden: 3 }, null]);
  await open();
  assert.deepEqual([run.epoch.value, run.records.value.length], [0, 0]);
  assert.deepEqual([run.phase.value, run.boundary.value?.epoch], ["ready", 0]);
  assert.equal(run.model.value, modelKey({ ...SETTINGS, dataset: "Spiral", hidden: 3 }));
});

test("settings that follow each other closely all count", async () => {
  const { set } = await made();
  void set({ dataset: "Spiral" });
  void set({ hidden: 5 });
  await set({ engine: "eager" });
  // The one that is under way may be of the first of them.
  while (openCalls().includes("training.open")) {
    const [asked] = argsOf("training.open") as [TrainSettings];
    await open();
    if (asked.engine === "eager") {
      assert.deepEqual(asked, { ...SETTINGS, dataset: "Spiral", hidden: 5, engine: "eager" });
      return;
    }
  }
  assert.fail("the last settings were never asked for");
});

test("another engine goes on where this one is", async () => {
  const { run, set } = await made();
  await press(run.start);
  await finish(0, 10);
  await set({ engine: "eager" });
  const [asked, from] = argsOf("training.open") as [TrainSettings, { epoch: number }];
  assert.deepEqual([asked.engine, from.epoch], ["eager", 10]);
  await open();
  assert.deepEqual([run.epoch.value, run.records.value.length], [10, 10]);
});

test("the number of epochs only moves the goal", async () => {
  const { run, set } = await made();
  await press(run.start);
  await finish(0, 10);
  await set({ epochs: 50 });
  assert.deepEqual([run.goal.value, openCalls()], [50, []]);
  await set({ epochs: 3 });
  assert.deepEqual([run.goal.value, run.epoch.value, run.phase.value], [10, 10, "ready"]);
});

test("a run that loses its Python waits, and goes on from its last parameters", async () => {
  const { run } = await made();
  await press(run.start);
  await train(0, 4);
  python().die();
  await settle();
  assert.equal(run.phase.value, "lost");
  assert.equal(run.saved.value?.checkpoint.epoch, 4);
  python().start();
  await settle();
  await press(run.goOn);
  const [, from] = argsOf("training.open") as [unknown, { epoch: number; parameters: Float64Array }];
  assert.deepEqual([from.epoch, [...from.parameters]], [4, [4, 0.5]]);
  await open();
  assert.deepEqual([argsOf("training.train")[0], run.phase.value], [6, "running"]);
  await finish(4, 10);
  assert.equal(run.records.value.length, 10);
});

test("an untrained model that is lost is opened again, and nobody is asked", async () => {
  const { run } = await made();
  await press(run.start);
  python().die();
  await settle();
  python().start();
  await settle();
  assert.ok(openCalls().includes("training.open"));
  await open();
  assert.notEqual(run.phase.value, "lost");
});

test("a worker that was replaced while nothing ran gets the model when it is needed", async () => {
  const { run } = await made();
  await press(run.step);
  await finish(0, 1);
  renewTraining();
  python().start();
  await settle();
  assert.equal(run.phase.value, "ready");
  await press(run.start);
  assert.equal((argsOf("training.open")[1] as { epoch: number }).epoch, 1);
  await open();
  assert.equal(argsOf("training.train")[0], 9);
});

test("a run that was kept is there again, and waits", async () => {
  const { run: first } = await made();
  await press(first.start);
  await finish(0, 10);
  const saved = { ...first.saved.value!, goal: 25 };
  const { run } = make({ saved });
  await settle();
  assert.equal((argsOf("training.open")[1] as { epoch: number }).epoch, 10);
  await open();
  assert.deepEqual([run.phase.value, run.epoch.value, run.goal.value], ["ready", 10, 25]);
  assert.equal(run.records.value.length, 10);
});

test("one that Python can't make sense of is let go", async () => {
  const { run: first } = await made();
  await press(first.step);
  await finish(0, 1);
  const { run } = make({ saved: first.saved.value });
  await settle();
  const message = "Traceback …\nValueError: 2 parameters are not 17";
  python().fail("training.open", { name: "PythonError", message });
  await settle();
  assert.deepEqual(argsOf("training.open"), [SETTINGS, null]);
  await open();
  assert.deepEqual([run.epoch.value, run.records.value.length], [0, 0]);
});

test("who goes back to settings finds the run of then", async () => {
  const kept = new Map<string, SavedRun>();
  const { run, set } = await made({ find: (model) => kept.get(model) ?? null });
  await press(run.step);
  await finish(0, 1);
  kept.set(run.model.value, run.saved.value!);
  await set({ seed: 7 });
  await open();
  assert.equal(run.epoch.value, 0);
  await set({ seed: 0 });
  await open();
  assert.deepEqual([run.epoch.value, run.records.value.length], [1, 1]);
});

for (const [from, epoch] of [[0, 11], [5, 6], [900_000_000, 900_000_000]] as const) {
  test(`epochs that can't be are not taken in: from ${from} to ${epoch}`, async () => {
    const { run } = await made();
    await press(run.start);
    python().tell("training.train", updateTo(epoch, { from }));
    await settle();
    assert.deepEqual([run.epoch.value, run.records.value.length], [0, 0]);
    assert.match(run.problem.value!.message, /epochs that can’t be/);
    assert.ok(openCalls().includes("training.pause"));
  });
}

test("a run that can't go on says why, and stops", async () => {
  const { run } = await made();
  await press(run.start);
  const problem = {
    ...{ kind: "Diverged", message: "The loss is nan.", file: null, line: null },
    ...{ task: null, hint: null, traceback: "" },
  };
  const update = { ...updateTo(3, { from: 0 }), problem };
  python().tell("training.train", update);
  await settle();
  python().answer("training.train");
  await settle();
  assert.equal(run.problem.value?.kind, "Diverged");
  assert.deepEqual([run.phase.value, openCalls()], ["ready", []]);
  await press(run.reset);
  await open();
  assert.equal(run.problem.value, null);
});

test("Reset makes a new model of the same settings", async () => {
  const { run } = await made();
  await press(run.start);
  await finish(0, 10);
  await press(run.reset);
  assert.deepEqual(argsOf("training.open"), [SETTINGS, null]);
  await open();
  assert.deepEqual([run.epoch.value, run.records.value.length, run.goal.value], [0, 0, 10]);
});

test("only one run trains at a time", async () => {
  const { run: first } = await made();
  const { run: second } = await made();
  await press(first.start);
  await open(); // the worker held the second one's model
  assert.equal(first.phase.value, "running");
  await press(second.start);
  assert.equal(first.phase.value, "pausing");
  python().answer("training.pause");
  await finish(0, 2);
  assert.equal(first.phase.value, "ready");
  await open();
  assert.deepEqual([second.phase.value, argsOf("training.train")[0]], ["running", 10]);
  assert.equal(second.epoch.value, 0);
});

test("a run that nobody needs any more stops, and takes nothing in", async () => {
  const { run } = await made();
  await press(run.start);
  await train(0, 2);
  run.dispose();
  await settle();
  assert.ok(openCalls().includes("training.pause"));
  await train(2, 4);
  assert.equal(run.epoch.value, 2);
});

test("drawn at the end, figures wait, and the records don't", async () => {
  const { run, drawing } = await made();
  drawing.value = "end";
  await press(run.start);
  assert.deepEqual(argsOf("training.train"), [10, null, 0.5]);
  await train(0, 4, { drawn: false });
  assert.deepEqual([run.records.value.length, run.drawn.value.length], [4, 0]);
  await finish(4, 10);
  assert.deepEqual([run.records.value.length, run.drawn.value.length], [10, 10]);
});

test("an animated run is drawn as it goes, at a pace", async () => {
  const { run } = await made();
  await press(run.start);
  assert.equal(argsOf("training.train")[1], 60);
  await train(0, 4);
  assert.equal(run.drawn.value.length, 4);
});

test("the speed is shown while it runs, and only then", async () => {
  const { run } = await made();
  run.start();
  for (let epoch = 0; epoch < 8; epoch += 2) {
    await clock.pass(480); // and 20 to take it in
    await train(epoch, epoch + 2);
  }
  assert.ok(run.speed.value && Math.abs(run.speed.value - 4) < 0.5, `${run.speed.value}`);
  await finish(8, 10);
  assert.equal(run.speed.value, null);
});

test("the line of numbers says how far it is, of what is drawn", async () => {
  const { run } = make();
  assert.equal(describeProgress(run), "The model is on its way");
  run.start();
  assert.equal(describeProgress(run), "Starts as soon as the model is ready");
  await press(run.pause);
  await open();
  assert.equal(describeProgress(run), "Epoch 0 of 10 · not trained yet");
  await press(run.start);
  await finish(0, 10);
  // 9.00 and 3 are the boundary's; the log counted 2 for the last epoch, before its update.
  assert.equal(describeProgress(run), "Epoch 10 of 10 · loss 9.00 · 3 of 4 correct");
});

test("where an epoch takes long, the line says how many of its points are done", async () => {
  const { run } = await made();
  await press(run.start);
  for (const within of [1, 2, 3]) {
    await clock.pass(500);
    await train(0, 0, { drawn: false, within });
  }
  assert.equal(describeProgress(run), "Epoch 0 of 10 · 3 of 4 points · about 20 s left");
  assert.equal(run.passed.value, 0.75);
  await clock.pass(500);
  await train(0, 1);
  assert.match(describeProgress(run), /^Epoch 1 of 10 · 0 of 4 points · loss/);
});

test("a plane that takes long is on its way: the line says how much of it is drawn", async () => {
  const { run } = await made();
  await press(run.start);
  await train(0, 1, { drawn: false, drawing: 0.1 });
  assert.doesNotMatch(describeProgress(run), /drawn/); // which would come and go with each plane
  await clock.pass(600);
  await train(1, 1, { drawn: false, drawing: 0.429 });
  assert.match(describeProgress(run), /^Epoch 1 of 10 · plane 42 % drawn · /);
  await press(run.pause);
  await finish(1, 1);
  assert.doesNotMatch(describeProgress(run), /drawn/);
});

test("with no points of one's own yet there is nothing to train, and nothing is wrong", async () => {
  const { run, set } = await made();
  await press(run.start);
  await set({ own: NOBODY });
  await finish(0, 3);
  assert.deepEqual([run.phase.value, run.problem.value, run.points.value], ["ready", null, null]);
  assert.deepEqual([run.epoch.value, run.records.value.length], [0, 0]);
  assert.equal(describeProgress(run), "No points yet: press the plane to put some");
  await press(run.start);
  await press(run.step);
  await press(run.reset);
  assert.deepEqual([run.phase.value, run.problem.value], ["ready", null]);
  assert.ok(!openCalls().includes("training.open"));
  await set({ own: { x1: [0.5], x2: [0.5], label: [1] } });
  await open();
  assert.equal(run.points.value?.label.length, 4);
});

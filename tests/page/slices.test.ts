import { soon, StoppedClock } from "./page";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { ProblemError } from "../../web/src/protocol/problems";
import type { TrainingUpdate } from "../../web/src/protocol/training";
import { takeUp } from "../../web/src/worker/python";
import { training } from "../../web/src/worker/training";

/** What the bridge was asked, with its arguments. */
let asked: unknown[][] = [];
/** What it answers: for `advance` one after the other, and then the last again. */
let updates: object[] = [];
let answers: Record<string, unknown> = {};
const interrupt = new Uint8Array(1);

const call = (name: string, ...args: unknown[]) => {
  asked.push([name, ...args]);
  if (name === "training.advance") {
    const next = updates.length > 1 ? updates.shift() : updates[0];
    return "problem" in answers ? answers : { answer: next };
  }
  return { answer: answers[name] ?? null };
};
takeUp({ pyimport: () => ({ call }) } as unknown as Parameters<typeof takeUp>[0], interrupt);

const running = { finished: false, problem: null };
const finished = { finished: true, problem: null };
const names = () => asked.map(([name]) => String(name).replace("training.", ""));

beforeEach(() => {
  asked = [];
  answers = { "training.state": { ...running, boundary: "up to date" } };
});

/** Trains with a page that takes in each update at once, or when it is told to. */
function train(told: unknown[], epochs = 9, pace: number | null = null, hear = () => soon(0)) {
  const tell = (update: TrainingUpdate) => {
    told.push(update);
    return hear();
  };
  return training["training.train"]!(tell, epochs, pace) as Promise<void>;
}
const pause = () => training["training.pause"]!(async () => undefined);
const open = () => training["training.open"]!(async () => undefined, {} as never, null);

test("each update is told once, the last one too, and the answer carries none", async () => {
  updates = [{ ...running, n: 1 }, { ...running, n: 2 }, { ...finished, n: 3 }];
  const told: unknown[] = [];
  assert.equal(await train(told), undefined);
  assert.deepEqual(told, [{ ...running, n: 1 }, { ...running, n: 2 }, { ...finished, n: 3 }]);
  assert.deepEqual(names(), ["start", "advance", "advance", "advance"]);
  assert.deepEqual(asked[0], ["training.start", 9]);
});

test("a problem ends it, and is told once", async () => {
  updates = [{ finished: false, problem: "too large" }];
  const told: unknown[] = [];
  await train(told);
  assert.deepEqual(told, updates);
});

test("after a pause the state is told once, with its boundary, and nothing more is asked", async () => {
  updates = [running];
  const told: { boundary?: string }[] = [];
  const done = train(told);
  await soon(20);
  await pause();
  await done;
  const before = told.length;
  assert.equal(told.at(-1)?.boundary, "up to date");
  assert.equal(told.filter(({ boundary }) => boundary).length, 1);
  assert.equal(names().at(-1), "state");
  await soon(20);
  assert.equal(told.length, before);
});

test("a pause that is asked for at once is heard after the first slice", async () => {
  updates = [running];
  const told: unknown[] = [];
  const done = train(told);
  await pause();
  await done;
  assert.deepEqual(names(), ["start", "advance", "state"]);
  assert.equal(told.length, 2);
});

test("a pause when all is done anyway adds nothing", async () => {
  updates = [finished];
  const told: unknown[] = [];
  const done = train(told);
  await pause();
  await done;
  assert.deepEqual(told, [finished]);
});

test("a run that another model takes over from tells nothing of that model", async () => {
  updates = [running];
  const told: unknown[] = [];
  const done = train(told);
  await soon(10);
  await pause();
  await open();
  await done;
  assert.ok(told.every((update) => update === running));
  assert.ok(!names().includes("state"));
});

test("the answer waits until the last update has been taken in", async () => {
  updates = [finished];
  let take: () => void = () => undefined;
  let isDone = false;
  const done = train([], 9, null, () => new Promise<void>((resolve) => (take = resolve)));
  void done.then(() => (isDone = true));
  await soon(20);
  assert.equal(isDone, false);
  take();
  await done;
});

test("no update is told before the one before has been taken in", async () => {
  updates = [{ ...running, n: 1 }, { ...running, n: 2 }, { ...finished, n: 3 }];
  const told: unknown[] = [];
  const takes: (() => void)[] = [];
  const done = train(told, 9, null, () => new Promise<void>((resolve) => takes.push(resolve)));
  await soon(20);
  assert.equal(told.length, 1);
  assert.equal(names().filter((name) => name === "advance").length, 2, "the next is computed");
  for (const n of [2, 3]) {
    takes.shift()!();
    await soon(20);
    assert.equal(told.length, n);
  }
  takes.shift()!();
  await done;
});

test("at full speed all epochs are due and no boundary; to be watched, a few with one", async () => {
  updates = [finished];
  await train([], 1000, null);
  await train([], 1000, Infinity);
  await train([], 1000, 60);
  const [fast, all, paced] = asked.filter(([name]) => name === "training.advance");
  assert.deepEqual([fast![1], fast![3]], [1000, false]);
  assert.deepEqual([all![1], all![3]], [1000, true]);
  assert.deepEqual([paced![1], paced![3]], [1, true]);
  assert.ok((paced![2] as number) < (fast![2] as number), "a frame is shorter than a slice");
});

test("what the learner's library gets wrong goes to the page as a problem", async () => {
  updates = [running];
  answers = { problem: { kind: "NameError" } };
  await assert.rejects(train([]), (error) => {
    assert.ok(error instanceof ProblemError);
    assert.equal(error.problem.kind, "NameError");
    return true;
  });
});

test("a Stop that came too late interrupts nothing", async () => {
  updates = [finished];
  interrupt[0] = 2;
  await train([]);
  assert.equal(interrupt[0], 0);
});

test("after opening, when nothing else is asked for, the first epoch is prepared", async () => {
  const clock = new StoppedClock();
  try {
    updates = [finished];
    await open();
    await clock.pass(1000);
    assert.deepEqual(names(), ["open", "prepare"]);
    asked = [];
    await open();
    await train([]);
    await clock.pass(1000);
    assert.ok(!names().includes("prepare"));
  } finally {
    clock.release();
  }
});

test("a comparison goes on until there is a result, or training begins", async () => {
  let left = 3;
  const compare = training["training.compare"]!;
  Object.defineProperty(answers, "training.advanceComparison", {
    get: () => ((left -= 1) > 0 ? null : "the result"),
  });
  assert.equal(await compare(async () => undefined, {} as never, 2), "the result");
  assert.deepEqual(asked[0]!.slice(2), [2]);
  left = Infinity;
  const comparing = compare(async () => undefined, {} as never, 2);
  await soon(10);
  await open();
  assert.equal(await comparing, null);
});

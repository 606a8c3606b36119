import { soon } from "./page";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { ProblemError } from "../../web/src/protocol/problems";
import { ask, takeUp } from "../../web/src/worker/python";
import { training } from "../../web/src/worker/training";

/** What the worker has asked of the bridge, in order. */
const asked: unknown[][] = [];
/** What the bridge answers, by the names of its functions. */
let bridge: Record<string, (...args: never[]) => unknown> = {};

function call(name: string, ...args: never[]): unknown {
  asked.push([name, ...args]);
  const answer = bridge[name];
  return answer ? { answer: answer(...args) } : { answer: null };
}

function start(interrupt: Uint8Array | null = null, answer: (...args: never[]) => unknown = call) {
  const pyodide = {
    _module: { _emscripten_stack_get_base: () => 0 },
    _api: {},
    registerJsModule: () => undefined,
    unregisterJsModule: () => undefined,
    pyimport: () => ({ call: answer }),
  };
  const packages = { lock: "{}", wheel: () => new Uint8Array() };
  takeUp(pyodide as unknown as Parameters<typeof takeUp>[0], interrupt, packages);
}

/** A training that takes as many slices as there are epochs. */
function trainsFor(epochs: number): void {
  let epoch = 0;
  const update = () => ({ epoch, finished: epoch === epochs, problem: null });
  bridge = {
    "training.advance": () => {
      epoch += 1;
      return update();
    },
    "training.state": () => ({ ...update(), isState: true }),
  };
}

type Tell = (news: unknown) => Promise<void>;
const train = (tell: Tell, pace: number | null = null) =>
  training["training.train"]!(tell as never, 100, pace, 0.5);
const names = () => asked.map(([name]) => name);

beforeEach(() => {
  asked.length = 0;
  bridge = {};
  start();
});

test("every update is told once, the last one too, and the answer says nothing more", async () => {
  trainsFor(3);
  const told: unknown[] = [];
  const answer = await train(async (news) => void told.push(news));
  assert.equal(answer, undefined);
  assert.deepEqual(told, [
    { epoch: 1, finished: false, problem: null },
    { epoch: 2, finished: false, problem: null },
    { epoch: 3, finished: true, problem: null },
  ]);
  assert.deepEqual(names(), ["training.start", ...Array(3).fill("training.advance")]);
});

test("while the page takes one update in, the next is computed, and no more than that", async () => {
  trainsFor(5);
  const taken: (() => void)[] = [];
  const done = train(() => new Promise((resolve) => taken.push(resolve)));
  const counts = async (calls: number, updates: number) => {
    // Messages come when the machine has time for them; then, more than is due would follow soon.
    while (names().length < calls || taken.length < updates) await soon(1);
    await soon(5);
    assert.deepEqual([names().length, taken.length], [calls, updates]);
  };
  await counts(3, 1);
  taken[0]!();
  await counts(4, 2);
  for (let i = 1; i < 5; i++) {
    while (!taken[i]) await soon(1);
    taken[i]!();
  }
  await done;
});

test("a problem ends it", async () => {
  bridge = { "training.advance": () => ({ finished: false, problem: { kind: "Diverged" } }) };
  const told: unknown[] = [];
  await train(async (news) => void told.push(news));
  assert.equal(told.length, 1);
});

test("a pause is heard between two slices; the state comes then, and nothing after it", async () => {
  trainsFor(1000);
  const told: { epoch: number; isState?: boolean }[] = [];
  await train(async (news) => {
    told.push(news as { epoch: number });
    if (told.length === 3) await training["training.pause"]!(undefined as never);
  });
  assert.ok(told.length < 10);
  assert.equal(told.at(-1)!.isState, true);
  assert.deepEqual(told.map(({ isState }) => isState ?? false).indexOf(true), told.length - 1);
  const epochs = told.map(({ epoch }) => epoch);
  assert.deepEqual(epochs, [...epochs].sort((a, b) => a - b));
});

test("a model that is opened meanwhile ends the training of the old one", async () => {
  trainsFor(1000);
  bridge["training.open"] = () => ({ update: { drawing: null } });
  let told = 0;
  const done = train(async () => {
    told += 1;
    if (told === 3) await training["training.open"]!(undefined as never, {} as never, null);
  });
  await done;
  assert.ok(told < 10);
  assert.ok(!names().includes("training.state"), "what it has come to is of no interest");
});

test("what is opened is drawn in slices, and other messages are heard in between", async () => {
  let drawn = 0;
  const update = () => ({ drawing: drawn < 1 ? (drawn += 0.25) : null, boundary: drawn });
  bridge = { "training.open": () => ({ points: 4, update: update() }), "training.state": update };
  const opening = training["training.open"]!(undefined as never, {} as never, null);
  assert.deepEqual(names(), ["training.open"], "the rest waits until others were heard");
  assert.deepEqual(await opening, { points: 4, update: { drawing: null, boundary: 1 } });
  assert.deepEqual(names(), ["training.open", ...Array(4).fill("training.state")]);
  assert.ok(asked.every((args) => (args.at(-1) as number) <= 0.05), "a beat is answered soon");
});

test("a drawing without end ends neither opening nor a pause", async () => {
  const update = { drawing: 0.1, finished: false, problem: null };
  bridge = {
    "training.open": () => ({ update }),
    "training.state": () => update,
    "training.advance": () => update,
  };
  const opening = training["training.open"]!(undefined as never, {} as never, null);
  const train_ = train(async () => void (await training["training.pause"]!(undefined as never)));
  assert.deepEqual(await opening, { update });
  await train_;
  const [, seconds] = asked.at(-1)!;
  assert.ok((seconds as number) <= 1, "a pause does not wait for it");
});

test("a look at an earlier plane is drawn in slices, and gives way to another and to training", async () => {
  let slices = 0;
  bridge = { "training.look": () => ((slices += 1) < 5 ? null : { epoch: 3 }) };
  const look = () => training["training.look"]!(undefined as never, Float64Array.of(1));
  assert.deepEqual(await look(), { epoch: 3 });
  assert.equal(slices, 5);
  assert.ok(asked.every((args) => (args.at(-1) as number) <= 0.1), "a beat is answered soon");
  slices = -1000;
  const first = look();
  const second = look();
  assert.equal(await first, null);
  await training["training.pause"]!(undefined as never);
  assert.equal(await second, null);
  assert.ok(slices < -900, "nobody waits for them");
});

test("unpaced, each slice may take all epochs, and is drawn at the end only", async () => {
  trainsFor(1);
  await train(async () => undefined, null);
  const [, epochs, seconds, draws] = asked[1]!;
  assert.deepEqual([epochs, draws], [100, false]);
  assert.ok((seconds as number) > 0 && (seconds as number) <= 0.05, "Pause is heard soon");
});

test("paced, a slice has as many epochs as are due, and is drawn", async () => {
  trainsFor(4);
  await train(async () => undefined, 60);
  const advances = asked.filter(([name]) => name === "training.advance");
  assert.equal(advances.length, 4);
  assert.ok(advances.every(([, due, , draws]) => (due as number) < 20 && draws === true));
});

test("a comparison that training interrupts has no result", async () => {
  bridge = { "training.advanceComparison": () => null };
  const compare = () => training["training.compare"]!(undefined as never, {} as never, 2);
  const interrupted = compare();
  await soon(2);
  await training["training.pause"]!(undefined as never);
  assert.equal(await interrupted, null);
  let slices = 0;
  bridge = { "training.advanceComparison": () => ((slices += 1) < 3 ? null : { epochs: 7 }) };
  assert.deepEqual(await compare(), { epochs: 7 });
});

test("what is asked of the bridge is answered, or is a problem of the learner's library", () => {
  bridge = { "expression.evaluate": () => 22 };
  assert.equal(ask("expression.evaluate", { code: "x" }), 22);
  assert.deepEqual(asked, [["expression.evaluate", { code: "x" }]]);
  const problem = { kind: "NameError", message: "no x" };
  start(null, () => ({ problem }));
  assert.throws(
    () => ask("training.source"),
    (error) => error instanceof ProblemError && error.problem.kind === "NameError",
  );
});

test("a Python that has broken down is not taken for one that answers", () => {
  start(null, () => undefined);
  assert.throws(() => ask("training.source"), /ended Python/);
});

test("an interrupt that came too early or too late stops nothing else", () => {
  const interrupt = Uint8Array.of(2);
  start(interrupt);
  let during = -1;
  bridge = {
    "expression.evaluate": () => {
      during = interrupt[0]!;
      interrupt[0] = 2;
    },
  };
  ask("expression.evaluate");
  assert.deepEqual([during, interrupt[0]], [0, 0]);
});

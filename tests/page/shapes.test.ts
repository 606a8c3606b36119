import "./page";
import assert from "node:assert/strict";
import { test } from "node:test";
import { askThrough, answerThrough, type Handlers } from "../../web/src/protocol/messages";
import { plain } from "../../web/src/protocol/shape";
import { SHAPES } from "../../web/src/protocol/shapes";
import { firstExample } from "./graphs";
import { FakePort } from "./ports";

const library = { name: "Reference", version: "1.0" };
const { ids: _, ...graph } = firstExample();
const RESULT = {
  ...{ library, problem: null, output: "", value: 32, nodeCount: 7, graph },
  derivatives: [{ variable: "x", value: 2, derivative: 22, centralDifference: null }],
  names: ["x"],
  remark: null,
};
const UPDATE = {
  library,
  records: {
    first: 4,
    loss: Float64Array.of(1),
    correct: Float64Array.of(2),
    seconds: Float64Array.of(0.1),
    heldLoss: Float64Array.of(NaN),
    heldCorrect: Float64Array.of(NaN),
  },
  checkpoint: { epoch: 4, parameters: Float64Array.of(1, NaN) },
  ...{ within: 0, boundary: null, drawing: null, finished: false, problem: null, ran: null },
};
const MORE = { heldLoss: NaN, heldCorrect: NaN, outputs: new Float64Array(4), neurons: null };
const million = Array.from({ length: 1_000_000 }, () => "");

test("what is as it was promised is taken", () => {
  assert.ok(SHAPES.isAnswer("expression.evaluate", RESULT));
  assert.ok(SHAPES.isNews("training.train", UPDATE));
  assert.ok(SHAPES.isNews("checking.runTests", { count: 3 }));
  assert.ok(SHAPES.isAnswer("training.pause", undefined));
  assert.ok(SHAPES.isAnswer("training.compare", null));
});

test("what is of another type, or too large, or more than was promised, is not", () => {
  const bent: Record<string, object> = {
    "texts for a text": { output: million },
    "a long text": { output: "a".repeat(10_000_000) },
    "an object for a number": { value: { toString: "22" } },
    "markup with a length": { output: { length: 1 } },
    "a library of its own": { library: { name: "Mine", version: "1" } },
    "something more": { extra: million },
    "many nodes": { graph: { ...RESULT.graph, order: million } },
  };
  for (const [what, change] of Object.entries(bent)) {
    assert.ok(!SHAPES.isAnswer("expression.evaluate", { ...RESULT, ...change }), what);
  }
  const { output, ...less } = RESULT;
  assert.equal(output, "");
  assert.ok(!SHAPES.isAnswer("expression.evaluate", less), "something less");
  for (const epoch of [-1, 0.5, NaN, 1e300, "4"]) {
    const checkpoint = { ...UPDATE.checkpoint, epoch };
    assert.ok(!SHAPES.isNews("training.train", { ...UPDATE, checkpoint }), `epoch ${epoch}`);
  }
});

test("parts that belong together agree", () => {
  const boundary = { side: 2, values: new Float64Array(4), epoch: 4, loss: 1, correct: 2, ...MORE };
  assert.ok(SHAPES.isNews("training.train", { ...UPDATE, boundary }));
  const apart = [
    { boundary: { ...boundary, side: 3 } },
    { boundary: { ...boundary, values: new Float64Array(5) } },
    { records: { ...UPDATE.records, seconds: new Float64Array(0) } },
  ];
  for (const change of apart) assert.ok(!SHAPES.isNews("training.train", { ...UPDATE, ...change }));
});

test("what has no shape of its own is at least of some size", () => {
  const some = plain(100, 1_000);
  assert.ok(some({ a: [1, "two", { three: null }], b: new Float64Array(50) }));
  assert.ok(!some(million));
  assert.ok(!some("a".repeat(1_001)));
  assert.ok(!some(new Float64Array(200)));
  assert.ok(!some({ a: () => undefined }));
  const deep: unknown[] = [];
  deep.push(deep);
  assert.ok(!some(deep), "nor does it go round in circles");
});

test("nonsense does not leave the worker, and the page takes none", async () => {
  const [page, worker] = [new FakePort(), new FakePort()];
  [page.other, worker.other] = [worker, page];
  const answers: unknown[] = [{ ...RESULT, output: million }, RESULT];
  answerThrough(worker, { "expression.evaluate": () => answers.shift() } as unknown as Handlers);
  const ask = askThrough(page);
  const request = { code: "x", inputs: {}, maxNodes: 1 };
  await assert.rejects(ask("expression.evaluate", [request]), /no answer/);
  assert.ok(JSON.stringify(worker.sent).length < 1_000);
  assert.deepEqual(await ask("expression.evaluate", [request]), RESULT);
  // A worker whose program was got round.
  const asked = ask("expression.evaluate", [request]);
  page.hear({ call: 3, answer: { ...RESULT, output: million } });
  await assert.rejects(asked, /no answer/);
});

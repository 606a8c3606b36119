import { soon } from "./page";
import { StoppedClock } from "./clock";
import { FakeWorker } from "./ports";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { signal } from "@preact/signals";
import { createExpression } from "../../web/src/graph/expression";
import { startPython, status } from "../../web/src/python/client";
import { firstExample } from "./graphs";

const clock = new StoppedClock();
const python = () => FakeWorker.all.findLast((one) => !one.isTerminated)!;
const { ids: _, ...graph } = firstExample();

function answerWith(part: object = {}): Promise<void> {
  const rows = [{ variable: "x", value: 2, derivative: 22, centralDifference: 22 }];
  const library = { name: "Reference", version: "1" };
  const whole = { library, problem: null, output: "", value: 32, nodeCount: 7, graph, derivatives: rows, names: ["x"], remark: null };
  python().answer("expression.evaluate", { ...whole, ...part });
  return soon();
}

const problem = (kind: string, line: number | null = 3) => ({
  problem: { kind, message: "no", file: null, line, task: null, hint: null, traceback: "" },
  value: null,
  graph: null,
  derivatives: [],
  remark: null,
});

function fresh() {
  const [text, inputs] = [signal("x * x"), signal<Record<string, number>>({ x: 2 })];
  return { text, inputs, expression: createExpression({ text, inputs }) };
}

/** One whose evaluation is under way. */
async function running() {
  const all = fresh();
  void all.expression.evaluate();
  await soon();
  return all;
}

beforeEach(async () => {
  await clock.pass(3_600_000);
  startPython();
  if (!status.value.info) python().start();
  await soon();
});

test("it asks for what is written, with the inputs, and shows what comes", async () => {
  const { expression } = await running();
  const [request] = python().asked[0]!.args as [{ code: string; inputs: object }];
  assert.deepEqual([request.code, request.inputs], ["x * x", { x: 2 }]);
  assert.deepEqual([expression.isRunning.value, expression.note.value], [true, "Running…"]);
  await answerWith({ output: "printed" });
  assert.equal(expression.isRunning.value, false);
  assert.equal(expression.result.value?.value, 32);
  assert.equal(expression.output.value, "printed");
  assert.equal(expression.problem.value, null);
});

test("a new graph is first seen where its backward pass begins", async () => {
  const { expression } = await running();
  await answerWith();
  assert.deepEqual(expression.graph.value?.order, graph.order);
  assert.equal(expression.step.value, 0);
});

test("while it runs, it is not started again", async () => {
  const { expression } = await running();
  await expression.evaluate();
  assert.equal(python().asked.length, 1);
  await answerWith();
});

test("a problem leaves nothing of an earlier result", async () => {
  const { expression } = await running();
  await answerWith();
  void expression.evaluate();
  await soon();
  await answerWith({ ...problem("NameError"), output: "before it" });
  assert.equal(expression.problem.value?.kind, "NameError");
  assert.deepEqual([expression.result.value, expression.graph.value], [null, null]);
  assert.equal(expression.output.value, "before it");
});

test("of a graph that is too large the numbers come, and the last picture goes", async () => {
  const { expression } = await running();
  await answerWith();
  void expression.evaluate();
  await soon();
  await answerWith({ graph: null, nodeCount: 4000, value: 5 });
  assert.equal(expression.graph.value, null);
  assert.deepEqual([expression.result.value?.value, expression.result.value?.nodeCount], [5, 4000]);
});

test("code that was stopped is no problem", async () => {
  const { expression } = await running();
  await answerWith(problem("Stopped"));
  assert.deepEqual([expression.problem.value, expression.note.value], [null, "Stopped in line 3."]);
});

test("Stop ends it, with its Python where there is no other way", async () => {
  const { expression } = await running();
  const worker = python();
  expression.stop();
  await soon();
  assert.ok(worker.isTerminated);
  assert.deepEqual([expression.isRunning.value, expression.note.value], [false, "Stopped."]);
});

test("code that ends its Python is told apart from code that was stopped", async () => {
  const { expression } = await running();
  python().die("out of memory");
  await soon();
  assert.match(expression.problem.value?.message ?? "", /Your text is safe/);
});

test("what is shown is stale as soon as something else is written", async () => {
  const { expression, text, inputs } = await running();
  assert.equal(expression.isStale.value, false, "nothing is shown");
  await answerWith();
  assert.equal(expression.isStale.value, false);
  text.value = "x * y";
  assert.equal(expression.isStale.value, true);
  text.value = "x * x";
  inputs.value = { x: 2.5 };
  assert.equal(expression.isStale.value, true);
  inputs.value = { x: 2 };
  assert.equal(expression.isStale.value, false);
});

test("one that nobody needs any more is stopped", async () => {
  const { expression } = await running();
  const worker = python();
  expression.dispose();
  await soon();
  assert.ok(worker.isTerminated);
});

/** One that has shown its result, of which the answers follow. */
async function shown() {
  const all = await running();
  await answerWith();
  return all;
}

const inputsAsked = () => python().asked.map(({ args }) => (args as [{ inputs: object }])[0].inputs);

test("an input that moves is followed once somebody has run the text, and not before", async () => {
  const { expression, inputs } = fresh();
  inputs.value = { x: 3 };
  expression.follow();
  await soon();
  assert.equal(python().asked.length, 0, "nobody has asked for it");
  void expression.evaluate();
  await soon();
  await answerWith();
  inputs.value = { x: 4 };
  expression.follow();
  assert.deepEqual([expression.isStale.value, expression.isRunning.value], [false, false]);
  await soon();
  assert.deepEqual(inputsAsked(), [{ x: 4 }]);
  await answerWith({ value: 16 });
  assert.equal(expression.result.value?.value, 16);
});

test("of many moves the last one is evaluated, when the one before has been", async () => {
  const { expression, inputs } = await shown();
  for (const x of [3, 4, 5]) {
    inputs.value = { x };
    expression.follow();
  }
  await soon();
  assert.deepEqual(inputsAsked(), [{ x: 3 }]);
  await answerWith();
  assert.deepEqual(inputsAsked(), [{ x: 5 }]);
  await answerWith();
  assert.equal(python().asked.length, 0);
});

test("a text that was changed is not run by moving an input", async () => {
  const { expression, text, inputs } = await shown();
  text.value = "x * y";
  inputs.value = { x: 5 };
  expression.follow();
  await soon();
  assert.equal(python().asked.length, 0);
  assert.ok(expression.isStale.value);
});

test("after Stop, and with the inputs of a link, nothing is followed", async () => {
  for (const leave of ["stop", "unfollow"] as const) {
    const { expression, inputs } = await shown();
    expression[leave]();
    inputs.value = { x: 5 };
    expression.follow();
    await soon();
    assert.equal(python().asked.length, 0, leave);
    assert.ok(expression.isStale.value, leave);
  }
});

test("moving keeps the step in a graph of the same shape; Run begins anew", async () => {
  const { expression, inputs } = await shown();
  expression.step.value = 3;
  inputs.value = { x: 5 };
  expression.follow();
  await soon();
  await answerWith({ graph: { ...graph } });
  assert.equal(expression.step.value, 3);
  inputs.value = { x: 6 };
  expression.follow();
  await soon();
  await answerWith({ graph: { ...graph, order: graph.order.slice(1) } });
  assert.equal(expression.step.value, 0);
  expression.step.value = 2;
  void expression.evaluate();
  await soon();
  await answerWith();
  assert.equal(expression.step.value, 0);
});

test("where a moved input has no result the picture stays, as old, until there is one", async () => {
  const { expression, inputs } = await shown();
  inputs.value = { x: -1 };
  expression.follow();
  await soon();
  await answerWith(problem("ValueError", 1));
  assert.equal(expression.problem.value?.kind, "ValueError");
  assert.ok(expression.graph.value);
  assert.ok(expression.isStale.value);
  inputs.value = { x: 1 };
  expression.follow();
  await soon();
  await answerWith();
  assert.deepEqual([expression.problem.value, expression.isStale.value], [null, false]);
});

test("what takes long is seen running; Run pressed meanwhile runs what is written", async () => {
  const { expression, text, inputs } = await shown();
  inputs.value = { x: 5 };
  expression.follow();
  await soon();
  await clock.pass(299);
  assert.equal(expression.isRunning.value, false);
  text.value = "x * y";
  void expression.evaluate();
  assert.equal(expression.isRunning.value, true);
  await answerWith();
  const [request] = python().asked[0]!.args as [{ code: string }];
  assert.equal(request.code, "x * y");
  await answerWith();
  assert.equal(expression.isRunning.value, false);

  inputs.value = { x: 6 };
  expression.follow();
  await soon();
  await clock.pass(301);
  assert.equal(expression.isRunning.value, true);
  await answerWith();
  assert.equal(expression.isRunning.value, false);
});

test("the inputs that the text names are known, also where it has a problem", async () => {
  const { expression } = await running();
  assert.equal(expression.names.value, null);
  await answerWith({ ...problem("ZeroDivisionError"), names: ["w"] });
  assert.deepEqual(expression.names.value, ["w"]);
  void expression.evaluate();
  await soon();
  await answerWith({ ...problem("SyntaxError"), names: [] });
  assert.deepEqual(expression.names.value, ["w"], "it could not be read");
});

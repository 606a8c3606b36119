import assert from "node:assert/strict";
import { test } from "node:test";
import { ruleOf } from "../../web/src/graph/rules";
import { lastStep, nameOf, walkTo } from "../../web/src/graph/walk";
import { Builder, firstExample } from "./graphs";

const graph = firstExample();
const { x, y, ten, sum } = graph.ids;
const last = lastStep(graph);
const wordsAt = (step: number) => walkTo(graph, step).sentences.join(" ").replaceAll("\u00a0", " ");
/** The step at which a node is at work. */
const stepOf = (id: number) => graph.order.indexOf(id) + 1;

test("there is a step for each node, one before them and one after", () => {
  assert.equal(last, graph.order.length + 1);
  assert.equal(lastStep({ nodes: [], edges: [], order: [] }), 1);
});

test("at the start only the result has a derivative, which is 1", () => {
  const { active, done, received, usedEdges, activeEdges } = walkTo(graph, 0);
  assert.deepEqual([...received], [[sum, 1]]);
  assert.deepEqual([active, done.size, usedEdges.size, activeEdges.size], [null, 0, 0, 0]);
  assert.match(wordsAt(0), /begins at the result/);
});

test("each step takes the next node of the order", () => {
  graph.order.forEach((id, i) => {
    const { active, done } = walkTo(graph, i + 1);
    assert.equal(active, id);
    assert.deepEqual([...done], graph.order.slice(0, i + 1));
  });
});

test("at work are the edges into the node at work, and used are those of all before it too", () => {
  graph.order.forEach((id, i) => {
    const { activeEdges, usedEdges } = walkTo(graph, i + 1);
    const into = (ids: number[]) =>
      graph.edges.flatMap(({ target }, edge) => (ids.includes(target) ? [edge] : []));
    assert.deepEqual([...activeEdges], into([id]));
    assert.deepEqual([...usedEdges].sort(), into(graph.order.slice(0, i + 1)).sort());
  });
});

test("a node shows what has arrived so far, and in the end all", () => {
  // x is used three times: 10 comes from 10.0 * x first, then 2 * 3 along both edges of x * x.
  const seen = [];
  for (let step = 0; step <= last; step++) seen.push(walkTo(graph, step).received.get(x));
  assert.equal(seen[0], undefined);
  assert.deepEqual([...new Set(seen.filter((value) => value !== undefined))], [10, 22]);
  assert.deepEqual([walkTo(graph, last).received.get(y), seen.at(-1)], [4, 22]);
});

test("a node's derivative is complete when its turn comes", () => {
  for (const { id, derivative } of graph.nodes) {
    assert.equal(walkTo(graph, stepOf(id)).received.get(id), derivative);
  }
});

test("the end shows the finished graph: every derivative, and nothing at work", () => {
  const { active, done, received, activeEdges, usedEdges } = walkTo(graph, last);
  assert.deepEqual([active, activeEdges.size], [null, 0]);
  assert.equal(usedEdges.size, graph.edges.length);
  assert.equal(done.size, graph.nodes.length);
  for (const { id, derivative } of graph.nodes) assert.equal(received.get(id), derivative);
  assert.match(wordsAt(last), /is done/);
});

test("steps beyond either end are the ends", () => {
  assert.deepEqual(walkTo(graph, -3), walkTo(graph, 0));
  assert.deepEqual(walkTo(graph, last + 5), walkTo(graph, last));
});

test("a product says what it passes on to whom, as derivative times slope", () => {
  const product = graph.nodes.find(({ id }) => graph.edges.some((e) => e.target === id && e.source === y));
  const words = wordsAt(stepOf(product!.id));
  assert.match(words, /the slope for one factor is the other factor/);
  assert.match(words, /∂out\/∂\(Mul \(4\.0\)\) = 1\.0 · ∂Mul\/∂\(Mul \(4\.0\)\) = 1\.0 · 3\.0 = 3\.0;/);
  assert.match(words, /∂out\/∂\(y\) = 1\.0 · ∂Mul\/∂\(y\) = 1\.0 · 4\.0 = 4\.0\./);
});

test("what arrives from several sides is added, in words too", () => {
  assert.match(wordsAt(stepOf(x)), /x has received 10\.0 \+ 6\.0 \+ 6\.0 = 22\.0/);
  assert.match(wordsAt(stepOf(x)), /here the way back ends/);
  assert.match(wordsAt(stepOf(ten)), /The number 10\.0 has the derivative 2\.0\./);
});

test("all numbers are Python's own, to the last bit: none is computed here", () => {
  const [first, ...others] = graph.edges.filter(({ source }) => source === x);
  const told = { ...first!, slope: 7, contribution: 8, received: 9 };
  const odd = { ...graph, edges: graph.edges.map((edge) => (edge === first ? told : edge)) };
  const step = stepOf(told.target);
  assert.equal(walkTo(odd, step).received.get(x), 9);
  assert.match(walkTo(odd, step).sentences.join(" "), /= 1\.0\u00a0·\u00a07\.0\u00a0= 8\.0/);
  assert.equal(walkTo(odd, last).received.get(x), others.at(-1)!.received);
});

test("negative numbers in a sum or a product stand in brackets", () => {
  const made = new Builder();
  const a = made.input("a", 2);
  made.sum(made.mul(a, made.number(-3)), made.mul(a, made.number(5)));
  const signed = made.graph();
  const said = signed.order.map((_, i) => walkTo(signed, i + 1).sentences.join(" ")).join(" ");
  assert.match(said, /a has received (5\.0 \+ \(−3\.0\)|\(−3\.0\) \+ 5\.0) = 2\.0/);
  assert.match(said.replaceAll("\u00a0", " "), /1\.0 · \(−3\.0\) = −3\.0/);
});

test("many terms are counted, not listed", () => {
  const made = new Builder();
  const a = made.input("a", 2);
  let total = made.sum(a, a);
  for (let i = 0; i < 8; i++) total = made.sum(total, a);
  const many = made.graph();
  assert.match(walkTo(many, many.order.indexOf(a.id) + 1).sentences[0]!, /10 numbers, in all 10\.0/);
});

test("nothing flows to a constant", () => {
  const constant = { id: 1, operation: null, symbol: null, name: "c", value: 3, derivative: null };
  const input = { ...constant, id: 2, name: "x", derivative: 3 };
  const product = { ...constant, id: 3, operation: "Mul", symbol: "×", name: null, derivative: 1 };
  const edges = [
    { source: 1, target: 3, slope: null, contribution: null, received: null },
    { source: 2, target: 3, slope: 3, contribution: 3, received: 3 },
  ];
  const some = { nodes: [constant, input, product], edges, order: [3, 2] };
  const { received, usedEdges } = walkTo(some, lastStep(some));
  assert.equal(received.has(1), false);
  assert.deepEqual([...usedEdges], [1]);
});

test("a result that depends on nothing has nothing to pass back", () => {
  const made = { nodes: [], edges: [], order: [] };
  assert.match(walkTo(made, 0).sentences.join(" "), /nothing to pass back/);
  assert.equal(walkTo(made, 0).received.size, 0);
});

test("a node is called by its name, the number it is, or its operation", () => {
  const node = { id: 1, operation: null, symbol: null, name: null, value: 2, derivative: 0 };
  assert.equal(nameOf({ ...node, name: "x" }), "x");
  assert.equal(nameOf(node), "the number 2.0");
  assert.equal(nameOf({ ...node, operation: "Mul", symbol: "×" }), "Mul (2.0)");
  assert.equal(nameOf({ ...node, operation: "Mul", name: "a" }), "a");
});

test("a rule is told for what the course teaches, and none is made up for the learner's own", () => {
  assert.match(ruleOf("Mul") ?? "", /factor/);
  assert.equal(ruleOf("Cube"), null);
});

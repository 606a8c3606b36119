import { colors } from "./page";
import assert from "node:assert/strict";
import { test } from "node:test";
import { draw } from "../../web/src/graph/drawing";
import { layOut } from "../../web/src/graph/layout";
import { lastStep, walkTo } from "../../web/src/graph/walk";
import type { Graph } from "../../web/src/protocol/expression";
import type { Row } from "../../web/src/figures/figures";
import { theme } from "../../web/src/figures/theme";
import { Builder, firstExample, loop } from "./graphs";

/** Colours that tell what they are of. */
const named = Object.fromEntries(Object.keys(theme.value).map((name) => [name, name]));
const PALETTE = named as typeof theme.value;
const graph = firstExample();
const layout = layOut(graph);
/** What is drawn at a step; of the boxes, by columns. */
const drawAt = (step: number, of: Graph = graph) => {
  const { operations, leaves, ...others } = draw(layOut(of), walkTo(of, step), PALETTE);
  return { ...others, operations: columnsOf(operations), leaves: columnsOf(leaves) };
};
const stepOf = (id: number) => graph.order.indexOf(id) + 1;

function columnsOf(rows: Row[]): Record<string, (string | number)[]> {
  const names = Object.keys(rows[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name]!)]));
}

/** What a column says of the node with this title. */
function of(columns: ReturnType<typeof columnsOf>, title: string, column: string) {
  return columns[column]![columns["title"]!.indexOf(title)];
}

test("all columns of a source are of one length", () => {
  assert.equal(colors.size, 0);
  for (const some of [graph, loop(20, 2)]) {
    const { edges, heads, notes } = draw(layOut(some), walkTo(some, 3), PALETTE);
    for (const columns of [edges, heads, notes]) {
      const lengths = Object.values(columns).map((column) => column.length);
      assert.equal(new Set(lengths).size, 1);
    }
  }
});

test("every box has the same columns", () => {
  const { operations, leaves } = draw(layout, walkTo(graph, 3), PALETTE);
  const names = Object.keys(operations[0]!);
  for (const row of [...operations, ...leaves]) assert.deepEqual(Object.keys(row), names);
});

test("leaves and operations are drawn apart, each where it was laid out", () => {
  const { operations, leaves } = drawAt(0);
  assert.deepEqual(leaves["title"], ["x", "y", "10.0"]);
  assert.deepEqual(leaves["kind"], ["input", "input", "number"]);
  assert.deepEqual(operations["title"], ["×", "×", "×", "+"]);
  assert.deepEqual(operations["kind"], ["Mul #3", "Mul #4", "Mul #6", "Add #7"]);
  const places = layout.nodes.filter(({ node }) => node.operation === null);
  assert.deepEqual([leaves["x"], leaves["y"]], [places.map(({ x }) => x), places.map(({ y }) => y)]);
});

test("a box shows its value, and its derivative once one has arrived", () => {
  const { leaves } = drawAt(0);
  assert.deepEqual(leaves["value"], ["2.0", "3.0", "10.0"]);
  assert.deepEqual(leaves["derivative"], ["–", "–", "–"]);
  assert.deepEqual(drawAt(0).operations["derivative"], ["–", "–", "–", "1.0"]);
  assert.deepEqual(drawAt(lastStep(graph)).leaves["derivative"], ["22.0", "4.0", "2.0"]);
});

test("a sum that still grows is called so", () => {
  const { leaves } = drawAt(stepOf(graph.ids.x) - 1);
  const waiting = drawAt(stepOf(graph.ids.ten));
  assert.equal(of(waiting.leaves, "10.0", "derivative_label"), "derivative");
  assert.equal(of(waiting.leaves, "x", "derivative_label"), "so far");
  assert.equal(of(leaves, "x", "derivative_label"), "so far");
  assert.equal(of(drawAt(stepOf(graph.ids.x)).leaves, "x", "derivative_label"), "derivative");
});

test("the box at work stands out, and so does what something has arrived at", () => {
  const { operations, leaves } = drawAt(1);
  assert.equal(of(operations, "+", "fill"), "accent-soft");
  assert.ok((of(operations, "+", "line_width") as number) > (leaves["line_width"]![0] as number));
  assert.deepEqual(leaves["fill"], ["surface", "surface", "surface"]);
  assert.deepEqual(leaves["line"], ["edge", "edge", "edge"]);
  assert.deepEqual(drawAt(lastStep(graph)).leaves["line"], ["accent", "accent", "accent"]);
});

test("what flows back is written on its edge, and drawn over the others", () => {
  const product = graph.edges.find(({ source }) => source === graph.ids.y)!.target;
  const { edges, heads, notes } = drawAt(stepOf(product));
  assert.deepEqual([...notes["text"]!].sort(), ["3.0", "4.0"]);
  assert.equal(edges["width"]!.length, graph.edges.length);
  const widths = edges["width"]!.map(Number);
  assert.deepEqual([...widths].sort((a, b) => a - b), widths, "wide ones last");
  assert.equal(widths.filter((width) => width === Math.max(...widths)).length, 2);
  assert.deepEqual(edges["color"], heads["color"]);
});

test("an edge at work has its head where the derivative arrives", () => {
  const headsAt = (step: number) => {
    const { edges, heads } = drawAt(step);
    return edges["xs"]!.map((xs, i) => ({
      curve: xs as number[],
      tip: (heads["xs"]![i] as number[])[0],
    }));
  };
  assert.ok(headsAt(0).every(({ curve, tip }) => tip === curve.at(-1)));
  const back = headsAt(1).filter(({ curve, tip }) => tip === curve[0]);
  assert.equal(back.length, 2);
});

test("a name and its sign share the title; what is too long for a box is cut", () => {
  const made = new Builder();
  const x = made.input("a_very_long_name_of_an_input", 2);
  made.mul(x, x, "square");
  const long = made.graph();
  const { operations, leaves } = drawAt(0, long);
  assert.equal(operations["title"]![0], "square = ×");
  assert.equal(leaves["title"]![0], "a_very_long_n…");
});

test("a constant is called one, and waits for no derivative", () => {
  const constant = { id: 1, operation: null, symbol: null, name: null, value: 3, derivative: null };
  const alone = { nodes: [constant], edges: [], order: [] };
  const { leaves } = drawAt(0, alone);
  assert.deepEqual([leaves["kind"], leaves["derivative"]], [["constant"], ["–"]]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { BOX, type PlacedEdge, type Point } from "../../web/src/graph/curves";
import { signal } from "@preact/signals";
import { layOut, layoutsOf, type Direction, type Layout } from "../../web/src/graph/layout";
import { isSameShape } from "../../web/src/graph/sameshape";
import type { Graph } from "../../web/src/protocol/expression";
import { Builder, firstExample, loop } from "./graphs";

const GRAPHS = {
  "the first example": firstExample(),
  "a loop with one input": loop(12),
  "a loop with three inputs": loop(30, 3),
  "one leaf": leafAlone(),
};
const LAID_OUT: Record<string, Layout> = Object.fromEntries(
  Object.entries(GRAPHS).flatMap(([name, graph]) => [
    [name, layOut(graph)],
    [`${name}, from top to bottom`, layOut(graph, "down")],
  ]),
);

function leafAlone() {
  const made = new Builder();
  made.input("x", 1);
  return made.graph();
}

function boxOf({ nodes }: Layout, id: number) {
  const { x, y } = nodes.find(({ node }) => node.id === id)!;
  const [w, h] = [BOX.width / 2, BOX.height / 2];
  return { x, y, left: x - w, right: x + w, top: y - h, bottom: y + h };
}

type Box = ReturnType<typeof boxOf>;

const boxesOf = (layout: Layout) => layout.nodes.map(({ node }) => boxOf(layout, node.id));
/** The edges that lead over several columns: they run above all boxes. */
const farEdges = (layout: Layout) => {
  const top = Math.min(...boxesOf(layout).map((box) => box.top));
  return layout.edges.filter(({ curve }) => curve.some(({ y }) => y < top));
};
/** How high an edge's highest part runs. */
const laneOf = ({ curve }: PlacedEdge) => Math.min(...curve.map(({ y }) => y));

for (const [name, layout] of Object.entries(LAID_OUT)) {
  test(`${name}: boxes don't overlap`, () => {
    const boxes = boxesOf(layout);
    boxes.forEach((a, i) => {
      for (const b of boxes.slice(i + 1)) {
        assert.ok(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top);
      }
    });
  });

  test(`${name}: all is inside the picture, with a margin around the boxes`, () => {
    const within = ({ x, y }: Point) => x >= 0 && y >= 0 && x <= layout.width && y <= layout.height;
    for (const { left, right, top, bottom } of boxesOf(layout)) {
      assert.ok(within({ x: left - 8, y: top - 8 }) && within({ x: right + 8, y: bottom + 8 }));
    }
    assert.ok(layout.edges.every(({ curve }) => curve.every(within)));
  });

  test(`${name}: each edge leads from the end of its box to the beginning of the next`, () => {
    for (const { edge, curve } of layout.edges) {
      const [from, to] = [boxOf(layout, edge.source), boxOf(layout, edge.target)];
      const [start, end] = [curve[0]!, curve.at(-1)!];
      if (layout.direction === "down") {
        assert.deepEqual([start.y, end.y], [from.bottom, to.top]);
        assert.ok(from.bottom < to.top, "results are below what they are made of");
        assert.ok(start.x > from.left && start.x < from.right && end.x > to.left);
        assert.ok(end.x < to.right);
        continue;
      }
      assert.deepEqual([start.x, end.x], [from.right, to.left]);
      assert.ok(from.right < to.left, "results are to the right of what they are made of");
      assert.ok(start.y > from.top && start.y < from.bottom && end.y > to.top && end.y < to.bottom);
    }
  });

  test(`${name}: no edge runs through a box`, () => {
    const inside = ({ x, y }: Point) =>
      boxesOf(layout).some(
        (box) => x > box.left + 1 && x < box.right - 1 && y > box.top + 1 && y < box.bottom - 1,
      );
    for (const { curve } of layout.edges) assert.ok(!curve.some(inside));
  });
}

test("every node and every edge is placed once", () => {
  const graph = firstExample();
  const { nodes, edges } = layOut(graph);
  assert.deepEqual(nodes.map(({ node }) => node), graph.nodes);
  assert.deepEqual(edges.map(({ edge }) => edge), graph.edges);
});

test("the two edges of x * x are seen as two", () => {
  const made = new Builder();
  const x = made.input("x", 2);
  made.mul(x, x);
  const [a, b] = layOut(made.graph()).edges;
  assert.notEqual(a!.curve[0]!.y, b!.curve[0]!.y);
  assert.notEqual(a!.curve.at(-1)!.y, b!.curve.at(-1)!.y);
});

test("edges that enter a box together do so in the order of where they come from", () => {
  const layout = LAID_OUT["the first example"]!;
  const { node: result } = layout.nodes.find(({ node }) => node.id === firstExample().ids.sum)!;
  const entering = layout.edges.filter(({ edge }) => edge.target === result.id);
  assert.equal(entering.length, 2);
  entering.sort((a, b) => boxOf(layout, a.edge.source).y - boxOf(layout, b.edge.source).y);
  assert.ok(entering[0]!.curve.at(-1)!.y < entering[1]!.curve.at(-1)!.y, "they don't cross");
});

test("what is used far away is led along above the boxes", () => {
  assert.equal(farEdges(LAID_OUT["the first example"]!).length, 0);
  assert.ok(farEdges(LAID_OUT["a loop with one input"]!).length >= 7);
});

test("the far edges of one box share a lane, and those of others beside them have their own", () => {
  const layout = LAID_OUT["a loop with three inputs"]!;
  const lanes = new Map<number, Set<number>>();
  for (const far of farEdges(layout)) {
    const known = lanes.get(far.edge.source) ?? new Set();
    lanes.set(far.edge.source, known.add(laneOf(far)));
  }
  assert.equal(lanes.size, 3);
  assert.ok([...lanes.values()].every((of) => of.size === 1), "one lane each");
  const heights = [...lanes.values()].flatMap((of) => [...of]).sort((a, b) => a - b);
  assert.equal(new Set(heights).size, 3);
  heights.slice(1).forEach((height, i) => assert.ok(height - heights[i]! >= 10, "told apart"));
});

test("a lane serves another box once the first one's edges have left it", () => {
  const made = new Builder();
  let total = made.number(1);
  for (let part = 0; part < 3; part++) {
    const x = made.mul(total, made.input(`x${part}`, 2));
    total = x;
    for (let round = 0; round < 6; round++) total = made.sum(total, made.number(round));
    total = made.sum(total, x);
  }
  const layout = layOut(made.graph());
  const far = farEdges(layout);
  assert.equal(new Set(far.map(({ edge }) => edge.source)).size, 3);
  assert.equal(new Set(far.map(laneOf)).size, 1);
});

test("a lane runs level over the boxes between", () => {
  const layout = LAID_OUT["a loop with one input"]!;
  for (const far of farEdges(layout)) {
    const [from, to] = [boxOf(layout, far.edge.source), boxOf(layout, far.edge.target)];
    const between = far.curve.filter(({ x }) => x > from.right + 100 && x < to.left - 100);
    assert.ok(between.every(({ y }) => y === laneOf(far)));
  }
});

test("the heads sit where the derivative or the value arrives, and point there", () => {
  for (const { curve, headForward, headBack } of LAID_OUT["the first example"]!.edges) {
    const [start, end] = [curve[0]!, curve.at(-1)!];
    assert.deepEqual(headForward[0], end);
    assert.deepEqual(headBack[0], start);
    assert.ok(headForward.slice(1).every(({ x }) => x < end.x), "to the right");
    assert.ok(headBack.slice(1).every(({ x }) => x > start.x), "to the left");
    assert.equal(headForward[1]!.y + headForward[2]!.y, 2 * end.y);
  }
});

test("a number finds room on its curve, between two columns of boxes", () => {
  for (const layout of Object.values(LAID_OUT)) {
    for (const { curve, middle } of layout.edges) {
      assert.ok(curve.some(({ x, y }) => x === middle.x && y === middle.y));
      const isFree =
        layout.direction === "right"
          ? ({ left, right }: Box) => middle.x < left || middle.x > right
          : ({ top, bottom }: Box) => middle.y < top || middle.y > bottom;
      assert.ok(boxesOf(layout).every(isFree));
    }
  }
});

test("curves leave and enter their boxes level", () => {
  for (const { curve } of LAID_OUT["the first example"]!.edges) {
    const slopes = curve.slice(1).map(({ x, y }, i) => Math.abs((y - curve[i]!.y) / (x - curve[i]!.x)));
    const level = 0.2 * Math.max(...slopes);
    assert.ok(slopes[0]! <= level && slopes.at(-1)! <= level);
  }
});

test("a graph of three hundred nodes, the most that is drawn, is laid out whole", () => {
  assert.equal(layOut(loop(299)).nodes.length, 301);
});

const numbered = (first: number, { nodes, edges, order }: Graph): Graph => {
  const renamed = (id: number) => id + first;
  return {
    nodes: nodes.map((node) => ({ ...node, id: renamed(node.id), value: node.value + 1 })),
    edges: edges.map((edge) => ({
      ...edge,
      source: renamed(edge.source),
      target: renamed(edge.target),
    })),
    order: order.map(renamed),
  };
};

test("a graph that has other numbers only has the places of the one before", () => {
  const graph = signal<Graph | null>(firstExample());
  const layouts = layoutsOf(graph);
  const before = layouts.value;
  const after = numbered(50, firstExample());
  graph.value = after;
  const places = ({ nodes }: Layout) => nodes.map(({ x, y }) => [x, y]);
  assert.deepEqual(places(layouts.value), places(before));
  assert.equal(layouts.value.edges[0]!.curve, before.edges[0]!.curve, "nothing was laid out anew");
  assert.deepEqual(layouts.value.nodes.map(({ node }) => node), after.nodes);
  assert.deepEqual(layouts.value.edges.map(({ edge }) => edge), after.edges);

  graph.value = loop(3);
  assert.deepEqual(places(layouts.value), places(layOut(loop(3))));
  graph.value = null;
  assert.equal(layouts.value.nodes.length, 5, "what was there last stays until it is taken away");
});

test("a window of another shape lays the graph out anew", () => {
  const direction = signal<Direction>("right");
  const layouts = layoutsOf(signal<Graph | null>(firstExample()), direction);
  const { width, height } = layouts.value;
  direction.value = "down";
  assert.ok(layouts.value.width < width && layouts.value.height > height);
  direction.value = "right";
  assert.deepEqual([layouts.value.width, layouts.value.height], [width, height]);
});

test("a shape is the boxes, their names, and what leads where", () => {
  const graph = firstExample();
  assert.ok(isSameShape(graph, numbered(7, graph)));
  assert.ok(!isSameShape(graph, loop(2)));
  assert.ok(!isSameShape(graph, null));
  const [first, second, ...others] = graph.edges;
  const turned = { ...graph, edges: [second!, first!, ...others] };
  const isTwice = first!.source === second!.source;
  assert.equal(isSameShape(graph, turned), isTwice);
  const renamed = graph.nodes.map((node, i) => (i === 0 ? { ...node, name: "w" } : node));
  assert.ok(!isSameShape(graph, { ...graph, nodes: renamed }));
});

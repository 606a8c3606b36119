/**
 * Where the boxes and curves of a computation graph go: dagre decides, in pixels, left to right; or
 * from top to bottom, where there is more room that way: then all is placed as if the boxes were
 * higher than wide, and mirrored at the diagonal.
 *
 * An edge that leads over many columns costs dagre seconds, and gets a row of its own: a loop that
 * uses `x` in every round would give a picture of lines. So dagre only gets the edges between
 * columns that are near each other; the others run above the graph, those of one box along the
 * same lane.
 */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { Graph as Dagre, layout as runDagre } from "@dagrejs/dagre";
import { BOX, drawEdges, type PlacedEdge, type Point, type Route, type Size } from "./curves";
import type { Graph, GraphEdge, GraphNode } from "../protocol/expression";
import { isSameShape } from "./sameshape";

const MARGIN = 24;
const LANE_GAP = 18;
/** From inputs to the result. */
export type Direction = "right" | "down";
/** The boxes as they are placed before any mirroring, and the gap between their columns. */
const COLUMNS: Record<Direction, { box: Size; gap: number }> = {
  right: { box: BOX, gap: 92 },
  down: { box: { width: BOX.height, height: BOX.width }, gap: 60 },
};
/** Edges that lead over more columns than this run along a lane. */
const FAR = 3;

export interface PlacedNode extends Point {
  node: GraphNode;
}

export interface Layout {
  /** What is laid out. */
  graph: Graph;
  direction: Direction;
  width: number;
  height: number;
  nodes: PlacedNode[];
  edges: PlacedEdge[];
}

export function layOut(graph: Graph, direction: Direction = "right"): Layout {
  const { box } = COLUMNS[direction];
  const heights = heightsOf(graph);
  const span = ({ source, target }: GraphEdge) =>
    (heights.get(source) ?? 0) - (heights.get(target) ?? 0);
  const isFar = (edge: GraphEdge) => span(edge) > FAR;
  const dagre = arrange(graph, isFar, direction);

  const nodes = graph.nodes.map((node) => {
    const { x = 0, y = 0 } = dagre.node(String(node.id));
    return { node, x, y };
  });
  const places = new Map(nodes.map((placed) => [placed.node.id, placed]));
  const columns = new Set(nodes.map(({ x }) => Math.round(x)));
  const routes = graph.edges.flatMap((edge, i): Route[] => {
    const [from, to] = [places.get(edge.source), places.get(edge.target)];
    if (!from || !to) return [];
    if (isFar(edge)) return [{ edge, from, to, via: [], lane: true }];
    const { points = [] } = dagre.edge(String(edge.source), String(edge.target), String(i));
    return [{ edge, from, to, via: between(points, from, to, columns, box.width / 2), lane: false }];
  });

  const lanes = layLanes(routes.filter((route) => route.lane), direction);
  const room = lanes === 0 ? 0 : (lanes + 1) * LANE_GAP;
  const { width = 0, height = 0 } = dagre.graph();
  // All coordinates are shared, so moving the boxes and the routes' points moves the picture.
  for (const placed of nodes) placed.y += room;
  for (const route of routes) for (const point of route.via) point.y += room;
  const edges = drawEdges(routes, box);
  const layout: Layout = { graph, direction, width, height: height + room, nodes, edges };
  return direction === "right" ? layout : mirrored(layout);
}

function mirrored({ width, height, nodes, edges, ...rest }: Layout): Layout {
  const flip = ({ x, y }: Point): Point => ({ x: y, y: x });
  return {
    ...rest,
    width: height,
    height: width,
    nodes: nodes.map((placed) => ({ ...placed, ...flip(placed) })),
    edges: edges.map(({ edge, curve, headForward, headBack, middle }) => ({
      edge,
      curve: curve.map(flip),
      headForward: headForward.map(flip),
      headBack: headBack.map(flip),
      middle: flip(middle),
    })),
  };
}

/**
 * The layouts of the graphs that a signal has, one after the other. One that is like the one before
 * but for its numbers has its places: dagre would take many times as long as the numbers did.
 */
export function layoutsOf(
  graph: ReadonlySignal<Graph | null>,
  direction: ReadonlySignal<Direction> = signal("right"),
): ReadonlySignal<Layout> {
  let last = NOTHING;
  return computed(() => {
    const now = graph.value ?? last.graph;
    const hasPlaces = last.direction === direction.value && isSameShape(last.graph, now);
    last = hasPlaces ? inPlaceOf(last, now) : layOut(now, direction.value);
    return last;
  });
}

const NOTHING: Layout = {
  graph: { nodes: [], edges: [], order: [] },
  direction: "right",
  width: 0,
  height: 0,
  nodes: [],
  edges: [],
};

function inPlaceOf(layout: Layout, graph: Graph): Layout {
  const nodes = layout.nodes.map((placed, i) => ({ ...placed, node: graph.nodes[i]! }));
  const edges = layout.edges.map((placed, i) => ({ ...placed, edge: graph.edges[i]! }));
  return { ...layout, graph, nodes, edges };
}

/** The longest way from each node to the result, in edges: its column, counted from the result. */
function heightsOf(graph: Graph): Map<number, number> {
  const heights = new Map<number, number>();
  const incoming = new Map<number, number[]>();
  const waiting = new Map<number, number>(graph.nodes.map(({ id }) => [id, 0]));
  for (const { source, target } of graph.edges) {
    incoming.set(target, [...(incoming.get(target) ?? []), source]);
    waiting.set(source, (waiting.get(source) ?? 0) + 1);
  }
  // From the result on, a node is ready once all that use it have been seen.
  const ready = graph.nodes.filter(({ id }) => waiting.get(id) === 0).map(({ id }) => id);
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    const next = (heights.get(id) ?? 0) + 1;
    for (const operand of incoming.get(id) ?? []) {
      heights.set(operand, Math.max(heights.get(operand) ?? 0, next));
      const left = (waiting.get(operand) ?? 0) - 1;
      waiting.set(operand, left);
      if (left === 0) ready.push(operand);
    }
  }
  return heights;
}

function arrange(
  graph: Graph,
  isFar: (edge: GraphEdge) => boolean,
  direction: Direction,
): Dagre {
  const { box, gap } = COLUMNS[direction];
  const dagre = new Dagre({ directed: true, multigraph: true });
  dagre.setGraph({
    rankdir: "LR",
    // Columns by the longest way to the result, as `heightsOf` counts them.
    ranker: "longest-path",
    nodesep: 28,
    edgesep: 18,
    ranksep: gap,
    marginx: MARGIN,
    marginy: MARGIN,
  });
  for (const { id } of graph.nodes) dagre.setNode(String(id), { ...box });
  graph.edges.forEach((edge, i) => {
    if (!isFar(edge)) dagre.setEdge(String(edge.source), String(edge.target), {}, String(i));
  });
  runDagre(dagre);
  return dagre;
}

/** Of dagre's points those beside a box of a column between: there the edge runs flat past it. */
function between(
  points: Point[],
  from: Point,
  to: Point,
  columns: Set<number>,
  half: number,
): Point[] {
  return points
    .filter(({ x }) => x > from.x + half + 1 && x < to.x - half - 1 && columns.has(Math.round(x)))
    .flatMap(({ x, y }) => [
      { x: x - half, y },
      { x: x + half, y },
    ]);
}

/**
 * Gives the edges of each box a lane above the graph; a lane serves another box once the first
 * one's edges have left it. Returns how many lanes there are.
 */
function layLanes(routes: Route[], direction: Direction): number {
  const { box, gap } = COLUMNS[direction];
  const bySource = new Map<Point, Route[]>();
  for (const route of routes)
    bySource.set(route.from, [...(bySource.get(route.from) ?? []), route]);
  const sources = [...bySource].sort(([a], [b]) => a.x - b.x);
  const ends: number[] = [];
  const reach = box.width / 2 + 0.8 * gap;
  for (const [from, own] of sources) {
    const free = ends.findIndex((end) => end < from.x);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = Math.max(...own.map(({ to }) => to.x));
    const y = -lane * LANE_GAP;
    for (const route of own) {
      route.via = [
        { x: from.x + reach, y },
        { x: route.to.x - reach, y },
      ];
    }
  }
  return ends.length;
}

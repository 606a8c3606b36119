/**
 * Where the boxes and curves of a computation graph go: dagre decides, in pixels, left to right.
 *
 * dagre gives each edge a few points to pass through. Here they become smooth curves that leave
 * a box on its right and enter the next on its left, each at a place of its own, so that the two
 * edges of `x * x` are seen as two.
 */
import { Graph as Dagre, layout as runDagre } from "@dagrejs/dagre";
import type { Graph, GraphEdge, GraphNode } from "./protocol";

export const BOX = { width: 164, height: 84 };
const MARGIN = 24;
const HEAD = { length: 9, width: 8 };
const PORT_GAP = 22;
/** Straight pieces a curve between two points is drawn with. */
const STEPS = 16;

export interface Point {
  x: number;
  y: number;
}

export interface PlacedNode extends Point {
  node: GraphNode;
}

export interface PlacedEdge {
  edge: GraphEdge;
  curve: Point[];
  /** Triangles at the end of the curve, and at its start for what flows back. */
  headForward: Point[];
  headBack: Point[];
  /** A place on the curve for a number. */
  middle: Point;
}

export interface Layout {
  width: number;
  height: number;
  nodes: PlacedNode[];
  edges: PlacedEdge[];
}

/** An edge with the points it has to pass through between its two boxes. */
interface Route {
  edge: GraphEdge;
  from: Point;
  to: Point;
  via: Point[];
}

export function layOut(graph: Graph): Layout {
  const dagre = new Dagre({ directed: true, multigraph: true });
  dagre.setGraph({
    rankdir: "LR",
    nodesep: 28,
    edgesep: 18,
    ranksep: 92,
    marginx: MARGIN,
    marginy: MARGIN,
  });
  for (const { id } of graph.nodes) dagre.setNode(String(id), { ...BOX });
  graph.edges.forEach(({ from, to }, i) => {
    dagre.setEdge(String(from), String(to), {}, String(i));
  });
  runDagre(dagre);

  const nodes = graph.nodes.map((node) => {
    const { x = 0, y = 0 } = dagre.node(String(node.id));
    return { node, x, y };
  });
  const places = new Map(nodes.map((placed) => [placed.node.id, placed]));
  const columns = new Set(nodes.map(({ x }) => Math.round(x)));
  const routes = graph.edges.flatMap((edge, i): Route[] => {
    const [from, to] = [places.get(edge.from), places.get(edge.to)];
    if (!from || !to) return [];
    const points = dagre.edge(String(edge.from), String(edge.to), String(i)).points ?? [];
    return [{ edge, from, to, via: between(points, from, to, columns) }];
  });
  const { width = 0, height = 0 } = dagre.graph();
  return { width, height, nodes, edges: drawEdges(routes) };
}

/** Of dagre's points only those that lead past boxes; each becomes flat along the box's width. */
function between(points: Point[], from: Point, to: Point, columns: Set<number>): Point[] {
  const half = BOX.width / 2;
  return points
    .filter(({ x }) => x > from.x + half + 1 && x < to.x - half - 1 && columns.has(Math.round(x)))
    .flatMap(({ x, y }) => [
      { x: x - half, y },
      { x: x + half, y },
    ]);
}

function drawEdges(routes: Route[]): PlacedEdge[] {
  const starts = ports(routes, (route) => route.from, (route) => route.via[0] ?? route.to);
  const ends = ports(routes, (route) => route.to, (route) => route.via.at(-1) ?? route.from);
  return routes.map((route) => {
    const start = { x: route.from.x + BOX.width / 2, y: route.from.y + (starts.get(route) ?? 0) };
    const end = { x: route.to.x - BOX.width / 2, y: route.to.y + (ends.get(route) ?? 0) };
    const curve = smooth([start, ...route.via, end]);
    return {
      edge: route.edge,
      curve,
      headForward: head(end, -1),
      headBack: head(start, 1),
      // In the gap before the box it enters: there no other box is in the way.
      middle: curve.at(-1 - STEPS / 2) ?? start,
    };
  });
}

/** The height at which each edge meets its box: in the order of where they come from. */
function ports(
  routes: Route[],
  at: (route: Route) => Point,
  towards: (route: Route) => Point,
): Map<Route, number> {
  const sides = groupBy(routes, at);
  const offsets = new Map<Route, number>();
  for (const side of sides.values()) {
    const sorted = [...side].sort((a, b) => towards(a).y - towards(b).y);
    const gap = Math.min(PORT_GAP, (BOX.height - 24) / sorted.length);
    sorted.forEach((route, i) => offsets.set(route, (i - (sorted.length - 1) / 2) * gap));
  }
  return offsets;
}

function groupBy<T, K>(items: T[], key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

/** Bézier curves through the points, horizontal at each of them. */
function smooth(points: Point[]): Point[] {
  const curve: Point[] = points.slice(0, 1);
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1]!, points[i]!];
    for (let k = 1; k <= STEPS; k++) {
      const t = k / STEPS;
      // A cubic whose control points are half way across, one at each end's height.
      const along = 1.5 * t * (1 - t) + t ** 3;
      const up = 3 * t ** 2 - 2 * t ** 3;
      curve.push({ x: a.x + (b.x - a.x) * along, y: a.y + (b.y - a.y) * up });
    }
  }
  return curve;
}

/** A triangle with its tip at `tip`, its body to the left (-1) or right (1). */
function head(tip: Point, side: -1 | 1): Point[] {
  const x = tip.x + side * HEAD.length;
  return [tip, { x, y: tip.y - HEAD.width / 2 }, { x, y: tip.y + HEAD.width / 2 }];
}

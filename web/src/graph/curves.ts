/**
 * The edges of a computation graph as curves: each leaves a box on its right and enters the next
 * on its left, at a place of its own, so that the two edges of `x * x` are seen as two.
 */
import type { GraphEdge } from "../protocol/expression";

export interface Size {
  width: number;
  height: number;
}

export const BOX: Size = { width: 164, height: 84 };
const HEAD = { length: 9, width: 8 };
const PORT_GAP = 22;
/** Straight pieces a curve between two points is drawn with. */
const STEPS = 24;

export interface Point {
  x: number;
  y: number;
}

/** An edge with the points it has to pass through between its two boxes. */
export interface Route {
  edge: GraphEdge;
  from: Point;
  to: Point;
  via: Point[];
  /** Whether it runs along a lane, together with others that come from the same box. */
  lane: boolean;
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

export function drawEdges(routes: Route[], box = BOX): PlacedEdge[] {
  const starts = ports(
    routes,
    box,
    (route) => route.from,
    (route) => route.via[0] ?? route.to,
    (route) => (route.lane ? "lane" : route),
  );
  const ends = ports(
    routes,
    box,
    (route) => route.to,
    (route) => route.via.at(-1) ?? route.from,
    (route) => route,
  );
  return routes.map((route) => {
    const start = { x: route.from.x + box.width / 2, y: route.from.y + (starts.get(route) ?? 0) };
    const end = { x: route.to.x - box.width / 2, y: route.to.y + (ends.get(route) ?? 0) };
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

/**
 * How far above or below the middle of its box each edge meets it: in the order of where the
 * edges lead, those of one `bundle` at one place.
 */
function ports(
  routes: Route[],
  box: Size,
  at: (route: Route) => Point,
  towards: (route: Route) => Point,
  bundle: (route: Route) => unknown,
): Map<Route, number> {
  const offsets = new Map<Route, number>();
  for (const side of groupBy(routes, at).values()) {
    const sorted = [...side].sort((a, b) => towards(a).y - towards(b).y);
    const bundles = [...groupBy(sorted, bundle).values()];
    const gap = Math.min(PORT_GAP, (box.height - 24) / bundles.length);
    bundles.forEach((together, i) => {
      const offset = (i - (bundles.length - 1) / 2) * gap;
      for (const route of together) offsets.set(route, offset);
    });
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

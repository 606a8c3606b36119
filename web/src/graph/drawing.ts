/** From a layout and a step of the walk to what the figure of `web/figures/graph.py` draws. */
import { BOX, type PlacedEdge, type Point } from "./curves";
import type { Layout, PlacedNode } from "./layout";
import { numbersOf } from "./labels";
import { float } from "../format";
import type { Row } from "../figures/figures";
import type { Theme } from "../figures/theme";
import type { WalkState } from "./walk";

type Columns = Record<string, (string | number | number[])[]>;

export interface Drawing {
  operations: Row[];
  leaves: Row[];
  edges: Columns;
  heads: Columns;
  notes: Columns;
}

const PADDING = 14;
const LINE_GAP = 21;
/** Longer titles would run out of the box. */
const TITLE_LENGTH = 14;

/**
 * `wrong`: the node at which a learner's library goes wrong, if it is known. `zoom`: how many pixels
 * a unit of the layout takes.
 */
export function draw(
  layout: Layout,
  walk: WalkState,
  colors: Theme,
  wrong: number | null = null,
  zoom = 1,
): Drawing {
  const letters = lettersAt(zoom);
  const numbers = numbersOf(layout.nodes.map(({ node }) => node));
  const isLeaf = ({ node }: PlacedNode) => node.operation === null;
  const row = (placed: PlacedNode): Row => {
    const number = numbers.get(placed.node.id) ?? 0;
    const usual = { ...nodeRow(placed, walk, colors, number), ...letters };
    return placed.node.id === wrong ? { ...usual, ...markOfFault(colors) } : usual;
  };
  const rows = (nodes: PlacedNode[]) => nodes.map(row);
  return {
    operations: rows(layout.nodes.filter((placed) => !isLeaf(placed))),
    leaves: rows(layout.nodes.filter(isLeaf)),
    ...drawEdges(layout.edges, walk, colors, letters.small),
  };
}

/** Sizes of letters, in pixels. */
function lettersAt(zoom: number) {
  const size = (pixels: number) => `${(pixels * zoom).toFixed(1)}px`;
  return { large: size(16), medium: size(13), small: size(12) };
}

function nodeRow(placed: PlacedNode, walk: WalkState, colors: Theme, number: number): Row {
  const { node, x, y } = placed;
  const isActive = node.id === walk.active;
  const received = walk.received.get(node.id);
  const isComplete = walk.done.has(node.id) || node.derivative === null;
  const { title, kind } = headings(node, number);
  return {
    x,
    y,
    width: BOX.width,
    height: BOX.height,
    left: x - BOX.width / 2 + PADDING,
    right: x + BOX.width / 2 - PADDING,
    title_y: y - LINE_GAP - 2,
    value_y: y + 2,
    derivative_y: y + LINE_GAP + 2,
    title,
    kind,
    value_label: "value",
    value: float(node.value),
    derivative_label: received !== undefined && !isComplete ? "so far" : "derivative",
    derivative: received === undefined ? "–" : float(received),
    fill: isActive ? colors["accent-soft"] : colors.surface,
    line: isActive || received !== undefined ? colors.accent : colors.edge,
    line_width: isActive ? 2.5 : 1.25,
    ink: colors.ink,
    muted: colors.muted,
    accent: received === undefined ? colors.muted : colors.accent,
  };
}

/** It stands out in every step of the walk, and not by its colour alone. */
function markOfFault(colors: Theme): Row {
  const [line, fill] = [colors["alert-ink"], colors["alert-back"]];
  return { fill, line, line_width: 3, kind: "wrong here", muted: line };
}

/** What stands at the top of a box, left and right. */
function headings(node: PlacedNode["node"], number: number): { title: string; kind: string } {
  const { operation, symbol, name } = node;
  if (operation === null) {
    const kind = node.derivative === null ? "constant" : name ? "input" : "number";
    return { title: shorten(name ?? float(node.value)), kind };
  }
  const sign = symbol ?? operation;
  if (name) return { title: shorten(`${name} = ${sign}`), kind: shorten(`${operation} #${number}`) };
  return { title: shorten(sign), kind: shorten(`${operation} #${number}`) };
}

function shorten(text: string): string {
  return text.length > TITLE_LENGTH ? `${text.slice(0, TITLE_LENGTH - 1)}…` : text;
}

function drawEdges(edges: PlacedEdge[], walk: WalkState, colors: Theme, small: string) {
  // The active ones are drawn last, over the others.
  const order = edges.map((_, i) => i);
  order.sort((a, b) => Number(walk.activeEdges.has(a)) - Number(walk.activeEdges.has(b)));
  const color = (i: number) => (walk.usedEdges.has(i) ? colors.accent : colors.edge);
  const isBack = (i: number) => walk.activeEdges.has(i);
  const pick = <T>(make: (edge: PlacedEdge, i: number) => T) =>
    order.map((i) => make(edges[i]!, i));
  const noted = order.filter(isBack).map((i) => edges[i]!);
  return {
    edges: {
      xs: pick(({ curve }) => xs(curve)),
      ys: pick(({ curve }) => ys(curve)),
      color: pick((_, i) => color(i)),
      width: pick((_, i) => (isBack(i) ? 2.5 : 1.5)),
    },
    heads: {
      xs: pick((edge, i) => xs(isBack(i) ? edge.headBack : edge.headForward)),
      ys: pick((edge, i) => ys(isBack(i) ? edge.headBack : edge.headForward)),
      color: pick((_, i) => color(i)),
    },
    notes: {
      x: noted.map(({ middle }) => middle.x),
      y: noted.map(({ middle }) => middle.y),
      text: noted.map(({ edge }) => float(edge.contribution ?? 0, 4)),
      color: noted.map(() => colors.accent),
      back: noted.map(() => colors.paper),
      small: noted.map(() => small),
    },
  };
}

const xs = (points: Point[]) => points.map(({ x }) => x);
const ys = (points: Point[]) => points.map(({ y }) => y);

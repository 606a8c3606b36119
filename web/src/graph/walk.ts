/**
 * The backward pass, one step at a time.
 *
 * Step 0 gives the result its derivative, 1. Each step after it takes the next node of the order
 * and lets it pass its derivative back along the edges that lead into it. A last step shows the
 * finished graph. All numbers are Python's own: nothing is computed here.
 */
import type { Graph, GraphEdge, GraphNode } from "../protocol/expression";
import { float } from "../format";
import { ruleOf } from "./rules";

export interface WalkState {
  /** The node at work, if any. */
  active: number | null;
  /** The nodes whose derivative is complete. */
  done: ReadonlySet<number>;
  /** What has arrived so far, for the nodes that something has arrived at. */
  received: ReadonlyMap<number, number>;
  /** Positions in `graph.edges`. */
  activeEdges: ReadonlySet<number>;
  usedEdges: ReadonlySet<number>;
  /** What happens here, in words. */
  sentences: readonly string[];
}

export function lastStep(graph: Graph): number {
  return graph.order.length + 1;
}

export function walkTo(graph: Graph, step: number): WalkState {
  const result = graph.order[0];
  const finished = step >= lastStep(graph);
  const processed = graph.order.slice(0, Math.max(0, step));
  const active = finished || step <= 0 ? null : (processed.at(-1) ?? null);
  const done = new Set(processed);
  const usedEdges = new Set<number>();
  const activeEdges = new Set<number>();
  const received = new Map<number, number>(result === undefined ? [] : [[result, 1]]);
  graph.edges.forEach((edge, i) => {
    if (!done.has(edge.target) || edge.contribution === null) return;
    usedEdges.add(i);
    if (edge.target === active) activeEdges.add(i);
    // The edges are in the order of the pass: what comes last counts.
    if (edge.received !== null) received.set(edge.source, edge.received);
  });
  const sentences = finished ? END : active === null ? sayStart(graph) : sayStep(graph, active);
  return { active, done, received, activeEdges, usedEdges, sentences };
}

const END = [
  "The backward pass is done: every box shows its derivative.",
  "First takes you to its start; Next then follows it, one box at a time.",
];

function sayStart(graph: Graph): string[] {
  const result = graph.nodes.find((node) => node.id === graph.order[0]);
  if (!result) return ["Nothing here depends on an input, so there is nothing to pass back."];
  return [
    `The backward pass begins at the result, ${nameOf(result)}.`,
    "Its derivative with respect to itself is 1.0.",
  ];
}

function sayStep(graph: Graph, active: number): string[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const node = nodes.get(active);
  if (!node) return [];
  const passed = graph.edges.filter((edge) => edge.contribution !== null);
  const arrived = passed.filter((edge) => edge.source === active);
  const derivative = node.derivative ?? 0;
  const sentences = [gather(node, derivative, arrived)];
  if (node.operation === null) {
    sentences.push("No operation made it, so here the way back ends.");
    return sentences;
  }
  const rule = ruleOf(node.operation);
  if (rule) sentences.push(rule);
  sentences.push(passOn(node, derivative, passed, nodes));
  return sentences;
}

/** "x has received 12.0 + 10.0 = 22.0." */
function gather(node: GraphNode, derivative: number, arrived: GraphEdge[]): string {
  const total = float(derivative);
  const name = nameOf(node).replace(/^the number/, "The number");
  if (arrived.length < 2) return `${name} has the derivative ${total}.`;
  const terms =
    arrived.length > 6
      ? `${arrived.length} numbers, in all`
      : `${arrived.map((edge) => inSum(edge.contribution ?? 0)).join(" + ")} =`;
  return `${name} has received ${terms} ${total}: that sum is its derivative.`;
}

/**
 * The chain rule with numbers: "∂out/∂x = 5.0 · ∂Mul/∂x = 5.0 · 3.0 = 15.0", and, where something
 * has arrived before, ", + 2.0 already there = 17.0".
 */
function passOn(
  node: GraphNode,
  derivative: number,
  passed: GraphEdge[],
  nodes: ReadonlyMap<number, GraphNode>,
): string {
  const parts = passed.flatMap((edge, i) => {
    if (edge.target !== node.id) return [];
    const source = nodes.get(edge.source);
    const by = source ? nameOf(source) : "a number";
    const before = passed.slice(0, i).findLast((other) => other.source === edge.source);
    return [chain(node, derivative, edge, by) + alreadyThere(edge, before)];
  });
  return parts.length === 0 ? `${nameOf(node)} passes nothing back.` : `${parts.join("; ")}.`;
}

function chain(
  { operation }: GraphNode,
  derivative: number,
  { slope, contribution }: GraphEdge,
  by: string,
): string {
  const arrives = float(contribution ?? 0);
  const numbers = slope === null ? "" : ` = ${inSum(derivative)} · ${inSum(slope)}`;
  const rule = `∂out/∂(${by}) = ${inSum(derivative)} · ∂${operation}/∂(${by})`;
  // Each side of it is read in one piece: its spaces break no line.
  return `${rule}${numbers} = ${arrives}`.replaceAll(" ", "\u00a0").replaceAll("=\u00a0", "= ");
}

function alreadyThere({ received }: GraphEdge, before: GraphEdge | undefined): string {
  if (!before) return "";
  return `, + ${inSum(before.received ?? 0)} already there = ${float(received ?? 0)}`;
}

function inSum(value: number): string {
  const text = float(value);
  return text.startsWith("−") ? `(${text})` : text;
}

/** What to call a node in a sentence: its name, the number it is, or its operation. */
export function nameOf(node: GraphNode): string {
  if (node.name) return node.name;
  if (node.operation === null) return `the number ${float(node.value)}`;
  return `${node.operation} (${float(node.value)})`;
}

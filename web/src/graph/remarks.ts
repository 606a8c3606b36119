/**
 * What needs a sentence in a result: the course's own logarithm, and numbers that are none. Pure:
 * it reads what Python computed.
 */
import type { Graph, GraphEdge, GraphNode } from "../protocol/expression";
import { float } from "../format";
import { labelsOf } from "./labels";

/** What the course's log adds to its input, so that there is a log of 0. */
const SHIFT = 1e-6;
/** As many as the table of derivatives has. */
const DIGITS = 7;

export function remarksOf(graph: Graph): string[] {
  const made = new Made(graph);
  return [remarkOnLog(made), remarkOnValue(made) ?? remarkOnDerivative(made)].filter(
    (sentence) => sentence !== null,
  );
}

/** A graph, asked for what went into a box. */
class Made {
  readonly labels;
  private readonly byId;
  private readonly into = new Map<number, GraphEdge[]>();

  constructor(readonly graph: Graph) {
    this.labels = labelsOf(graph);
    this.byId = new Map(graph.nodes.map((node) => [node.id, node]));
    for (const edge of graph.edges) {
      const others = this.into.get(edge.target);
      if (others) others.push(edge);
      else this.into.set(edge.target, [edge]);
    }
  }

  /** The boxes in the order in which they were computed. */
  inOrder(): GraphNode[] {
    return [...this.graph.nodes].sort((one, other) => one.id - other.id);
  }

  edges({ id }: GraphNode): GraphEdge[] {
    return this.into.get(id) ?? [];
  }

  node(id: number): GraphNode | undefined {
    return this.byId.get(id);
  }

  /** The values that a box was computed from. */
  operands(node: GraphNode): number[] {
    return this.edges(node).flatMap(({ source }) => this.node(source)?.value ?? []);
  }

  label({ id }: GraphNode): string {
    return this.labels.get(id) ?? "";
  }
}

// ------------------------------------------------------------------------------------------- log

function remarkOnLog(made: Made): string | null {
  const node = made.inOrder().find((one) => one.operation === "Log" && isSeenShifted(made, one));
  if (!node) return null;
  const [x = NaN] = made.operands(node);
  const without = x > 0 ? `without that it would be ${float(Math.log(x), DIGITS)}` : "there is none of 0";
  return (
    "log is log(x + 0.000001) in this course, which is there for 0, too: " +
    `log(${float(x, DIGITS)}) is ${float(node.value, DIGITS)}, and ${without}.`
  );
}

/** Whether the shift is seen in what the page shows of a logarithm, or of its slope. */
function isSeenShifted(made: Made, node: GraphNode): boolean {
  const [x = NaN] = made.operands(node);
  const [slope = null] = made.edges(node).map((edge) => edge.slope);
  if (float(node.value, DIGITS) !== float(Math.log(x + SHIFT), DIGITS)) return false;
  const isValueSeen = float(Math.log(x), DIGITS) !== float(node.value, DIGITS);
  return isValueSeen || (slope !== null && float(1 / x, DIGITS) !== float(slope, DIGITS));
}

// -------------------------------------------------------------------------------- no finite value

function remarkOnValue(made: Made): string | null {
  const node = made.inOrder().find(({ value }) => !Number.isFinite(value));
  if (!node) return null;
  const value = float(node.value);
  if (node.operation === null) return `${MEANING[value] ?? value}. It came in as a number of its own.`;
  const operands = made.operands(node);
  const numbers = operands.map((one) => float(one, DIGITS)).join(" and ");
  const where = `${MEANING[value] ?? value}. It first appeared in ${nameOf(made, node)}`;
  return `${where}: ${reasonFor(node.operation, node.value, operands)} (from ${numbers}).`;
}

const LARGEST = "1.8e308";
const MEANING: Readonly<Record<string, string>> = {
  inf: "inf is infinity, which stands for what is too large for a number here",
  "−inf": "−inf is infinity below 0, which stands for what is too large for a number here",
  nan: "nan is “not a number”: no value would be right",
};

function reasonFor(operation: string, value: number, operands: readonly number[]): string {
  const [first = NaN] = operands;
  if (Number.isNaN(value)) {
    if (operation === "Add") return "infinity less infinity has no value";
    if (operation === "Mul") return "0 times infinity has no value";
    if (operation === "Log") return "there is no logarithm of a negative number";
    return "there is no value for this input";
  }
  if (operation === "Log") return "the logarithm of 0 has no bound";
  if (operation === "Inv" && Math.abs(first) === 0) return "it divides by 0";
  return `an overflow, more than the largest number, ${LARGEST}`;
}

// --------------------------------------------------------------------------- no finite derivative

/** Where all values are numbers, but not what the chain rule makes of the slopes. */
function remarkOnDerivative(made: Made): string | null {
  const edge = made.graph.edges.find(
    ({ contribution, received }) => !isNumber(contribution) || !isNumber(received),
  );
  const [node, source] = [made.node(edge?.target ?? -1), made.node(edge?.source ?? -1)];
  if (!edge || !node || !source) return null;
  const by = made.label(source);
  if (!isNumber(edge.slope)) {
    const slope = float(edge.slope ?? NaN);
    return `The derivatives are no numbers from ${nameOf(made, node)} on: its slope by ${by} is ${slope}.`;
  }
  const arrives = float(edge.contribution ?? NaN);
  return (
    `The derivatives are no numbers from ${nameOf(made, node)} on: what it passes back to ${by} ` +
    `is ${arrives}, more than the largest number, ${LARGEST}.`
  );
}

const isNumber = (value: number | null) => value === null || Number.isFinite(value);

function nameOf(made: Made, node: GraphNode): string {
  return node.name ? `${node.name} (${node.operation})` : `the box ${made.label(node)}`;
}

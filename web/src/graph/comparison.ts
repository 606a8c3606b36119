/**
 * A learner's result beside the reference's, of the same program with the same inputs: where theirs
 * goes wrong first. Pure; the numbers are Python's, and here only compared.
 *
 * The graphs are laid over each other from the result on, input by input: in which order the
 * Scalars were made does not matter. Where a library computes something by other operations, only
 * what comes out can be compared.
 */
import type { ExpressionResult, Graph, GraphEdge, GraphNode } from "../protocol/expression";
import { float } from "../format";
import { nameOf } from "./walk";

export interface Fault {
  /** One of their nodes; null where none is to blame. */
  node: number | null;
  /** Whether it is there that a derivative goes wrong, and not a value. */
  isBackward: boolean;
  /** What is wrong, in a sentence or two. */
  text: string;
}

export interface Comparison {
  /** The reference's nodes by the ids of theirs; none where the graphs are not alike. */
  nodes: ReadonlyMap<number, GraphNode>;
  /** The reference's derivatives by its inputs. */
  derivatives: ReadonlyMap<string, number>;
  fault: Fault | null;
  /** What to know where there is no fault to show: that there is none, or why none can be found. */
  remark: string | null;
}

/** As the tests of the assignment compare: for all that rounding and log's small shift can do. */
const RELATIVE = 1e-4;
const ABSOLUTE = 1e-5;

export function isClose(one: number | null, other: number | null): boolean {
  if (one === null || other === null) return one === other;
  if (Object.is(one, other) || one === other) return true;
  const scale = Math.max(Math.abs(one), Math.abs(other));
  return Math.abs(one - other) <= Math.max(RELATIVE * scale, ABSOLUTE);
}

/**
 * Compares what a learner's library made with what the reference did.
 *
 * @param theirs may have a problem beside its graph: then no derivatives were left anywhere.
 * @param reference null where it gave no answer.
 */
export function compare(theirs: ExpressionResult, reference: ExpressionResult | null): Comparison {
  const derivatives = new Map(reference?.derivatives.map((row) => [row.variable, row.derivative]));
  const nodes = new Map<number, GraphNode>();
  if (!reference || reference.problem) {
    const why = reference?.problem?.message ?? "it did not answer";
    return { nodes, derivatives, fault: null, remark: `The reference has no result here: ${why}` };
  }
  const pairs = layOver(theirs.graph, reference.graph);
  const fault =
    (pairs && (wrongValue(pairs) ?? wrongContribution(pairs))) ?? wrongResult(theirs, reference);
  const alike = theirs.problem ? SO_FAR : pairs ? ALIKE : ALIKE_IN_THE_END;
  return { nodes: pairs?.nodes ?? nodes, derivatives, fault, remark: fault ? null : alike };
}

const ALIKE = "Every value and every derivative is the same as the reference’s.";
const SO_FAR = "What could be computed is the same as with the reference.";
const ALIKE_IN_THE_END =
  "The result and its derivatives are the same as the reference’s, which computes them by other " +
  "operations.";

// --------------------------------------------------------------------------- graph over graph

interface Pairs {
  theirs: Graph;
  nodes: Map<number, GraphNode>;
  edges: Map<GraphEdge, GraphEdge>;
}

/** The reference's nodes and edges for theirs; null where the graphs are not alike. */
function layOver(theirs: Graph | null, reference: Graph | null): Pairs | null {
  const [first, other] = [theirs?.order[0], reference?.order[0]];
  if (!theirs || !reference || first === undefined || other === undefined) return null;
  const [mine, others] = [indexOf(theirs), indexOf(reference)];
  const pairs: Pairs = { theirs, nodes: new Map(), edges: new Map() };
  const taken = new Map<number, number>();
  const waiting: [number, number][] = [[first, other]];
  for (let pair = waiting.pop(); pair; pair = waiting.pop()) {
    const [id, otherId] = pair;
    if (taken.get(otherId) === id) continue;
    const [one, another] = [mine.nodes.get(id), others.nodes.get(otherId)];
    if (!one || !another || one.operation !== another.operation) return null;
    if (taken.has(otherId) || pairs.nodes.has(id)) return null;
    taken.set(otherId, id);
    pairs.nodes.set(id, another);
    const [into, intoOther] = [mine.operands.get(id) ?? [], others.operands.get(otherId) ?? []];
    if (into.length !== intoOther.length) return null;
    into.forEach((edge, i) => {
      const beside = intoOther[i] as GraphEdge;
      pairs.edges.set(edge, beside);
      waiting.push([edge.source, beside.source]);
    });
  }
  return pairs;
}

function indexOf({ nodes, edges }: Graph) {
  const operands = new Map<number, GraphEdge[]>();
  for (const edge of edges) {
    operands.set(edge.target, [...(operands.get(edge.target) ?? []), edge]);
  }
  return { nodes: new Map(nodes.map((node) => [node.id, node])), operands };
}

// ------------------------------------------------------------------------------ what is wrong

/** The first value, in the order in which they were computed, that is another. */
function wrongValue({ theirs, nodes }: Pairs): Fault | null {
  const inOrder = [...theirs.nodes].sort((one, other) => one.id - other.id);
  const node = inOrder.find(({ id, value }) => !isClose(value, nodes.get(id)?.value ?? null));
  if (!node) return null;
  const names = namesOf(theirs);
  const from = theirs.edges.filter(({ target }) => target === node.id);
  const made = from.length > 0 ? ` of ${listed(from.map(({ source }) => names(source)))}` : "";
  const expected = float(nodes.get(node.id)?.value ?? NaN);
  const what = `${node.operation ?? "A leaf"} makes ${float(node.value)}${made}`;
  return {
    node: node.id,
    isBackward: false,
    text: `Here it goes wrong: ${what}; the reference makes ${expected}.`,
  };
}

/** The first of the numbers passed back, in the order of the pass, that is another. */
function wrongContribution({ theirs, edges }: Pairs): Fault | null {
  const edge = theirs.edges.find(
    (one) => !isClose(one.contribution, edges.get(one)?.contribution ?? null),
  );
  if (!edge) return null;
  const names = namesOf(theirs);
  const passes = (number: number | null) => (number === null ? "nothing" : float(number));
  const what = `${names(edge.target)} passes ${passes(edge.contribution)} back to ${names(edge.source)}`;
  const expected = passes(edges.get(edge)?.contribution ?? null);
  return {
    node: edge.target,
    isBackward: true,
    text: `Here it goes wrong: ${what}; the reference passes ${expected}.`,
  };
}

/** What comes out in the end: the value, and what `backward` has left in the inputs. */
function wrongResult(theirs: ExpressionResult, reference: ExpressionResult): Fault | null {
  if (!isClose(theirs.value, reference.value)) {
    const [value, expected] = [theirs.value, reference.value].map((one) => float(one ?? NaN));
    const text = `The result is ${value}; the reference makes ${expected}.`;
    return { node: null, isBackward: false, text };
  }
  if (theirs.problem) return null;
  const expected = new Map(reference.derivatives.map((row) => [row.variable, row.derivative]));
  const row = theirs.derivatives.find(
    ({ variable, derivative }) => !isClose(derivative, expected.get(variable) ?? null),
  );
  if (!row) return null;
  const node = theirs.graph?.nodes.find(({ name }) => name === row.variable) ?? null;
  const arrived = node !== null && isClose(node.derivative, expected.get(row.variable) ?? null);
  const [has, should] = [row.derivative, expected.get(row.variable) ?? NaN].map((one) => float(one));
  const leaves = `backward leaves ${has} in ${row.variable}, and the reference ${should}.`;
  return {
    node: node?.id ?? null,
    isBackward: true,
    text: arrived
      ? `Here it goes wrong: every operation passes back the right numbers, but ${leaves} Look at ` +
        "the order in which they are taken, and at how they are added up."
      : `Here it goes wrong: ${leaves}`,
  };
}

function namesOf({ nodes }: Graph): (id: number) => string {
  const byId = new Map(nodes.map((node) => [node.id, nameOf(node)]));
  return (id) => byId.get(id) ?? "a number";
}

function listed(names: string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

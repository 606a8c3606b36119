/** A computation graph told step by step, otherwise than by the walk back through it. Pure. */
import { float } from "../../format";
import { labelsOf } from "../../graph/labels";
import type { Graph, GraphNode } from "../../protocol/expression";

export interface Told {
  /** The box it is about, if any. */
  node: number | null;
  words: string;
}

export type Narration = (graph: Graph) => Told[];

/** What `apply` does for each operation, in the order in which Python came to them. */
export const applySteps: Narration = (graph) => {
  const labels = labelsOf(graph);
  const made = byMaking(graph).filter(({ operation }) => operation !== null);
  const steps = made.flatMap((node) => {
    const inputs = inputsOf(graph, node);
    const floats = inputs.map(({ value }) => float(value)).join(" and ");
    const call = ["ctx", ...inputs.map(({ value }) => float(value))].join(", ");
    const names = inputs.map(({ id }) => labels.get(id)).join(" and ");
    const told = [
      `Unwrap: ${node.operation}.apply takes ${floats} out of ${names}.`,
      `Forward: ${node.operation}.forward(${call}) returns ${float(node.value)}, a float.`,
      `Wrap: a new Scalar holds ${float(node.value)}. Its history says: made by ` +
        `${node.operation}, from ${names}.`,
    ];
    return told.map((words) => ({ node: node.id, words }));
  });
  const start = "Python comes to one operation after another. Each is one call of apply.";
  return [{ node: null, words: start }, ...steps];
};

/** The depth-first walk that makes a topological order, with the list as it grows at its front. */
export const sortSteps: Narration = (graph) => {
  const labels = labelsOf(graph);
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const name = (id: number) => labels.get(id) ?? "";
  const [visited, list, steps] = [new Set<number>(), [] as number[], [] as Told[]];
  const tell = (node: number, words: string) => {
    const listed = list.length > 0 ? list.map(name).join(", ") : "empty";
    steps.push({ node, words: `${words} The list: ${listed}.` });
  };
  const visit = (id: number) => {
    const node = nodes.get(id);
    if (!node || node.derivative === null) return;
    if (visited.has(id)) return tell(id, `${name(id)} was visited before: nothing to do.`);
    visited.add(id);
    const parents = inputsOf(graph, node);
    if (parents.length > 0) {
      const all = [...new Set(parents.map((parent) => name(parent.id)))].join(" and ");
      tell(id, `Visit ${name(id)}: mark it, and first visit its parents, ${all}.`);
      parents.forEach((parent) => visit(parent.id));
      list.unshift(id);
      tell(id, `All parents of ${name(id)} are in the list: put it in front of them.`);
    } else {
      list.unshift(id);
      tell(id, `Visit ${name(id)}: mark it. It has no parents, so it goes in front at once.`);
    }
  };
  const result = graph.order[0];
  if (result !== undefined) visit(result);
  return [{ node: null, words: "Begin at the result, with an empty list." }, ...steps];
};

/** What the Scalar of each box remembers. */
export const historySteps: Narration = (graph) => {
  const start = "Click a box, or press Next: it says what its Scalar remembers.";
  const boxes = byMaking(graph).map((node) => ({ node: node.id, words: remembered(graph, node) }));
  return [{ node: null, words: start }, ...boxes];
};

function remembered(graph: Graph, node: GraphNode): string {
  const labels = labelsOf(graph);
  const holds = `${labels.get(node.id)} holds ${float(node.value)}.`;
  if (node.operation === null) return `${holds} It is a leaf: no function made it.`;
  const inputs = inputsOf(graph, node).map((one) => `${labels.get(one.id)} (${float(one.value)})`);
  return `${holds} Its history: last_fn is ${node.operation}, inputs are ${inputs.join(" and ")}.`;
}

function byMaking({ nodes }: Graph): GraphNode[] {
  return [...nodes].sort((a, b) => a.id - b.id);
}

/** A use of the same Scalar twice is two inputs. */
function inputsOf(graph: Graph, node: GraphNode): GraphNode[] {
  const sources = graph.edges.filter((edge) => edge.target === node.id);
  return sources.flatMap(({ source }) => graph.nodes.find(({ id }) => id === source) ?? []);
}

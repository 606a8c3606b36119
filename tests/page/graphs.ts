/** Computation graphs to draw and to walk, with what the bridge would tell of them. */
import type { Graph, GraphNode } from "../../web/src/protocol/expression";

/** What is made of an operation, and the slope for each of its operands. */
interface Made {
  node: GraphNode;
  operands: { node: GraphNode; slope: number }[];
}

/** Builds a graph as Python does: operands first. Its methods give the nodes to go on with. */
export class Builder {
  private readonly made: Made[] = [];

  input(name: string, value: number): GraphNode {
    return this.add({ operation: null, symbol: null, name, value }, []);
  }

  number(value: number): GraphNode {
    return this.add({ operation: null, symbol: null, name: null, value }, []);
  }

  sum(a: GraphNode, b: GraphNode, name: string | null = null): GraphNode {
    const head = { operation: "Add", symbol: "+", name, value: a.value + b.value };
    return this.add(head, [{ node: a, slope: 1 }, { node: b, slope: 1 }]);
  }

  mul(a: GraphNode, b: GraphNode, name: string | null = null): GraphNode {
    const head = { operation: "Mul", symbol: "×", name, value: a.value * b.value };
    return this.add(head, [{ node: a, slope: b.value }, { node: b, slope: a.value }]);
  }

  private add(head: Omit<GraphNode, "id" | "derivative">, operands: Made["operands"]): GraphNode {
    const node = { id: 100 + this.made.length, derivative: null, ...head };
    this.made.push({ node, operands });
    return node;
  }

  /** The graph of what was made last. */
  graph(): Graph {
    const passed = new Map<GraphNode, number>();
    const edges = [];
    const order = [];
    for (const { node, operands } of [...this.made].reverse()) {
      const derivative = order.length === 0 ? 1 : (passed.get(node) ?? 0);
      node.derivative = derivative;
      order.push(node.id);
      for (const { node: operand, slope } of operands) {
        const contribution = derivative * slope;
        const received = (passed.get(operand) ?? 0) + contribution;
        passed.set(operand, received);
        edges.push({ source: operand.id, target: node.id, slope, contribution, received });
      }
    }
    return { nodes: this.made.map(({ node }) => node), edges, order };
  }
}

/** `(x * x) * y + 10.0 * x` at x = 2, y = 3: 7 nodes, the derivatives are 22 and 4. */
export function firstExample(): Graph & { ids: Record<"x" | "y" | "ten" | "sum", number> } {
  const made = new Builder();
  const [x, y] = [made.input("x", 2), made.input("y", 3)];
  const product = made.mul(made.mul(x, x), y);
  const ten = made.number(10);
  const sum = made.sum(product, made.mul(ten, x));
  return { ...made.graph(), ids: { x: x.id, y: y.id, ten: ten.id, sum: sum.id } };
}

/** A loop that uses `x` (or one of several inputs in turn) in every round. */
export function loop(rounds: number, inputs = 1): Graph {
  const made = new Builder();
  const leaves = Array.from({ length: inputs }, (_, i) => made.input(`x${i}`, i + 2));
  let total = made.number(1);
  for (let round = 0; round < rounds; round++) {
    total = made.sum(total, leaves[round % inputs]!);
  }
  return made.graph();
}

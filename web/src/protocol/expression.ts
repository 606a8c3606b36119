/** An expression that is evaluated, with its computation graph. */
import type { PythonProblem } from "./problems";
import type { Library } from "./starting";

export interface ExpressionRequest {
  /** Python: any statements; the last one is the expression whose graph is wanted. */
  code: string;
  /** The inputs by name, such as {x: 2, y: 3, z: 1}. */
  inputs: Record<string, number>;
  /** More inputs: each is there if the code names it, and does not define it. */
  spare?: Record<string, number>;
  /** Above this number of nodes only the numbers come back. */
  maxNodes: number;
}

export interface GraphNode {
  /** The Scalar's unique_id. */
  id: number;
  /** The operation that made it, as taught ("Mul"), or null for a leaf. */
  operation: string | null;
  /** The operation's usual sign ("×", "+", "log"), or null for a leaf. */
  symbol: string | null;
  /** The name given to it ("x"), or null. */
  name: string | null;
  value: number;
  /** The derivative of the result with respect to this node; null for a constant. */
  derivative: number | null;
}

/** One use of a node, by ids; `x * x` has two edges from x. Numbers are null to a constant. */
export interface GraphEdge {
  /** The operand. */
  source: number;
  /** What was computed from it. */
  target: number;
  /** The derivative of the target with respect to the source, in this place alone. */
  slope: number | null;
  /** What the chain rule sends back along the edge: the target's derivative times the slope. */
  contribution: number | null;
  /** What the source has received in all when this contribution has arrived. */
  received: number | null;
}

export interface Graph {
  nodes: GraphNode[];
  /** In the order in which the backward pass goes along them. */
  edges: GraphEdge[];
  /** The ids of the nodes that the backward pass visits, in its order; the result is first. */
  order: number[];
}

export interface DerivativeRow {
  variable: string;
  value: number;
  /** From backpropagation: 0 where the result does not depend on the variable. */
  derivative: number;
  /** From central_difference; null where the function can't be evaluated near by. */
  centralDifference: number | null;
}

export interface ExpressionResult {
  library: Library;
  /** On a learner's library there may be a graph beside it: `backward` is written last. */
  problem: PythonProblem | null;
  /** What the code printed, complete up to a limit. */
  output: string;
  value: number | null;
  nodeCount: number;
  /** Null if it could not be made, or if there are more than `maxNodes` nodes. */
  graph: Graph | null;
  derivatives: DerivativeRow[];
  /** The inputs that the code names, as far as it can be read: also where there is a problem. */
  names: string[];
  /** Why they differ from the central differences, where they do. */
  remark: string | null;
}

export interface ExpressionCalls {
  evaluate: { args: [ExpressionRequest]; told: never; answer: ExpressionResult };
}

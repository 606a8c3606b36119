/** An expression that is evaluated, with its computation graph. */
import type { PythonProblem } from "./problems";

export interface ExpressionRequest {
  /** Python: any statements; the last one is the expression whose graph is wanted. */
  code: string;
  /** The inputs by name, such as {x: 2, y: 3, z: 1}. */
  inputs: Record<string, number>;
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

export interface GraphEdge {
  /** From an operand to the node made of it. `x * x` has two edges from x. */
  from: number;
  to: number;
  /** The derivative of the result of this operation by this operand; null to a constant. */
  slope: number | null;
  /** What the chain rule sends back: the derivative times the slope; null to a constant. */
  contribution: number | null;
  /** What the operand has received in all, once this has arrived; null to a constant. */
  received: number | null;
}

export interface Graph {
  nodes: GraphNode[];
  /** In the order in which the backward pass goes back along them. */
  edges: GraphEdge[];
  /** Node ids in the order of the backward pass; the result is first. */
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
  problem: PythonProblem | null;
  /** What the code printed, complete up to a limit. */
  output: string;
  value: number | null;
  nodeCount: number;
  /** Null if there is a problem, or if there are more than `maxNodes` nodes. */
  graph: Graph | null;
  derivatives: DerivativeRow[];
}

export interface ExpressionCalls {
  evaluate: { args: [ExpressionRequest]; told: never; answer: ExpressionResult };
}

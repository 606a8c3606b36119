/** A function of one number or two that is studied: over a range, and closely at one place. */
import type { Graph } from "./expression";
import type { PythonProblem } from "./problems";
import type { Library } from "./starting";

/** Where an argument begins and ends. */
export type Ends = readonly [number, number];

export interface RangeRequest {
  /** Python: a function, or an expression of x, or of x and y. */
  code: string;
  /** Of both arguments; a function of one takes the first. */
  ranges: readonly [Ends, Ends];
  /** At how many places to look: along one argument, and along each side of the plane of two. */
  counts: readonly [number, number];
}

export interface FunctionRange {
  library: Library;
  /** There may be values beside it where only the derivatives failed. */
  problem: PythonProblem | null;
  /** What the code printed when it ran first. */
  output: string;
  /** The names of the arguments: one, or two. */
  parameters: string[];
  /** For each argument, where the function was looked at. */
  places: Float64Array[];
  /** For each place; of two arguments row by row, the first moving fastest. NaN: not defined. */
  values: Float64Array;
  /** By the backward pass, for each argument. */
  derivatives: Float64Array[];
  /** Central differences; of one argument only. */
  differences: Float64Array;
  /** Why it is not defined somewhere; empty if it is everywhere. */
  undefined: string;
  /** How many results were plain numbers, and not Scalars. */
  plain: number;
}

export interface LookRequest {
  code: string;
  /** A function of one argument takes the first. */
  at: readonly [number, number];
  epsilons: readonly number[];
  /** How many nodes a graph may have; 0: none is wanted. */
  maxNodes: number;
}

/** The slope along one argument. */
export interface Slope {
  /** By the backward pass; null where it has found none. */
  derivative: number | null;
  /** For each epsilon the central difference; NaN where there is none. */
  differences: Float64Array;
  /** The function's values ε/2 below the place, ε/2 above it and ε above it. */
  below: Float64Array;
  above: Float64Array;
  ahead: Float64Array;
}

export interface FunctionLook {
  library: Library;
  problem: PythonProblem | null;
  output: string;
  /** Null where the function is not defined; `undefined` says why. */
  value: number | null;
  undefined: string;
  /** Whether the result was a plain number, and no Scalar. */
  isPlain: boolean;
  slopes: Slope[];
  graph: Graph | null;
  nodeCount: number;
}

export interface FunctionsCalls {
  sample: { args: [RangeRequest]; told: never; answer: FunctionRange };
  look: { args: [LookRequest]; told: never; answer: FunctionLook };
}

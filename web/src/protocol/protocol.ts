/**
 * What passes between the page and its worker: plain data, and nothing else.
 *
 * `Calls` lists what the page may ask for; `messages.ts` carries it. What the worker answers comes
 * from the bridge (`web/bridge`), whose functions give the same shapes as dictionaries and lists.
 */

// ---------------------------------------------------------------------------------- starting

/** Where the worker finds what it loads: absolute addresses, folders ending in a slash. */
export interface Places {
  pyodide: string;
  stdlib: string;
  python: string;
  lock: string;
  packages: string;
}

/** What one worker has fetched and compiled, for the next one to begin with. */
export interface Parts {
  wasm: WebAssembly.Module;
  /** Python's standard library: a zip. */
  stdlib: ArrayBuffer;
  /** `minitorch` and the bridge: a zip. */
  python: ArrayBuffer;
  /** The list of the packages that the site has, as JSON. */
  lock: string;
}

export interface StartOptions {
  places: Places;
  parts: Parts | null;
  /** A Web Lock for the worker to hold as long as it lives; null where there are none. */
  lifeLock: string | null;
  /** Shared with the page, which writes 2 into it to interrupt Python; null where it can't be. */
  interrupt: Uint8Array | null;
}

/** A step of the start-up, or of fetching a package, for the status "Python". */
export interface LoadProgress {
  /** What is being done, in words a learner understands: "Fetching Python". */
  stage: string;
  /** Bytes fetched so far. */
  loaded: number;
}

export interface Started {
  info: PythonInfo;
  parts: Parts;
}

export interface PythonInfo {
  python: string;
  minitorch: string;
  /** Names of the datasets, in the order to offer them. */
  datasets: string[];
}

/** What went wrong in Python, in the learner's terms. */
export interface PythonProblem {
  /** The exception's class, such as "NameError"; "Stopped" where the learner interrupted it. */
  kind: string;
  message: string;
  /** The line (from 1) of the learner's own text, where there is one. */
  line: number | null;
  /** A sentence on what to try, where there is one to give. */
  hint: string | null;
  /** The learner's part of the traceback. */
  traceback: string;
}

// ---------------------------------------------------------------------------------- training

/** "scalar" makes Scalars for every point and epoch; "compiled" once, to see what to compute. */
export type Engine = "compiled" | "scalar";

export interface TrainSettings {
  dataset: string;
  points: number;
  hidden: number;
  rate: number;
  epochs: number;
  seed: number;
  engine: Engine;
}

/**
 * Successive epochs as columns, for there may be thousands at a time: `loss` is the sum over the
 * points, `seconds` the time spent computing the epoch.
 */
export interface EpochColumns {
  /** The number of the first of them. */
  first: number;
  loss: Float64Array;
  correct: Float64Array;
  seconds: Float64Array;
}

export interface Points {
  x1: number[];
  x2: number[];
  label: number[];
}

/** The model's output on a square grid over the unit square; row 0 is x2 = 0, side × side. */
export interface Boundary {
  side: number;
  values: Float64Array;
  /** The epochs of the parameters that are drawn, and what the data says of these. */
  epoch: number;
  loss: number;
  correct: number;
}

/** All that is needed to go on with a run in another worker. */
export interface Checkpoint {
  epoch: number;
  parameters: Float64Array;
}

export interface TrainingUpdate {
  /** The epochs finished since the last update, oldest first. */
  records: EpochColumns;
  checkpoint: Checkpoint;
  /** Present when it was worth computing anew. */
  boundary: Boundary | null;
  /** True after the last epoch. */
  finished: boolean;
  /** Why the run can't go on, such as a loss that is no longer finite. */
  problem: PythonProblem | null;
  /** What computes the run: told once, when it is known. */
  ran: WhatRan | null;
}

/** What the engine has made of the model; numbers are null where there is no program. */
export interface WhatRan {
  /** The engine that is really used. */
  engine: Engine;
  /** Why it is not the one that was asked for. */
  refusal: string | null;
  /** What the program runs as: "WebAssembly", or "Python" where there is none. */
  runner: string | null;
  /** The operations that one sample of each label takes, as written. */
  recorded: number | null;
  /** Those that are left of them. */
  lowered: number | null;
  /** The same with those for the derivatives. */
  operations: number | null;
  /** How many kernels are called for each chunk of samples. */
  kernels: number | null;
  /** What tracing and compiling took. */
  seconds: number | null;
  /** Bytes. */
  memory: number | null;
  /** Whether the program is short enough to be read. */
  hasSource: boolean;
}

/** Both engines over the same epochs, each from the same untrained model. */
export interface Comparison {
  epochs: number;
  /** How often the compiled one was run, to be measured; its time is the median. */
  runs: number;
  scalarSeconds: number;
  compiledSeconds: number;
  compileSeconds: number;
  /** The largest difference of a loss, as a share of it. */
  difference: number;
}

export interface TrainingOpened {
  points: Points;
  update: TrainingUpdate;
}

// -------------------------------------------------------------------------------- expression

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
  /** The derivative of the operation by this operand; null for a constant, and where none is known. */
  slope: number | null;
  /** What the chain rule sends back along this edge; null to a constant. */
  contribution: number | null;
  /** What the operand has received in all once this has arrived; null for a constant. */
  sum: number | null;
}

export interface Graph {
  nodes: GraphNode[];
  /** In the order in which the backward pass goes along them. */
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

// --------------------------------------------------------------------------------- the tests

export interface TestReport {
  /** pytest's exit status: 0 when all passed. */
  status: number;
  /** Whether the run was interrupted; the rest is what was found until then. */
  stopped: boolean;
  passed: number;
  failed: number;
  skipped: number;
  seconds: number;
  /** Tests that did not pass, the first hundred, with pytest's text up to a limit. */
  failures: { test: string; text: string }[];
  output: string;
}

// -------------------------------------------------------------------------------- the worker

/**
 * How to train: so many epochs a second at most, with a boundary for each update, to be watched;
 * or, null, as fast as it goes, with a boundary at the end.
 */
export type Pace = number | null;

/** What the page may ask of the worker: the arguments, what is told meanwhile, the answer. */
export interface Calls {
  /** Loads Python and our packages. Once, before anything that follows. */
  start: { args: [StartOptions]; told: LoadProgress; answer: Started };

  /** Makes the data and the model; with a checkpoint, one that goes on from there. */
  openTraining: { args: [TrainSettings, Checkpoint | null]; told: never; answer: TrainingOpened };

  /**
   * Trains for so many epochs at most, or until `pauseTraining`, telling of its progress: the next
   * update comes when the page has taken in the last. The answer has been told before.
   */
  train: { args: [number, Pace]; told: TrainingUpdate; answer: TrainingUpdate };
  pauseTraining: { args: []; told: never; answer: void };
  /** The state as it is, with an up-to-date boundary. */
  drawTraining: { args: []; told: never; answer: TrainingUpdate };

  /** The program that trains, as Python; empty where there is none. */
  trainingSource: { args: []; told: never; answer: string };

  /**
   * Runs both engines from new models of the settings, the slower for about so many seconds; null
   * if training has begun meanwhile. The model being trained is not touched.
   */
  compareEngines: { args: [TrainSettings, number]; told: never; answer: Comparison | null };

  evaluate: { args: [ExpressionRequest]; told: never; answer: ExpressionResult };

  /** Runs pytest over files (path -> text), with the given arguments. */
  runTests: {
    args: [Record<string, string>, string[]];
    told: LoadProgress;
    answer: TestReport;
  };
}

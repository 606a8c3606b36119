/** A run of training: its settings, what it tells, and what both engines make of it. */
import type { Graph } from "./expression";
import type { PythonProblem } from "./problems";
import type { Library } from "./starting";

/** "eager" makes Scalars for every point and epoch; "compiled" once, to see what to compute. */
export type Engine = "compiled" | "eager";

export interface TrainSettings {
  dataset: string;
  points: number;
  hidden: number;
  rate: number;
  epochs: number;
  seed: number;
  engine: Engine;
  /** How far points are moved at random, and how many are held out: in percent. */
  noise: number;
  heldOut: number;
  /** Points of the learner's own, in place of a dataset's. */
  own: Points | null;
  /** The code of a model of their own, which defines `Network`. */
  code: string | null;
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
  /** The same of the points that are held out, before the epoch; NaN without any. */
  heldLoss: Float64Array;
  heldCorrect: Float64Array;
}

/** The data: coordinates between 0 and 1, labels 0 or 1. */
export interface Points {
  x1: number[];
  x2: number[];
  label: number[];
}

/** The model's output on a square grid over the unit square, and how good the model is. */
export interface Boundary {
  side: number;
  /** side × side values; row 0 is at x2 = 0. */
  values: Float64Array;
  /** How many epochs the parameters that are drawn have been trained for. */
  epoch: number;
  /** The loss of the data with these very parameters; NaN if it can't be computed. */
  loss: number;
  /** How many points are on the right side with them. */
  correct: number;
  /** The same of the points that are held out; NaN if there are none. */
  heldLoss: number;
  heldCorrect: number;
  /** The output for each point, those that are held out last. */
  outputs: Float64Array;
  /** What single neurons make of the plane, where there was time for it. */
  neurons: Neurons | null;
}

/** A part of the model that gives numbers when it is called: the sums of its neurons. */
export interface Layer {
  /** What the model calls it, such as "layer1". */
  name: string;
  /** How many neurons it has, and the indices of those that are looked at. */
  size: number;
  shown: number[];
}

/** The sums of neurons, before any activation, on a square grid over the unit square. */
export interface Neurons {
  /** In the order in which a point goes through them. */
  layers: Layer[];
  side: number;
  /** For each neuron that is shown, layer by layer, side × side values; row 0 is at x2 = 0. */
  values: Float64Array;
}

/** One point of the data. */
export interface Point {
  x1: number;
  x2: number;
  label: number;
}

/** What one point does by itself. */
export interface Inspected {
  /** The probability that the model gives to label 1. */
  output: number;
  loss: number;
  /** Of this loss with respect to each parameter: a step goes the other way. */
  derivatives: Float64Array;
  /** How many Scalars its computation has. */
  nodeCount: number;
  /** From the coordinates and parameters to the loss; null if there are too many to be drawn. */
  graph: Graph | null;
}

/** A program, or why there is none. */
export interface Script {
  text: string;
  problem: string | null;
}

/** All that is needed to go on with a run in another worker. */
export interface Checkpoint {
  epoch: number;
  /** In the order of `TrainingOpened.parameters`. */
  parameters: Float64Array;
}

export interface TrainingUpdate {
  library: Library;
  /** The epochs finished since the last update, oldest first. */
  records: EpochColumns;
  checkpoint: Checkpoint;
  /** How many points of the next epoch have been gone through already. */
  within: number;
  /** Present when it was worth computing anew. */
  boundary: Boundary | null;
  /** How much of the next boundary is done, from 0 to 1; null unless it is on its way. */
  drawing: number | null;
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
  /** How many operations a sample takes as written, for all labels together. */
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

/** How both engines went over the same epochs, each from the same untrained model. */
export interface Comparison {
  /** As many as the eager engine managed. */
  epochs: number;
  /** How often the compiled one was run, to be measured. */
  runs: number;
  eagerSeconds: number;
  /** The median of the runs. */
  compiledSeconds: number;
  /** What compiling took, before that and once. */
  compileSeconds: number;
  /** The largest difference of a loss, as a share of it. */
  difference: number;
}

export interface TrainingOpened {
  points: Points;
  /** What the model never sees, to judge it by. */
  heldOut: Points;
  /** The names of the parameters, such as "layer1.bias_0". */
  parameters: string[];
  /** The state to begin with. */
  update: TrainingUpdate;
  /** That the model is not the learner's own, on a library of theirs. */
  note: string | null;
}

/**
 * How to train: at most this many epochs a second, with a boundary for each update, to be watched;
 * or, null, as fast as it goes, with a boundary at the end.
 */
export type Pace = number | null;

export interface TrainingCalls {
  /** Makes the data and the model; with a checkpoint, one that goes on from there. */
  open: { args: [TrainSettings, Checkpoint | null]; told: never; answer: TrainingOpened };

  /**
   * Trains for a number of epochs, at a pace, in steps of a size; or until `pause`. All that
   * happens is told, each update once: the last one when the epochs are finished, there is a
   * problem, or the run was paused; it has an up-to-date boundary, unless a pause would have to
   * wait for it. An update follows when the page has taken in the one before.
   */
  train: { args: [number, Pace, number]; told: TrainingUpdate; answer: void };
  pause: { args: []; told: never; answer: void };

  /**
   * The plane as these parameters would have it; the model stays as it is. Null if another look
   * is wanted meanwhile, or the model is trained.
   */
  look: { args: [Float64Array]; told: never; answer: Boundary | null };
  /** One point by itself, with these parameters; a graph has at most so many nodes. */
  inspect: { args: [Float64Array, Point, number]; told: never; answer: Inspected };

  /** The program that trains, as Python; empty where there is none. */
  source: { args: []; told: never; answer: string };

  /** The run of some settings as a program, and the code of a model of the learner's own in it. */
  script: {
    args: [TrainSettings, "minitorch" | "torch", string | null];
    told: never;
    answer: Script;
  };

  /**
   * Runs both engines from new models of the settings, the eager one for about a number of
   * seconds; null if training has begun meanwhile. The model being trained is not touched.
   */
  compare: { args: [TrainSettings, number]; told: never; answer: Comparison | null };
}

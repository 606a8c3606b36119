/** A run of training: its settings, what it tells, and what both engines make of it. */
import type { PythonProblem } from "./problems";

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
  eagerSeconds: number;
  compiledSeconds: number;
  compileSeconds: number;
  /** The largest difference of a loss, as a share of it. */
  difference: number;
}

export interface TrainingOpened {
  points: Points;
  update: TrainingUpdate;
}

/**
 * How to train: so many epochs a second at most, with a boundary for each update, to be watched;
 * or, null, as fast as it goes, with a boundary at the end.
 */
export type Pace = number | null;

export interface TrainingCalls {
  /** Makes the data and the model; with a checkpoint, one that goes on from there. */
  open: { args: [TrainSettings, Checkpoint | null]; told: never; answer: TrainingOpened };

  /**
   * Trains for so many epochs at most, or until `pause`, telling of its progress: the next update
   * comes when the page has taken in the last. The answer has been told before.
   */
  train: { args: [number, Pace]; told: TrainingUpdate; answer: TrainingUpdate };
  pause: { args: []; told: never; answer: void };
  /** The state as it is, with an up-to-date boundary. */
  draw: { args: []; told: never; answer: TrainingUpdate };

  /** The program that trains, as Python; empty where there is none. */
  source: { args: []; told: never; answer: string };

  /**
   * Runs both engines from new models of the settings, the slower for about so many seconds; null
   * if training has begun meanwhile. The model being trained is not touched.
   */
  compare: { args: [TrainSettings, number]; told: never; answer: Comparison | null };
}

/**
 * The shapes of what the worker tells and answers. Both ends hold each message against them: the
 * worker before it is copied for the page, and the page before it is shown.
 */
import type { Answer, CallName, Told } from "./calls";
import type { CheckingNews, Mistake, TestReport, TestResult } from "./checking";
import type {
  DerivativeRow,
  ExpressionResult,
  Graph,
  GraphEdge,
  GraphNode,
} from "./expression";
import type { FunctionLook, FunctionRange, Slope } from "./functions";
import type { PythonProblem } from "./problems";
import {
  column,
  either,
  flag,
  list,
  nothing,
  nullable,
  number,
  oneOf,
  plain,
  record,
  text,
  where,
  whole,
  type Shape,
} from "./shape";
import type { RunResult } from "./running";
import type { Library, LoadProgress } from "./starting";
import type {
  Boundary,
  Checkpoint,
  Comparison,
  EpochColumns,
  Inspected,
  Layer,
  Neurons,
  Points,
  Script,
  TrainingOpened,
  TrainingUpdate,
  WhatRan,
} from "./training";

/** Characters: of a name, of a sentence, of what is printed or of a traceback. */
const [NAME, SENTENCE, PAGES] = [1_000, 20_000, 200_000];
/** Of whatever has no shape of its own here. */
const [PARTS, CHARACTERS] = [200_000, 5_000_000];
const [EPOCHS, PARAMETERS, POINTS, SIDE] = [2_000_000, 50_000, 100_000, 500];
/** Of a function that is studied: values on a grid, or along a curve. */
const CELLS = 1_000_000;

const library = record<Library>({ name: oneOf("Reference", "Yours"), version: text(NAME) });
const progress = record<LoadProgress>({ stage: text(NAME), loaded: number });
const problem = record<PythonProblem>({
  kind: text(SENTENCE),
  message: text(SENTENCE),
  file: nullable(text(NAME)),
  line: nullable(number),
  task: nullable(text(NAME)),
  hint: nullable(text(SENTENCE)),
  traceback: text(PAGES),
});

// ------------------------------------------------------------------------------- an expression

const node = record<GraphNode>({
  id: number,
  operation: nullable(text(NAME)),
  symbol: nullable(text(NAME)),
  name: nullable(text(NAME)),
  value: number,
  derivative: nullable(number),
});
const edge = record<GraphEdge>({
  source: number,
  target: number,
  slope: nullable(number),
  contribution: nullable(number),
  received: nullable(number),
});
const graph = record<Graph>({
  nodes: list(node, 1_000),
  edges: list(edge, 5_000),
  order: list(number, 1_000),
});
const row = record<DerivativeRow>({
  variable: text(NAME),
  value: number,
  derivative: number,
  centralDifference: nullable(number),
});
const expressionResult = record<ExpressionResult>({
  library,
  problem: nullable(problem),
  output: text(PAGES),
  value: nullable(number),
  nodeCount: number,
  graph: nullable(graph),
  derivatives: list(row, NAME),
  names: list(text(NAME), NAME),
  remark: nullable(text(PAGES)),
});

// ------------------------------------------------------------------------------------ functions

/** Of one look: a number for each epsilon. */
const EPSILONS = 1_000;
const slope = record<Slope>({
  derivative: nullable(number),
  differences: column(EPSILONS),
  below: column(EPSILONS),
  above: column(EPSILONS),
  ahead: column(EPSILONS),
});
const functionRange = record<FunctionRange>({
  library,
  problem: nullable(problem),
  output: text(PAGES),
  parameters: list(text(SENTENCE), 2),
  places: list(column(CELLS), 2),
  values: column(CELLS),
  derivatives: list(column(CELLS), 2),
  differences: column(CELLS),
  undefined: text(SENTENCE),
  plain: number,
});
const functionLook = record<FunctionLook>({
  library,
  problem: nullable(problem),
  output: text(PAGES),
  value: nullable(number),
  undefined: text(SENTENCE),
  isPlain: flag,
  slopes: list(slope, 2),
  graph: nullable(graph),
  nodeCount: number,
});

// ------------------------------------------------------------------------------------- training

const points = where(
  record<Points>({
    x1: list(number, POINTS),
    x2: list(number, POINTS),
    label: list(number, POINTS),
  }),
  ({ x1, x2, label }) => x1.length === x2.length && x1.length === label.length,
);
const records = where(
  record<EpochColumns>({
    first: whole(),
    loss: column(EPOCHS),
    correct: column(EPOCHS),
    seconds: column(EPOCHS),
    heldLoss: column(EPOCHS),
    heldCorrect: column(EPOCHS),
  }),
  ({ loss, ...others }) =>
    [others.correct, others.seconds, others.heldLoss, others.heldCorrect].every(
      ({ length }) => length === loss.length,
    ),
);
const checkpoint = record<Checkpoint>({ epoch: whole(), parameters: column(PARAMETERS) });
const layer = record<Layer>({ name: text(NAME), size: whole(), shown: list(whole(), NAME) });
const neurons = record<Neurons>({
  layers: list(layer, NAME),
  side: whole(1_000),
  values: column(CELLS),
});
const boundary = where(
  record<Boundary>({
    side: whole(SIDE),
    values: column(SIDE * SIDE),
    epoch: whole(),
    loss: number,
    correct: number,
    heldLoss: number,
    heldCorrect: number,
    outputs: column(POINTS),
    neurons: nullable(neurons),
  }),
  ({ side, values }) => values.length === side * side,
);
const inspected = record<Inspected>({
  output: number,
  loss: number,
  derivatives: column(PARAMETERS),
  nodeCount: whole(),
  graph: nullable(graph),
});
const ran = record<WhatRan>({
  engine: oneOf("compiled", "eager"),
  refusal: nullable(text(SENTENCE)),
  runner: nullable(text(NAME)),
  recorded: nullable(number),
  lowered: nullable(number),
  operations: nullable(number),
  kernels: nullable(number),
  seconds: nullable(number),
  memory: nullable(number),
  hasSource: flag,
});
const update = record<TrainingUpdate>({
  library,
  records,
  checkpoint,
  within: whole(),
  boundary: nullable(boundary),
  drawing: nullable(number),
  finished: flag,
  problem: nullable(problem),
  ran: nullable(ran),
});
const opened = record<TrainingOpened>({
  points,
  heldOut: points,
  parameters: list(text(200), PARAMETERS),
  update,
  note: nullable(text(SENTENCE)),
});
const comparison = record<Comparison>({
  epochs: number,
  runs: number,
  eagerSeconds: number,
  compiledSeconds: number,
  compileSeconds: number,
  difference: number,
});

// ---------------------------------------------------------------------------------------- tests

const result = record<TestResult>({
  test: text(SENTENCE),
  outcome: oneOf("passed", "failed", "skipped"),
  seconds: number,
  marks: list(text(NAME), NAME),
  text: text(PAGES),
  file: nullable(text(NAME)),
  line: nullable(number),
  details: plain<Record<string, unknown>>(NAME, PAGES),
});
const report = record<TestReport>({
  library,
  status: number,
  stopped: flag,
  passed: number,
  failed: number,
  skipped: number,
  seconds: number,
  failures: list(result, NAME),
  output: text(PAGES),
});
const news: Shape<CheckingNews> = either(
  either(record<{ progress: LoadProgress }>({ progress }), record<{ count: number }>({ count: whole() })),
  record<{ result: TestResult }>({ result }),
);

// ------------------------------------------------------------------------------------ all calls

const ANSWERS: { readonly [K in CallName]?: Shape<Answer<K>> } = {
  "programs.leftovers": list(text(SENTENCE), 100_000),
  "expression.evaluate": expressionResult,
  "functions.sample": functionRange,
  "functions.look": functionLook,
  "running.run": record<RunResult>({ library, output: text(PAGES), problem: nullable(problem) }),
  "training.open": opened,
  "training.train": nothing,
  "training.pause": nothing,
  "training.look": nullable(boundary),
  "training.inspect": inspected,
  "training.script": record<Script>({ text: text(CHARACTERS), problem: nullable(text(SENTENCE)) }),
  "training.source": text(CHARACTERS),
  "training.compare": nullable(comparison),
  "checking.prepare": nothing,
  "checking.runTests": report,
  "checking.recognise": list(record<Mistake>({ name: text(NAME), where: text(SENTENCE) }), NAME),
};
const TOLD: { readonly [K in CallName]?: Shape<Told<K>> } = {
  complete: record<{ waits: boolean }>({ waits: flag }),
  "training.train": update,
  "checking.runTests": news,
};
const ANYTHING = plain<unknown>(PARTS, CHARACTERS);

/** Tells whether something may be taken for what it should be. */
export interface Shapes {
  isAnswer(name: CallName, value: unknown): boolean;
  isNews(name: CallName, value: unknown): boolean;
  isProblem(value: unknown): boolean;
}

export const SHAPES: Shapes = {
  isAnswer(name, value) {
    // What a start gives, compiled parts among it, comes before any code of a learner's runs.
    return name === "start" || shapeIn(ANSWERS, name)(value);
  },
  isNews: (name, value) => shapeIn(TOLD, name)(value),
  isProblem: problem,
};

function shapeIn(shapes: Partial<Record<string, Shape<unknown>>>, name: string): Shape<unknown> {
  return (Object.hasOwn(shapes, name) && shapes[name]) || ANYTHING;
}

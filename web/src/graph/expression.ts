/**
 * An expression: what Python makes of its text, and what came of it before.
 *
 * The last result that worked stays while the learner mends what went wrong.
 */
import { computed, signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import { evaluate } from "./calls";
import { Stopped, WorkerGone, problemOf, status } from "../python/client";
import type { ExpressionRequest, ExpressionResult, Graph } from "../protocol/expression";
import type { PythonProblem } from "../protocol/problems";
import { inLine } from "../format";
import { lastStep } from "./walk";

/** Larger graphs are not drawn. */
export const MAX_NODES = 300;

export interface ExpressionOptions {
  text: ReadonlySignal<string>;
  /** The values of the inputs, by their names. */
  inputs: ReadonlySignal<Record<string, number>>;
}

/** Makes an expression that waits to be evaluated. `dispose` stops what runs of it. */
export function createExpression(options: ExpressionOptions): Expression {
  return new Expression(options);
}

export class Expression {
  readonly text: ReadonlySignal<string>;
  readonly inputs: ReadonlySignal<Record<string, number>>;
  /** The last result without a problem. */
  readonly result = signal<ExpressionResult | null>(null);
  readonly problem = signal<PythonProblem | null>(null);
  /** The last graph that could be drawn: a larger one has its numbers in the table only. */
  readonly graph = signal<Graph | null>(null);
  /** Where the walk back through the graph is. */
  readonly step = signal(0);
  /** What the code has printed. */
  readonly output = signal("");
  readonly isRunning = signal(false);
  /** What it is doing, or how it ended: a word or two beside the buttons. */
  readonly note = computed(() => {
    if (!this.isRunning.value) return this.ending.value;
    return status.value.phase === "loading" ? "Waiting for Python…" : "Running…";
  });
  /** Whether the result is of something else than what is written now. */
  readonly isStale = computed(() => {
    const request = this.shown.value;
    return request !== null && !isSame(request, this.request());
  });

  private readonly ending = signal("");
  /** What the result is of. */
  private readonly shown = signal<ExpressionRequest | null>(null);
  private call: AbortController | null = null;

  constructor({ text, inputs }: ExpressionOptions) {
    this.text = text;
    this.inputs = inputs;
  }

  /** Evaluates the text with the inputs as they are now; nothing, while it is running. */
  readonly evaluate = async (): Promise<void> => {
    if (this.isRunning.value) return;
    const request = this.request();
    const call = (this.call = new AbortController());
    this.isRunning.value = true;
    try {
      this.show(request, await evaluate(request, call.signal));
    } catch (error) {
      this.fail(error);
    } finally {
      this.isRunning.value = false;
      this.call = null;
    }
  };

  readonly stop = (): void => {
    this.call?.abort();
  };

  dispose(): void {
    this.stop();
  }

  private request(): ExpressionRequest {
    return { code: this.text.value, inputs: this.inputs.value, maxNodes: MAX_NODES };
  }

  private show(request: ExpressionRequest, answer: ExpressionResult): void {
    this.output.value = answer.output;
    if (answer.problem?.kind === "Stopped") {
      this.problem.value = null;
      this.ending.value = `Stopped${inLine(answer.problem)}.`;
      return;
    }
    this.problem.value = answer.problem;
    this.ending.value = answer.problem ? "" : "Done";
    if (answer.problem) return;
    this.shown.value = request;
    this.result.value = answer;
    if (!answer.graph) return;
    this.graph.value = answer.graph;
    this.step.value = lastStep(answer.graph);
  }

  private fail(error: unknown): void {
    this.ending.value = "";
    // What it printed has gone with its Python; what is there is of an earlier run.
    this.output.value = "";
    if (error instanceof Stopped) {
      this.problem.value = null;
      this.ending.value = "Stopped.";
      return;
    }
    this.problem.value = error instanceof WorkerGone ? ENDED : problemOf(error);
  }
}

const ENDED: PythonProblem = {
  kind: "Stopped",
  message: "Python ended while it was running this. Your text is safe.",
  file: null,
  line: null,
  task: null,
  hint: "A new Python takes over by itself. The same code would end it again.",
  traceback: "",
};

function isSame(one: ExpressionRequest, other: ExpressionRequest): boolean {
  const names = Object.keys({ ...one.inputs, ...other.inputs });
  return one.code === other.code && names.every((name) => one.inputs[name] === other.inputs[name]);
}

/**
 * An expression, and what Python makes of its text. What is shown belongs to what was run last:
 * a problem leaves nothing of an earlier result.
 */
import { batch, computed, signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import { evaluate } from "./calls";
import { Stopped, WorkerGone, isSameLibrary, problemOf, status } from "../python/client";
import type { ExpressionRequest, ExpressionResult, Graph } from "../protocol/expression";
import type { PythonProblem } from "../protocol/problems";
import type { Files } from "../protocol/starting";
import { inLine } from "../format";
import { compare, type Comparison } from "./comparison";

/** Larger graphs are not drawn. */
export const MAX_NODES = 300;

export interface ExpressionOptions {
  text: ReadonlySignal<string>;
  /** The values of the inputs, by their names. */
  inputs: ReadonlySignal<Record<string, number>>;
  /** The learner's files to evaluate it on, and then on ours too, to compare; null: on ours. */
  library?: ReadonlySignal<Files | null>;
}

/** What a result is of. */
interface Asked {
  request: ExpressionRequest;
  library: Files | null;
}

/** Makes an expression that waits to be evaluated. `dispose` stops what runs of it. */
export function createExpression(options: ExpressionOptions): Expression {
  return new Expression(options);
}

export class Expression {
  readonly text: ReadonlySignal<string>;
  readonly inputs: ReadonlySignal<Record<string, number>>;
  /** The result, without a problem, or at least with a graph. */
  readonly result = signal<ExpressionResult | null>(null);
  /** How a result of the learner's library compares with the reference's; null for one of ours. */
  readonly comparison = signal<Comparison | null>(null);
  readonly problem = signal<PythonProblem | null>(null);
  /** The graph, unless it is too large to be drawn: then its numbers are in the table only. */
  readonly graph = signal<Graph | null>(null);
  /** The same as far as it is of the graph that is shown. */
  readonly marks = computed(() =>
    this.result.value?.graph === this.graph.value ? this.comparison.value : null,
  );
  /** Where the walk back through the graph is. */
  readonly step = signal(0);
  /** What the code has printed. */
  readonly output = signal("");
  readonly isRunning = signal(false);
  /** What it is doing, or how it ended: a word or two beside the buttons. */
  readonly note = computed(() => {
    if (!this.isRunning.value) {
      // "Done" is true of what was run, not of what is written now.
      return this.isStale.value && this.ending.value === "Done" ? "" : this.ending.value;
    }
    return status.value.phase === "loading" ? "Waiting for Python…" : "Running…";
  });
  /** Whether the result is of something else than what is written now. */
  readonly isStale = computed(() => {
    const shown = this.shown.value;
    return shown !== null && !isSame(shown, this.asked());
  });

  private readonly ending = signal("");
  private readonly shown = signal<Asked | null>(null);
  private call: AbortController | null = null;

  private readonly library: ReadonlySignal<Files | null>;

  constructor({ text, inputs, library = signal(null) }: ExpressionOptions) {
    this.text = text;
    this.inputs = inputs;
    this.library = library;
  }

  /** Evaluates the text with the inputs as they are now; nothing, while it is running. */
  readonly evaluate = async (): Promise<void> => {
    if (this.isRunning.value) return;
    const asked = this.asked();
    const call = (this.call = new AbortController());
    this.isRunning.value = true;
    try {
      const answers = await answersTo(asked, call.signal);
      batch(() => this.show(asked, ...answers));
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

  private asked(): Asked {
    const request = { code: this.text.value, inputs: this.inputs.value, maxNodes: MAX_NODES };
    return { request, library: this.library.value };
  }

  private show(asked: Asked, answer: ExpressionResult, reference: ExpressionResult | null): void {
    this.output.value = answer.output;
    if (answer.problem?.kind === "Stopped") {
      this.problem.value = null;
      this.ending.value = `Stopped${inLine(answer.problem)}.`;
      return;
    }
    this.problem.value = answer.problem;
    this.ending.value = answer.problem ? "" : "Done";
    if (answer.problem && !answer.graph) return this.clear();
    this.shown.value = asked;
    this.result.value = answer;
    this.comparison.value = asked.library ? compare(answer, reference) : null;
    this.graph.value = answer.graph;
    if (answer.graph) this.step.value = this.firstStep(answer.graph);
  }

  private clear(): void {
    this.shown.value = this.result.value = this.comparison.value = this.graph.value = null;
  }

  /** Where to look first: where it goes wrong, or where the backward pass begins. */
  private firstStep(graph: Graph): number {
    const { node = null, isBackward = false } = this.comparison.value?.fault ?? {};
    const at = node !== null && isBackward ? graph.order.indexOf(node) : -1;
    return at < 0 ? 0 : at + 1;
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

/** The answer of the library that was asked, and of the reference if that is another one. */
async function answersTo(
  { request, library }: Asked,
  signal: AbortSignal,
): Promise<[ExpressionResult, ExpressionResult | null]> {
  if (!library) return [await evaluate(request, signal), null];
  // Without its answer there is theirs all the same.
  const reference = evaluate(request, signal).catch(() => null);
  return [await evaluate(request, signal, library), await reference];
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

function isSame({ request: one, library }: Asked, { request: other, ...rest }: Asked): boolean {
  const names = Object.keys({ ...one.inputs, ...other.inputs });
  return (
    one.code === other.code &&
    names.every((name) => one.inputs[name] === other.inputs[name]) &&
    isSameLibrary(library, rest.library)
  );
}

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
import { isSameShape } from "./sameshape";

/** Larger graphs are not drawn. */
export const MAX_NODES = 300;

/** What is evaluated because an input was moved says so only if it takes longer, in milliseconds. */
const NOTICED_MS = 300;

export interface ExpressionOptions {
  text: ReadonlySignal<string>;
  /** The values of the inputs, by their names. */
  inputs: ReadonlySignal<Record<string, number>>;
  /** Those of more inputs, which there are if the text names and does not define them. */
  spare?: ReadonlySignal<Record<string, number>>;
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
  /** The inputs that the text names, as it was run last; null until it could be read. */
  readonly names = signal<readonly string[] | null>(null);
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
  /** Whether the result is of something else than what is written now, and none is on its way. */
  readonly isStale = computed(() => {
    const [shown, now] = [this.shown.value, this.asked()];
    if (shown === null || isSame(shown, now)) return false;
    return !isSameProgram(shown, now) || !this.isCatchingUp.value;
  });

  private readonly ending = signal("");
  private readonly shown = signal<Asked | null>(null);
  /** Whether inputs that were moved are being evaluated. */
  private readonly isCatchingUp = signal(false);
  /** What somebody has asked to be run: only this is run again when an input moves. */
  private wanted: Asked | null = null;
  /** Whether somebody has asked for it while it was catching up. */
  private isAskedAgain = false;
  private call: AbortController | null = null;
  /** What is being evaluated; null when nothing is. */
  private turn: Promise<void> | null = null;

  private readonly spare: ReadonlySignal<Record<string, number>>;
  private readonly library: ReadonlySignal<Files | null>;

  constructor({ text, inputs, spare = signal({}), library = signal(null) }: ExpressionOptions) {
    this.text = text;
    this.inputs = inputs;
    this.spare = spare;
    this.library = library;
  }

  /** Evaluates the text with the inputs as they are now; nothing, while it is running. */
  readonly evaluate = async (): Promise<void> => {
    if (this.isRunning.value) return;
    this.wanted = this.asked();
    this.isRunning.value = true;
    if (this.call) this.isAskedAgain = true;
    else await this.run(this.wanted, false);
  };

  /** Whether inputs that move are followed: somebody has asked for this very text to be run. */
  isFollowing(): boolean {
    return this.wanted !== null && isSameProgram(this.wanted, this.asked());
  }

  /** Resolves when nothing is being evaluated any more. */
  readonly settled = async (): Promise<void> => {
    while (this.turn) await this.turn;
  };

  /**
   * An input was moved: what somebody has asked to be run is evaluated again with it. Where the
   * text is another by now, it waits to be asked for.
   */
  readonly follow = (): void => {
    const now = this.asked();
    if (this.call || !this.isFollowing() || !this.wanted || isSame(this.wanted, now)) return;
    this.wanted = now;
    this.isCatchingUp.value = true;
    const slow = setTimeout(() => (this.isRunning.value = true), NOTICED_MS);
    void this.run(now, true).finally(() => clearTimeout(slow));
  };

  /** Inputs that move from here on are not evaluated before somebody asks for it. */
  readonly unfollow = (): void => {
    this.wanted = null;
  };

  readonly stop = (): void => {
    this.unfollow();
    this.isAskedAgain = false;
    this.call?.abort();
  };

  dispose(): void {
    this.stop();
  }

  private run(asked: Asked, isMoved: boolean): Promise<void> {
    return (this.turn = this.runNow(asked, isMoved));
  }

  private async runNow(asked: Asked, isMoved: boolean): Promise<void> {
    const call = (this.call = new AbortController());
    try {
      const answers = await answersTo(asked, call.signal);
      batch(() => this.show(asked, isMoved, ...answers));
    } catch (error) {
      this.unfollow();
      this.fail(error);
    }
    this.call = this.turn = null;
    batch(() => this.goOn());
  }

  /** Evaluates what was asked for, or moved, meanwhile. */
  private goOn(): void {
    const isAskedAgain = this.isAskedAgain;
    this.isRunning.value = this.isAskedAgain = this.isCatchingUp.value = false;
    if (isAskedAgain) void this.evaluate();
    else this.follow();
  }

  private asked(): Asked {
    const [code, inputs, spare] = [this.text.value, this.inputs.value, this.spare.value];
    return { request: { code, inputs, spare, maxNodes: MAX_NODES }, library: this.library.value };
  }

  private show(
    asked: Asked,
    isMoved: boolean,
    answer: ExpressionResult,
    reference: ExpressionResult | null,
  ): void {
    this.output.value = answer.output;
    if (answer.problem?.kind === "Stopped") {
      this.unfollow();
      this.problem.value = null;
      this.ending.value = `Stopped${inLine(answer.problem)}.`;
      return;
    }
    this.problem.value = answer.problem;
    this.ending.value = answer.problem ? "" : "Done";
    if (answer.names.length > 0) this.names.value = answer.names;
    // At the next place of a slider there may be a result again: the picture stays until then.
    if (answer.problem && !answer.graph) return isMoved ? undefined : this.clear();
    const isAlike = isMoved && isSameShape(this.graph.value, answer.graph);
    this.shown.value = asked;
    this.result.value = answer;
    this.comparison.value = asked.library ? compare(answer, reference) : null;
    this.graph.value = answer.graph;
    if (answer.graph && !isAlike) this.step.value = this.firstStep(answer.graph);
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

function isSame(one: Asked, other: Asked): boolean {
  const [values, others] = [one.request, other.request];
  return (
    isSameProgram(one, other) &&
    areSame(values.inputs, others.inputs) &&
    areSame(values.spare ?? {}, others.spare ?? {})
  );
}

function isSameProgram(one: Asked, other: Asked): boolean {
  return one.request.code === other.request.code && isSameLibrary(one.library, other.library);
}

function areSame(one: Record<string, number>, other: Record<string, number>): boolean {
  return Object.keys({ ...one, ...other }).every((name) => one[name] === other[name]);
}

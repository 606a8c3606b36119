/**
 * Gradient descent on an expression, over its inputs: each step moves them against their
 * derivatives, and evaluates it there. The numbers of each place are Python's.
 */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { float, listed } from "../format";
import type { ExpressionResult } from "../protocol/expression";
import type { PythonProblem } from "../protocol/problems";
import type { Expression } from "./expression";

type Values = Readonly<Record<string, number>>;

/** A place on the way. */
export interface Spot {
  at: Values;
  /** The derivatives by the inputs there. */
  slopes: Values;
  value: number;
}

/** Between two steps of several, in milliseconds: so that they are seen. */
const PAUSE_MS = 60;
/** More are not kept, nor drawn. */
const LONGEST = 1000;

/** Where a step leads; an input that is held stays. */
export function nextOf({ at, slopes }: Spot, rate: number, held: ReadonlySet<string>): Values {
  const moved = Object.entries(at).map(([name, value]) => {
    const by = held.has(name) ? 0 : rate * (slopes[name] ?? 0);
    return [name, value - by];
  });
  return Object.fromEntries(moved) as Values;
}

export function spotOf({ value, derivatives }: ExpressionResult): Spot {
  return {
    at: Object.fromEntries(derivatives.map((row) => [row.variable, row.value])),
    slopes: Object.fromEntries(derivatives.map((row) => [row.variable, row.derivative])),
    value: value ?? NaN,
  };
}

/** What to say of the way so far, and whether it can't go on. */
export function judge(path: readonly Spot[], held: ReadonlySet<string>): { words: string; isOver: boolean } {
  const [last, before] = [path.at(-1), path.at(-2)];
  if (!last) return { words: "", isOver: false };
  const moving = Object.entries(last.slopes).filter(([name]) => !held.has(name));
  const slopes = moving.map(([, slope]) => slope);
  if (moving.length === 0) return { words: "No input is free to move.", isOver: true };
  if (![last.value, ...slopes].every(Number.isFinite)) {
    const words =
      `Here the result is ${float(last.value)}, and the slopes ${listed(slopes.map((one) => float(one)))}: ` +
      "from what is no number, no step leads on. Reset, and try a smaller rate.";
    return { words, isOver: true };
  }
  if (slopes.every((slope) => slope === 0)) {
    const words =
      `Every derivative is 0 at ${placeOf(last)}, so no step leads on: it is the bottom, a top, or ` +
      "flat ground.";
    return { words, isOver: true };
  }
  if (!before) return { words: "", isOver: false };
  const change = `from ${float(before.value)} to ${float(last.value)}`;
  if (last.value > before.value) {
    const words = `It went up, ${change}: the rate is too large here, and the step goes past the bottom.`;
    return { words, isOver: false };
  }
  const isSame = last.value === before.value;
  return { words: isSame ? "The result changes no more." : `It went down, ${change}.`, isOver: false };
}

/** "x = 1.0, y = 2.0" */
export function placeOf({ at }: Spot): string {
  return Object.entries(at)
    .map(([name, value]) => `${name} = ${float(value)}`)
    .join(", ");
}

interface DescentOptions {
  expression: Expression;
  rate: ReadonlySignal<number>;
  /** Moves the inputs; the expression follows. */
  move(at: Values): void;
}

export class Descent {
  /** From where it began to where it is. */
  readonly path = signal<readonly Spot[]>([]);
  /** The inputs that stay where they are. */
  readonly held = signal<ReadonlySet<string>>(new Set());
  readonly isRunning = signal(false);
  readonly words = computed(() => this.failure.value || judge(this.path.value, this.held.value).words);

  private readonly failure = signal("");
  private isStopped = false;

  constructor(private readonly options: DescentOptions) {}

  /** Takes so many steps, or fewer: until Stop, or where no step leads on. */
  readonly go = async (steps: number): Promise<void> => {
    if (this.isRunning.value) return;
    this.isRunning.value = true;
    this.isStopped = false;
    try {
      if (!(await this.begin())) return;
      for (let step = 0; step < steps && !this.isStopped; step++) {
        if (step > 0) await new Promise((resume) => setTimeout(resume, PAUSE_MS));
        if (this.isStopped || !(await this.step())) return;
      }
    } finally {
      this.isRunning.value = false;
    }
  };

  readonly stop = (): void => {
    this.isStopped = true;
  };

  /** Back to where it began. */
  readonly reset = (): void => {
    this.stop();
    const [first] = this.path.value;
    this.path.value = [];
    this.failure.value = "";
    if (first) this.options.move(first.at);
  };

  readonly hold = (name: string, isHeld: boolean): void => {
    const held = new Set(this.held.value);
    if (isHeld) held.add(name);
    else held.delete(name);
    this.held.value = held;
  };

  /** Begins anew where the expression is another one by now, or somebody has moved its inputs. */
  private async begin(): Promise<boolean> {
    const { expression } = this.options;
    this.failure.value = "";
    const isCurrent = expression.isFollowing() && !expression.isStale.value;
    if (!isCurrent || !expression.result.value) await expression.evaluate();
    await expression.settled();
    const spot = this.here();
    if (!spot) return false;
    const last = this.path.value.at(-1);
    if (!last || !isSamePlace(last, spot)) this.path.value = [spot];
    return true;
  }

  private async step(): Promise<boolean> {
    const { path, held } = this;
    const last = path.value.at(-1);
    if (!last || judge(path.value, held.value).isOver) return false;
    this.options.move(nextOf(last, this.options.rate.value, held.value));
    await this.options.expression.settled();
    const spot = this.here();
    if (!spot) return false;
    const [first = spot, ...others] = path.value;
    // The first stays: Reset leads back to it.
    path.value = [first, ...[...others, spot].slice(1 - LONGEST)];
    return true;
  }

  /** Where the expression is; null, and why, where it has no result there. */
  private here(): Spot | null {
    const { problem, result, isStale } = this.options.expression;
    const found = problem.value ? null : result.value;
    if (found && !isStale.value) return spotOf(found);
    this.failure.value = sayNothingHere(problem.value);
    return null;
  }
}

function sayNothingHere(problem: PythonProblem | null): string {
  const why = problem ? `: ${problem.message}` : "";
  return `There is no result here${why}${/[.?!]$/.test(why) ? "" : "."} Reset, or try a smaller rate.`;
}

function isSamePlace(one: Spot, other: Spot): boolean {
  const names = Object.keys({ ...one.at, ...other.at });
  return one.value === other.value && names.every((name) => one.at[name] === other.at[name]);
}

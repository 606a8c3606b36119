/**
 * A function that is studied: what Python makes of it over a range, and at the point that is moved.
 *
 * Moving the point waits for nothing: until Python has looked there, what is shown is read off the
 * curve. Where nobody has asked to run what is written now, the point moves on what ran before.
 */
import { batch, computed, effect, signal, untracked, type ReadonlySignal } from "@preact/signals";
import { Stopped, WorkerGone, isSameLibrary, problemOf, status } from "../python/client";
import type { Graph } from "../protocol/expression";
import type { Ends, FunctionLook, FunctionRange, RangeRequest } from "../protocol/functions";
import type { PythonProblem } from "../protocol/problems";
import type { Files } from "../protocol/starting";
import { inLine } from "../format";
import { look, sample } from "./calls";
import { EPSILONS, USUAL } from "./epsilons";
import { readOff } from "./lines";

/** Places along the range of one argument, and along each side of the plane of two. */
const COUNTS = [241, 41] as const;
/** Larger graphs are not drawn. */
const MAX_NODES = 120;
/** The graph follows when the point has rested for this long. */
const REST_MS = 200;

export interface Asked {
  code: string;
  ranges: readonly [Ends, Ends];
  /** The learner's files to compute it on; null: on our library. */
  library: Files | null;
}

export type At = readonly [number, number];

/** A close look, and where it was taken. */
interface Looked extends FunctionLook {
  at: At;
}

/** Makes a study that waits to be run. `dispose` stops what runs of it. */
export function createFunctionStudy(asked: ReadonlySignal<Asked>, at: At = [1, 1]): FunctionStudy {
  return new FunctionStudy(asked, at);
}

export class FunctionStudy {
  /** Where the point is. */
  readonly at = signal<At>([1, 1]);
  /** Which of EPSILONS is chosen. */
  readonly epsilon = signal(USUAL);
  /** The last one without a problem, or at least with values; and what it is of. */
  readonly range = signal<FunctionRange | null>(null);
  readonly shown = signal<Asked | null>(null);
  readonly graph = signal<Graph | null>(null);
  readonly problem = signal<PythonProblem | null>(null);
  /** What the code has printed. */
  readonly output = signal("");
  readonly isRunning = signal(false);
  /** How many arguments it has, once that is known. */
  readonly size = computed(() => this.range.value?.parameters.length ?? 0);
  /** Whether what is shown is of something else than what is written now. */
  readonly isStale = computed(() => {
    const shown = this.shown.value;
    return shown !== null && !isSame(shown, this.asked.value);
  });
  /** What Python has found at the point; null until it has looked there. */
  readonly look = computed(() => {
    const [found, [x, y]] = [this.looked.value, this.at.value];
    const isThere = found?.at[0] === x && (this.size.value < 2 || found.at[1] === y);
    return isThere ? found : null;
  });
  /** The value at the point; NaN where there is none. */
  readonly value = computed(() =>
    this.look.value
      ? (this.look.value.value ?? NaN)
      : readOff(this.range.value, this.range.value?.values, this.at.value),
  );
  /** What it is doing, or how it ended: a word or two beside the buttons. */
  readonly note = computed(() => {
    if (!this.isRunning.value) return this.ending.value;
    return status.value.phase === "loading" ? "Waiting for Python…" : "Running…";
  });

  private readonly looked = signal<Looked | null>(null);
  private readonly ending = signal("");
  private call: AbortController | null = null;
  private isLooking = false;
  private isWantedAgain = false;
  private resting = 0;
  private readonly stopFollowing: () => void;

  constructor(
    readonly asked: ReadonlySignal<Asked>,
    at: At,
  ) {
    this.at.value = at;
    this.stopFollowing = effect(() => {
      void [this.at.value, this.shown.value];
      untracked(() => void this.follow());
    });
  }

  /** The slope along an argument at the point, by the backward pass; NaN where there is none. */
  derivative(argument: number): number {
    const found = this.look.value;
    if (found) return found.slopes[argument]?.derivative ?? NaN;
    return readOff(this.range.value, this.range.value?.derivatives[argument], this.at.value);
  }

  /** The same by a central difference with the chosen epsilon; null until Python has looked. */
  difference(argument: number): number | null {
    return this.look.value?.slopes[argument]?.differences[this.epsilon.value] ?? null;
  }

  /** Runs what is written now; once more, if that changes while it runs. */
  readonly run = async (): Promise<void> => {
    if (this.isRunning.value) {
      this.isWantedAgain = true;
      return;
    }
    this.isRunning.value = true;
    try {
      do {
        this.isWantedAgain = false;
        await this.runOnce(this.asked.value);
      } while (this.isWantedAgain);
    } finally {
      this.isRunning.value = false;
    }
  };

  readonly stop = (): void => {
    this.isWantedAgain = false;
    this.call?.abort();
  };

  dispose(): void {
    this.stopFollowing();
    clearTimeout(this.resting);
    this.stop();
  }

  private async runOnce(asked: Asked): Promise<void> {
    const { code, ranges, library } = asked;
    const request: RangeRequest = { code, ranges, counts: COUNTS };
    this.call = new AbortController();
    try {
      this.show(asked, await sample(request, { library, signal: this.call.signal }));
    } catch (error) {
      this.fail(error);
    } finally {
      this.call = null;
    }
  }

  private show(asked: Asked, found: FunctionRange): void {
    batch(() => {
      this.output.value = found.output;
      const isStopped = found.problem?.kind === "Stopped";
      this.problem.value = isStopped ? null : found.problem;
      this.ending.value = isStopped && found.problem ? `Stopped${inLine(found.problem)}.` : "";
      const isWhole = found.places.length > 0 && found.values.length === sizeOf(found);
      if (isStopped || !isWhole) return;
      if (found.parameters.length !== this.size.peek()) this.graph.value = null;
      this.looked.value = null;
      this.range.value = found;
      this.shown.value = asked;
    });
  }

  private fail(error: unknown): void {
    this.output.value = "";
    const isStopped = error instanceof Stopped;
    this.ending.value = isStopped ? "Stopped." : "";
    this.problem.value = isStopped ? null : error instanceof WorkerGone ? ENDED : problemOf(error);
  }

  /** Looks where the point is now, one look after the other; then at the graph, when it rests. */
  private async follow(): Promise<void> {
    clearTimeout(this.resting);
    if (this.isLooking || !this.shown.peek()) return;
    this.isLooking = true;
    while (this.look.peek() === null && (await this.lookOnce(0)));
    this.isLooking = false;
    if (this.look.peek()) this.resting = window.setTimeout(() => void this.rest(), REST_MS);
  }

  private async rest(): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    const isDone = await this.lookOnce(MAX_NODES);
    this.isLooking = false;
    if (isDone && this.look.peek() === null) void this.follow();
  }

  /** Tells whether Python has answered. */
  private async lookOnce(maxNodes: number): Promise<boolean> {
    const [asked, at] = [this.shown.peek(), this.at.peek()];
    if (!asked) return false;
    const { code, library } = asked;
    this.call ??= new AbortController();
    const { call } = this;
    try {
      const request = { code, at, epsilons: EPSILONS, maxNodes };
      const found = await look(request, { library, signal: call.signal });
      if (asked !== this.shown.peek()) return true;
      if (found.problem && !this.problem.peek()) this.problem.value = found.problem;
      this.looked.value = { ...found, at };
      if (maxNodes > 0) this.graph.value = found.graph;
      return found.problem?.kind !== "Stopped";
    } catch (error) {
      this.fail(error);
      return false;
    } finally {
      if (this.call === call) this.call = null;
    }
  }
}

function sizeOf({ places }: FunctionRange): number {
  return places.reduce((product, { length }) => product * length, 1);
}

/** Whether both are the same function over the same range. */
export function isSame(one: Asked, other: Asked): boolean {
  return (
    one.code === other.code &&
    one.ranges.flat().join() === other.ranges.flat().join() &&
    isSameLibrary(one.library, other.library)
  );
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

/**
 * The page's Python: calls as promises, its state as a signal.
 *
 * There is a supply of workers for each library. Calls go to the one in use; when it dies or has to
 * be ended, the next one takes over: a spare that is ready already, where there is room for one.
 */
import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { findAssets } from "./assets";
import { begin, WorkerGone, type Life } from "./life";
import type { Answer, Args, CallName, Told } from "../protocol/calls";
import type { Hear } from "../protocol/messages";
import { ProblemError, type PythonProblem } from "../protocol/problems";
import type { Files, LoadProgress, PythonInfo } from "../protocol/starting";

export { WorkerGone } from "./life";

export interface PythonStatus {
  phase: "loading" | "ready" | "busy" | "failed";
  text: string;
  loaded?: number;
  total?: number;
  info: PythonInfo | null;
}

/** That of the page's own Python, which has our library. */
export const status = signal<PythonStatus>({
  phase: "loading",
  text: "Python has not started yet",
  info: null,
});

/** The learner has stopped the code, and its worker had to be ended for it. */
export class Stopped extends WorkerGone {
  override name = "Stopped";
}

/** How long, in milliseconds, code that is interrupted may take to end by itself. */
const INTERRUPT_MS = 120;
/** An interrupt can be lost, or caught by the code: it is sent again this often. */
const AGAIN_MS = 30;
/** The spare is started when Python is ready and has not trained for this long. */
const IDLE_MS = 1_000;
/** A worker with a learner's files is let go when nobody has asked it for this long. */
const UNUSED_MS = 300_000;
/** On devices with less memory, in gigabytes, there is no spare. */
const ROOM_FOR_TWO = 4;
/** Python that ends by itself this often within a minute is not started again unasked. */
const DEATHS_A_MINUTE = 3;

/** A call that runs and has a name for people. */
export interface Running {
  what: string;
  stop(): void;
}

// -------------------------------------------------------------------------------- one library

/** The workers for one library: one in use; and for ours a spare, and another after each death. */
class Supply {
  life: Life | null = null;
  spare: Life | null = null;
  /** How many calls have no answer yet, and how many of them compute all the time. */
  calls = 0;
  heavy = 0;
  /** Those that have a name, the oldest first. */
  readonly running = signal<Running[]>([]);
  private timer = 0;
  private readonly deaths: number[] = [];

  /**
   * @param files The learner's own that it starts with; null: there are none, and this is ours.
   * @param generation Rises whenever a worker is no longer in use, or another one is.
   */
  constructor(
    readonly files: Files | null,
    private readonly generation: Signal<number>,
  ) {}

  /** Gives the worker in use, starting it if there is none. */
  start(): Life {
    if (!this.life) this.takeNext();
    return this.life as Life;
  }

  /** Ends a worker, so that the next call finds another. */
  end(one: Life, why = "Python was stopped."): void {
    const isInUse = one === this.life;
    if (isInUse) this.letGo();
    one.end(why);
    if (isInUse && this.isOurs) this.takeNext();
  }

  /** Nothing disturbs what computes all the time. */
  keepQuiet(): void {
    clearTimeout(this.timer);
  }

  /** Begins to wait for a moment in which nothing is asked. */
  waitForIdle(): void {
    clearTimeout(this.timer);
    if (this.isOurs) this.waitForSpare();
    else if (this.calls === 0) {
      this.timer = window.setTimeout(() => this.life && this.end(this.life), UNUSED_MS);
    }
  }

  private get isOurs(): boolean {
    return this.files === null;
  }

  /** A worker; what it says of itself is shown as long as it is the one in use. */
  private launch(): Life {
    const mine: Life = begin(
      (progress) => {
        if (mine === this.life && this.isOurs) showLoading(progress);
      },
      (why) => this.afterEnd(mine, why),
      this.files,
    );
    mine.ready.then(() => {
      if (mine === this.life) showReady(this);
    }, noop);
    return mine;
  }

  /** Goes on with the spare, or with a worker that has yet to start. */
  private takeNext(): void {
    this.life = this.spare ?? this.launch();
    this.spare = null;
    if (this.life.info) showReady(this);
    else if (this.isOurs) showLoading({ stage: "Starting Python", loaded: 0 });
    this.generation.value += 1;
  }

  private letGo(): void {
    this.life = null;
    // Of ours the next one takes over at once; of theirs there is none until it is asked.
    if (!this.isOurs) this.generation.value += 1;
  }

  /** A worker has died, for a reason that nobody here has asked for. */
  private afterEnd(dead: Life, why: string): void {
    if (dead === this.spare) this.spare = null;
    if (dead !== this.life) return;
    this.letGo();
    if (!this.isOurs) return;
    const now = performance.now();
    this.deaths.push(now);
    const isRare = this.deaths.filter((at) => now - at < 60_000).length <= DEATHS_A_MINUTE;
    if (dead.info && isRare) this.takeNext();
    else status.value = { phase: "failed", text: why, info: null };
  }

  /**
   * Starts the spare when its start disturbs nobody. Code that runs for long does not count: it is
   * just what may have to be stopped.
   */
  private waitForSpare(): void {
    if (this.spare || this.heavy > 0 || !hasRoomForTwo()) return;
    this.timer = window.setTimeout(() => {
      if (this.life?.info) this.spare ??= this.launch();
    }, IDLE_MS);
  }
}

/** Whether a Python may be started in advance: on a small device, only those that are needed. */
export function hasRoomForTwo(): boolean {
  const { deviceMemory, hardwareConcurrency } = navigator as { deviceMemory?: number } & Navigator;
  // Where the browser doesn't tell, processors say something of the device.
  return (deviceMemory ?? 2 * hardwareConcurrency) >= ROOM_FOR_TWO;
}

function noop(): void {}

// ----------------------------------------------------------------------------- all libraries

/** Rises whenever another worker takes over, which knows nothing of what the last one held. */
export const generation = signal(0);
/** The same for a learner's library. */
const theirGeneration = signal(0);

const ours = new Supply(null, generation);
/** For a learner's library: as it was when it was last asked for. */
const learners = signal<Supply | null>(null);
/** For tests, in which the files may change from run to run. */
const apart = signal<Supply | null>(null);

function supplyFor(files: Files | null, isApart: boolean): Supply {
  if (!files) return ours;
  const found = isApart ? apart.peek() : learners.peek();
  if (found && (isApart || isSameLibrary(found.files, files))) return found;
  if (isApart) return (apart.value = new Supply(files, signal(0)));
  // Whatever still runs there runs on files that are no more.
  if (found?.life) found.end(found.life, "The library has changed.");
  return (learners.value = new Supply(files, theirGeneration));
}

/** What rises whenever the worker for a library is another one. */
export function generationOn(library: Files | null): ReadonlySignal<number> {
  return library ? theirGeneration : generation;
}

/** Whether both are the same files; null is our library. */
export function isSameLibrary(some: Files | null, others: Files | null): boolean {
  if (some === others) return true;
  if (some === null || others === null) return false;
  const names = Object.keys(others);
  return (
    names.length === Object.keys(some).length &&
    names.every((name) => Object.hasOwn(some, name) && some[name] === others[name])
  );
}

/** Starts Python, unless it has been started. */
export function startPython(): void {
  ours.start();
}

/** Whether another Python stands by. */
export function hasSpare(): boolean {
  return ours.spare?.info != null;
}

/** What runs now on our library that one may have to wait for, and how to stop it. */
export const busy: ReadonlySignal<Running | null> = computed(() => ours.running.value[0] ?? null);
/** The same on a learner's library. */
export const busyOnTheirs: ReadonlySignal<Running | null> = computed(
  () => learners.value?.running.value[0] ?? null,
);

/** Lets the calls that follow have a new Python. */
export function renew(library: Files | null = null): void {
  const supply = library ? learners.peek() : ours;
  if (supply?.life) supply.end(supply.life);
}

// -------------------------------------------------------------------------------- one call

export interface CallOptions<K extends CallName> {
  /** Takes what is told before the answer; the worker may wait for the promise. */
  hear?: Hear<Told<K>> | undefined;
  /**
   * Aborting it stops the call. While Python is loading it is called off; code that can be
   * interrupted answers for itself; else the worker is ended, and the error is Stopped.
   */
  signal?: AbortSignal | undefined;
  /** It computes all the time: nothing begins meanwhile that could wait. */
  heavy?: boolean;
  /** What to call it for people, who may have to wait for it: "your expression". */
  what?: string;
  /** The learner's files, `minitorch/__init__.py` among them, to import instead of ours. */
  library?: Files | null | undefined;
  /** Whether `library` has a Python for this alone, where files may change from call to call. */
  apart?: boolean;
}

/**
 * Asks Python as soon as it is ready.
 *
 * Rejects with ProblemError if it is the learner's library that fails, such as a file that can't be
 * imported; with WorkerGone if the worker goes before it has answered.
 */
export async function call<K extends CallName>(
  name: K,
  args: Args<K>,
  options: CallOptions<K> = {},
): Promise<Answer<K>> {
  const supply = supplyFor(options.library ?? null, options.apart ?? false);
  const { what, signal, heavy = false } = options;
  const halt = new AbortController();
  const stop = () => halt.abort();
  if (signal?.aborted) stop();
  signal?.addEventListener("abort", stop);
  const entry = what === undefined ? null : { what, stop };
  if (entry) supply.running.value = [...supply.running.value, entry];
  if (heavy) {
    supply.heavy += 1;
    supply.keepQuiet();
  }
  try {
    return await askOf(supply, ({ ask }) => ask(name, args, options.hear), halt.signal);
  } finally {
    signal?.removeEventListener("abort", stop);
    supply.running.value = supply.running.value.filter((one) => one !== entry);
    if (heavy) supply.heavy -= 1;
    showReady(supply);
  }
}

async function askOf<T>(
  supply: Supply,
  ask: (of: Life) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const mine = supply.start();
  await Promise.race([mine.ready, aborted(signal)]);
  if (signal.aborted) throw new Stopped("The code was stopped before it began.");
  supply.calls += 1;
  showReady(supply);
  const done = new AbortController();
  const onAbort = () => void stop(supply, mine, done.signal);
  signal.addEventListener("abort", onAbort, { signal: done.signal });
  try {
    return await Promise.race([ask(mine), mine.gone]);
  } catch (error) {
    if (signal.aborted && !(error instanceof ProblemError)) throw new Stopped("The code was stopped.");
    // The bridge answers for what learners' code does; any other error is the end of Python.
    if (isFromPython(error) || error instanceof WorkerGone) throw error;
    const { message } = explain(error);
    mine.end(`Python has stopped: ${message}`);
    throw new WorkerGone(message);
  } finally {
    done.abort();
    supply.calls -= 1;
    showReady(supply);
  }
}

/** Rejects when the signal is aborted. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const isAborted = () => reject(new Stopped("The code was stopped before it began."));
    if (signal.aborted) isAborted();
    else signal.addEventListener("abort", isAborted, { once: true });
  });
}

/** Interrupts what runs; what does not end then, is ended. */
async function stop(supply: Supply, of: Life, done: AbortSignal): Promise<void> {
  const last = performance.now() + INTERRUPT_MS;
  while (!done.aborted && performance.now() < last && of.interrupt()) {
    await new Promise((resume) => setTimeout(resume, AGAIN_MS));
  }
  if (!done.aborted) supply.end(of);
}

// ------------------------------------------------------------------------------- what went wrong

/** An error in one line: the message of a Python error is a traceback, which ends with it. */
export function explain(error: unknown): { message: string; traceback: string } {
  const text = error instanceof Error ? error.message : String(error);
  if (!isPythonError(error)) return { message: text, traceback: "" };
  return { message: text.trimEnd().split("\n").at(-1) ?? "", traceback: text };
}

/** Any error as a problem to show; `hint` is for those that are not the learner's doing. */
export function problemOf(error: unknown, hint: string | null = null): PythonProblem {
  if (error instanceof ProblemError) return error.problem;
  const kind = error instanceof Error ? error.name : "Error";
  return { kind, file: null, line: null, task: null, hint, ...explain(error) };
}

function isFromPython(error: unknown): boolean {
  return error instanceof ProblemError || isPythonError(error);
}

function isPythonError(error: unknown): boolean {
  return error instanceof Error && error.name === "PythonError";
}

// ------------------------------------------------------------------------------ what is shown

function showLoading({ stage, loaded }: LoadProgress): void {
  const total = findAssets().bytes;
  status.value = { phase: "loading", text: stage, info: null, loaded, total };
}

/** What Python is doing of itself while somebody waits for an answer. */
export function showDoing({ stage, loaded }: LoadProgress): void {
  status.value = { phase: "busy", text: stage, info: ours.life?.info ?? null, loaded };
}

function showReady(supply: Supply): void {
  supply.waitForIdle();
  const info = ours.life?.info;
  if (!info) return;
  const isBusy = [ours, learners.peek(), apart.peek()].some((one) => one && one.calls > 0);
  status.value = { phase: isBusy ? "busy" : "ready", text: "Python ready", info };
}

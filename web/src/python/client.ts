/**
 * The page's Python: calls as promises, its state as a signal.
 *
 * Which worker answers is the business of `supply.ts`; when it dies or has to be ended, the next
 * one takes over.
 */
import { computed, type ReadonlySignal } from "@preact/signals";
import { WorkerGone, type Life } from "./life";
import { showCalls, supplies, type Running, type Supply } from "./supply";
import { watch } from "./watch";
import type { Answer, Args, CallName, Told } from "../protocol/calls";
import type { Hear } from "../protocol/messages";
import { ProblemError, type PythonProblem } from "../protocol/problems";
import type { Files } from "../protocol/starting";

export { WorkerGone } from "./life";
export { showDoing, status, type PythonStatus } from "./status";
export { hasRoomForTwo, hasSpare, isSameLibrary, startPython, type Running } from "./supply";

/** The learner has stopped the code, and its worker had to be ended for it. */
export class Stopped extends WorkerGone {
  override name = "Stopped";
}

/** How long, in milliseconds, code that is interrupted may take to end by itself. */
const INTERRUPT_MS = 120;
/** An interrupt can be lost, or caught by the code: it is sent again this often. */
const AGAIN_MS = 30;
/** How long a program's Python may take to tell whether the program has left something behind. */
const SETTLE_MS = 1_000;

/** Python that neither answers nor gives a sign of life for so long hangs. */
const SILENCE_MS = 2_000;
/** The same where it computes at one go, which may take a slow device a while. */
const LONG_SILENCE_MS = 10_000;
const AT_ONE_GO: ReadonlySet<CallName> = new Set(["training.open", "training.source"]);

// ----------------------------------------------------------------------------- which Python

/** What trains on a library, or runs a text of the learner's in training. */
function trainingOn(library: Files | null, code: string | null): Supply {
  if (code !== null) return supplies.ownCode;
  return library ? supplies.theirTraining : supplies.training;
}

function programsOn(library: Files | null): Supply {
  return library ? supplies.theirPrograms : supplies.programs;
}

function supplyFor(name: CallName, { library = null, code = null, apart = false }: Home): Supply {
  if (apart) return supplies.tests.beginWith(library);
  const found = name.startsWith("training.") ? trainingOn(library, code) : programsOn(library);
  return found.turnTo({ library, code });
}

/** What rises whenever the Python that trains is another one, and holds no model. */
export function generationOn(
  library: Files | null,
  code: string | null = null,
): ReadonlySignal<number> {
  return trainingOn(library, code).generation;
}

/** What runs now that has a name, the oldest first, and how to stop it. */
export const busy = oldestOf(Object.values(supplies).filter((one) => one !== supplies.tests));

const busyTraining = new Map(
  [supplies.training, supplies.theirTraining, supplies.ownCode].map((one) => [one, oldestOf([one])]),
);

/** What keeps the Python busy that trains on a library. */
export function busyTrainingOn(
  library: Files | null,
  code: string | null = null,
): ReadonlySignal<Running | null> {
  return busyTraining.get(trainingOn(library, code))!;
}

function oldestOf(some: readonly Supply[]): ReadonlySignal<Running | null> {
  return computed(() => some.flatMap(({ running }) => running.value)[0] ?? null);
}

/** Lets the programs that follow have a new Python. */
export function renewPrograms(library: Files | null = null): void {
  programsOn(library).end();
}

/** Lets the training that follows have a new Python. */
export function renewTraining(library: Files | null = null, code: string | null = null): void {
  trainingOn(library, code).end();
}

// -------------------------------------------------------------------------------- one call

/** Which Python is asked. */
interface Home {
  /** The learner's files, `minitorch/__init__.py` among them, to import instead of ours. */
  library?: Files | null | undefined;
  /**
   * A text of theirs that training runs: another one, or the same opened anew, has another Python,
   * which trains nothing else.
   */
  code?: string | null | undefined;
  /** Whether `library` has a Python for this alone, where files may change from call to call. */
  apart?: boolean;
}

export interface CallOptions<K extends CallName> extends Home {
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
  const supply = supplyFor(name, options);
  const { what, signal, heavy = false } = options;
  const halt = new AbortController();
  const stop = () => halt.abort();
  if (signal?.aborted) stop();
  signal?.addEventListener("abort", stop);
  const done = what === undefined ? () => undefined : supply.note({ what, hangs: false, stop });
  if (heavy) {
    supply.heavy += 1;
    supply.keepQuiet();
  }
  const ask = (of: Life) => of.ask(name, args, options.hear);
  try {
    if (!name.startsWith("training.")) return await runAlone(supply, ask, halt.signal);
    if (name === "training.open" && options.code != null) supply.end("Another model is opened.");
    const stopWatching = what === undefined ? watchOver(supply, name, stop) : () => undefined;
    return await askOf(supply, ask, halt.signal).finally(stopWatching);
  } finally {
    signal?.removeEventListener("abort", stop);
    done();
    if (heavy) supply.heavy -= 1;
    supply.waitForIdle();
    showCalls();
  }
}

/** Notes that Python hangs, where training waits for it in vain. */
function watchOver(supply: Supply, name: CallName, stop: () => void): () => void {
  const life = supply.start();
  let forget = (): void => undefined;
  const patience = AT_ONE_GO.has(name) ? LONG_SILENCE_MS : SILENCE_MS;
  return watch(life, patience, (hangs) => {
    forget();
    if (hangs && life.info) forget = supply.note({ what: "Python", hangs, stop });
  });
}

/** A program of the learner's, with no other in its Python until it is known to be as it was. */
async function runAlone<T>(
  supply: Supply,
  ask: (of: Life) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const { purpose } = supply;
  const leave = await supply.takeTurn(aborted(signal));
  try {
    if (supply.purpose !== purpose) throw new WorkerGone("The library has changed.");
    return await askOf(supply, ask, signal);
  } finally {
    void settle(supply).then(leave);
  }
}

/** Replaces a Python in which a program has left something behind, or that does not say. */
async function settle(supply: Supply): Promise<void> {
  const { life } = supply;
  if (!life?.info) return;
  const silence = new Promise<null>((resolve) => setTimeout(resolve, SETTLE_MS, null));
  const left = await Promise.race([life.ask("programs.leftovers", []), silence]).catch(() => null);
  if (left === null || left.length > 0) supply.end("A program has left something behind.", life);
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
  supply.waitForIdle();
  showCalls();
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
    supply.waitForIdle();
    showCalls();
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
  if (!done.aborted) supply.end("Python was stopped.", of);
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


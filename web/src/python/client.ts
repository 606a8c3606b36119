/**
 * The page's Python: calls as promises, its state as a signal. When a worker dies or has to be
 * ended, the next one takes over: a spare that is ready already, where there is room for one.
 */
import { computed, signal } from "@preact/signals";
import { findAssets } from "./assets";
import { begin, WorkerGone, type Life } from "./life";
import type { Answer, Args, CallName, Told } from "../protocol/calls";
import type { Hear } from "../protocol/messages";
import type { LoadProgress, PythonInfo } from "../protocol/starting";

export { WorkerGone } from "./life";

export interface PythonStatus {
  phase: "loading" | "ready" | "busy" | "failed";
  text: string;
  loaded?: number;
  total?: number;
  info: PythonInfo | null;
}

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
/** The spare is started when Python is ready and has not trained for so long. */
const IDLE_MS = 1_000;
/** On devices with less memory, in gigabytes, there is no spare. */
const ROOM_FOR_TWO = 4;
/** Python that ends by itself this often within a minute is not started again unasked. */
const DEATHS_A_MINUTE = 3;

/** What runs and has a name for people, the oldest first. */
const running = signal<{ what: string; stop(): void }[]>([]);
/** What runs now that one may have to wait for, and how to stop it. */
export const busy = computed(() => running.value[0] ?? null);

/** Rises whenever another worker takes over, which knows nothing of what the last one held. */
export const generation = signal(0);

let life: Life | null = null;
let spare: Life | null = null;
/** How many calls have no answer yet, and how many of them compute all the time. */
let calls = 0;
let heavy = 0;
let idle = 0;
const deaths: number[] = [];

/** Starts Python, unless it has been started. */
export function startPython(): void {
  if (!life) takeNext();
}

/** An error in one line: the message of a Python error is a traceback, which ends with it. */
export function explain(error: unknown): { message: string; traceback: string } {
  const text = error instanceof Error ? error.message : String(error);
  if (!isFromPython(error)) return { message: text, traceback: "" };
  return { message: text.trimEnd().split("\n").at(-1) ?? "", traceback: text };
}

function isFromPython(error: unknown): boolean {
  return error instanceof Error && error.name === "PythonError";
}

// -------------------------------------------------------------------------------- one call

export interface CallOptions<K extends CallName> {
  /** Takes what is told before the answer; the worker may wait for the promise. */
  hear?: Hear<Told<K>>;
  /**
   * Aborting it stops the call. While Python is loading it is called off; code that can be
   * interrupted answers for itself; else the worker is ended, and the error is Stopped.
   */
  signal?: AbortSignal;
  /** It computes all the time: nothing else begins meanwhile that could wait. */
  heavy?: boolean;
  /** What to call it for people, who may have to wait for it: "your expression". */
  what?: string;
}

/** Asks the worker as soon as it is ready; rejects if it goes before it has answered. */
export async function call<K extends CallName>(
  name: K,
  args: Args<K>,
  options: CallOptions<K> = {},
): Promise<Answer<K>> {
  const { what, heavy: isHeavy = false } = options;
  const halt = new AbortController();
  const entry = what === undefined ? null : { what, stop: () => halt.abort() };
  const signal = options.signal ? AbortSignal.any([options.signal, halt.signal]) : halt.signal;
  if (entry) running.value = [...running.value, entry];
  if (isHeavy) {
    heavy += 1;
    clearTimeout(idle);
  }
  try {
    return await askInUse(({ ask }) => ask(name, args, options.hear), signal);
  } finally {
    running.value = running.value.filter((one) => one !== entry);
    if (isHeavy) heavy -= 1;
    showReady();
  }
}

async function askInUse<T>(ask: (of: Life) => Promise<T>, signal: AbortSignal): Promise<T> {
  startPython();
  const mine = life as Life;
  await Promise.race([mine.ready, aborted(signal)]);
  if (signal.aborted) throw new Stopped("The code was stopped before it began.");
  calls += 1;
  showReady();
  const done = new AbortController();
  signal.addEventListener("abort", () => void stop(mine, done.signal), { signal: done.signal });
  try {
    return await Promise.race([ask(mine), mine.gone]);
  } catch (error) {
    if (signal.aborted) throw new Stopped("The code was stopped.");
    // The bridge answers for what learners' code does; any other error is the end of Python.
    if (isFromPython(error) || error instanceof WorkerGone) throw error;
    const { message } = explain(error);
    mine.end(`Python has stopped: ${message}`);
    throw new WorkerGone(message);
  } finally {
    done.abort();
    calls -= 1;
    showReady();
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
async function stop(of: Life, done: AbortSignal): Promise<void> {
  const last = performance.now() + INTERRUPT_MS;
  while (!done.aborted && performance.now() < last && of.interrupt()) {
    await new Promise((resume) => setTimeout(resume, AGAIN_MS));
  }
  if (!done.aborted) endAndReplace(of);
}

// ------------------------------------------------------------------------- from life to life

/** A worker; what it says of itself is shown as long as it is the one in use. */
function launch(): Life {
  const mine: Life = begin(
    (progress) => {
      if (mine === life) showLoading(progress);
    },
    (why) => afterEnd(mine, why),
  );
  mine.ready.then(() => {
    if (mine === life) showReady();
  }, noop);
  return mine;
}

/** Goes on with the spare, or with a worker that has yet to start. */
function takeNext(): void {
  life = spare ?? launch();
  spare = null;
  if (life.info) showReady();
  else showLoading({ stage: "Starting Python", loaded: 0 });
  generation.value += 1;
}

/** Lets the calls that follow have a new Python. */
export function renew(): void {
  if (life) endAndReplace(life);
}

function endAndReplace(one: Life): void {
  const isInUse = one === life;
  if (isInUse) life = null;
  one.end("Python was stopped.");
  if (isInUse) takeNext();
}

/** A worker has died, for a reason that nobody here has asked for. */
function afterEnd(dead: Life, why: string): void {
  if (dead === spare) spare = null;
  if (dead !== life) return;
  life = null;
  const now = performance.now();
  deaths.push(now);
  const isRare = deaths.filter((at) => now - at < 60_000).length <= DEATHS_A_MINUTE;
  if (dead.info && isRare) takeNext();
  else status.value = { phase: "failed", text: why, info: null };
}

/** Whether another Python stands by. */
export function hasSpare(): boolean {
  return spare?.info != null;
}

/**
 * Starts the spare when its start disturbs nobody. Code that runs for long does not count: it is
 * just what may have to be stopped.
 */
function waitForIdle(): void {
  clearTimeout(idle);
  if (spare || heavy > 0 || !hasRoomForTwo()) return;
  idle = window.setTimeout(() => {
    if (life?.info) spare ??= launch();
  }, IDLE_MS);
}

function hasRoomForTwo(): boolean {
  const { deviceMemory, hardwareConcurrency } = navigator as { deviceMemory?: number } & Navigator;
  // Where the browser doesn't tell, processors say something of the device.
  return (deviceMemory ?? 2 * hardwareConcurrency) >= ROOM_FOR_TWO;
}

function noop(): void {}

// ------------------------------------------------------------------------------ what is shown

function showLoading({ stage, loaded }: LoadProgress): void {
  const total = findAssets().bytes;
  status.value = { phase: "loading", text: stage, info: null, loaded, total };
}

/** What Python is doing of itself while somebody waits for an answer. */
export function showDoing({ stage, loaded }: LoadProgress): void {
  status.value = { phase: "busy", text: stage, info: life?.info ?? null, loaded };
}

function showReady(): void {
  const info = life?.info;
  if (!info) return;
  status.value = { phase: calls > 0 ? "busy" : "ready", text: "Python ready", info };
  waitForIdle();
}

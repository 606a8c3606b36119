/**
 * The page's Python: calls as promises, its state as a signal. When a worker dies or has to be
 * ended, the next one takes over: a spare that is ready already, where there is room for one.
 */
import { signal } from "@preact/signals";
import { findAssets } from "./assets";
import { begin, WorkerGone, type Life } from "./life";
import type { Hear } from "../protocol/messages";
import type {
  Checkpoint,
  Comparison,
  ExpressionRequest,
  ExpressionResult,
  LoadProgress,
  Pace,
  PythonInfo,
  TestReport,
  TrainingOpened,
  TrainingUpdate,
  TrainSettings,
} from "../protocol/protocol";

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

export function openTraining(
  settings: TrainSettings,
  from: Checkpoint | null,
): Promise<TrainingOpened> {
  return call(({ ask }) => ask("openTraining", [settings, from]));
}

/** Trains; aborting the signal pauses, and the promise then resolves with the state reached. */
export async function train(
  epochs: number,
  pace: Pace,
  hear: Hear<TrainingUpdate>,
  signal: AbortSignal,
): Promise<TrainingUpdate> {
  const last = await heavily(({ ask }) => {
    const pause = () => void ask("pauseTraining", []);
    signal.addEventListener("abort", pause);
    const done = ask("train", [epochs, pace], hear);
    if (signal.aborted) pause();
    return done.finally(() => signal.removeEventListener("abort", pause));
  });
  // A pause is answered at once; the boundary as it is then comes after.
  if (signal.aborted && !last.finished) drawTraining().then(hear, () => undefined);
  return last;
}

function drawTraining(): Promise<TrainingUpdate> {
  return call(({ ask }) => ask("drawTraining", []));
}

export function trainingSource(): Promise<string> {
  return call(({ ask }) => ask("trainingSource", []));
}

export function compareEngines(
  settings: TrainSettings,
  seconds: number,
): Promise<Comparison | null> {
  return heavily(({ ask }) => ask("compareEngines", [settings, seconds]));
}

/**
 * Evaluates; aborting the signal stops it. While Python is loading it is called off; code that
 * can be interrupted answers with a problem; else the worker is ended, and the error is Stopped.
 */
export async function evaluate(
  request: ExpressionRequest,
  signal?: AbortSignal,
): Promise<ExpressionResult> {
  const result = await call(({ ask }) => ask("evaluate", [request]), signal);
  // A WebAssembly memory never shrinks: the next program gets a Python with a small one.
  if (result.problem?.kind === "MemoryError" && life) endAndReplace(life);
  return result;
}

/** Runs pytest; aborting the signal stops it, as with `evaluate`. */
export function runTests(
  files: Record<string, string>,
  args: string[],
  signal?: AbortSignal,
): Promise<TestReport> {
  return call(({ ask }) => ask("runTests", [files, args], showDoing), signal);
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

/** Asks the worker as soon as it is ready; rejects if it goes before it has answered. */
async function call<T>(ask: (of: Life) => Promise<T>, signal?: AbortSignal): Promise<T> {
  startPython();
  const mine = life as Life;
  await Promise.race([mine.ready, aborted(signal)]);
  if (signal?.aborted) throw new Stopped("The code was stopped before it began.");
  calls += 1;
  showReady();
  const done = new AbortController();
  signal?.addEventListener("abort", () => void stop(mine, done.signal), { signal: done.signal });
  try {
    return await Promise.race([ask(mine), mine.gone]);
  } catch (error) {
    if (signal?.aborted) throw new Stopped("The code was stopped.");
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

async function heavily<T>(ask: (of: Life) => Promise<T>): Promise<T> {
  heavy += 1;
  clearTimeout(idle);
  try {
    return await call(ask);
  } finally {
    heavy -= 1;
    showReady();
  }
}

/** Rejects when the signal is aborted. */
function aborted(signal?: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (!signal) return;
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
function showDoing({ stage, loaded }: LoadProgress): void {
  status.value = { phase: "busy", text: stage, info: life?.info ?? null, loaded };
}

function showReady(): void {
  const info = life?.info;
  if (!info) return;
  status.value = { phase: calls > 0 ? "busy" : "ready", text: "Python ready", info };
  waitForIdle();
}

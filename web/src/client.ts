/**
 * The page's end of the worker: calls as promises, its state as a signal, and a new worker when
 * the old one has died or is ended.
 */
import { signal } from "@preact/signals";
import { proxy, wrap, type Remote } from "comlink";
import { findAssets } from "./assets";
import type {
  Checkpoint,
  Comparison,
  ExpressionRequest,
  ExpressionResult,
  OnUpdate,
  Pace,
  Places,
  PythonApi,
  PythonInfo,
  StartProgress,
  TestReport,
  TrainingOpened,
  TrainingUpdate,
  TrainSettings,
} from "./protocol";

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

/** The worker that was asked has died, or was ended, before it answered. */
export class WorkerGone extends Error {
  override name = "WorkerGone";
}

/** One worker's life, from its start to its end. */
interface Life {
  worker: Worker;
  api: Remote<PythonApi>;
  ready: Promise<PythonInfo>;
  /** Rejects when the worker is no more. */
  gone: Promise<never>;
  end: (why: string) => void;
  /** How many calls it has not answered yet. */
  calls: number;
}

let life: Life | null = null;

/** Starts Python, unless it has been started. */
export function startPython(): void {
  life ??= begin();
}

/** Ends the worker, whatever it is doing, and starts another. */
export function restartPython(): void {
  life?.end("Python was stopped.");
  life = begin();
}

export function openTraining(
  settings: TrainSettings,
  from: Checkpoint | null,
): Promise<TrainingOpened> {
  return call((api) => api.openTraining(settings, from));
}

/** Trains; aborting the signal pauses, and the promise then resolves with the state reached. */
export function train(
  epochs: number,
  pace: Pace,
  onUpdate: OnUpdate,
  signal: AbortSignal,
): Promise<TrainingUpdate> {
  // What goes wrong on the page is no reason for the worker to stop.
  const hear: OnUpdate = async (update) => {
    try {
      await onUpdate(update);
    } catch (error) {
      reportError(error);
    }
  };
  return call((api) => {
    const pause = () => void api.pauseTraining();
    signal.addEventListener("abort", pause);
    const done = api.train(epochs, pace, proxy(hear));
    if (signal.aborted) pause();
    return done.finally(() => signal.removeEventListener("abort", pause));
  });
}

export function trainingSource(): Promise<string> {
  return call((api) => api.trainingSource());
}

export function compareEngines(
  settings: TrainSettings,
  seconds: number,
): Promise<Comparison | null> {
  return call((api) => api.compareEngines(settings, seconds));
}

/** Evaluates; aborting the signal while Python is still loading calls it off. */
export function evaluate(
  request: ExpressionRequest,
  signal?: AbortSignal,
): Promise<ExpressionResult> {
  return call((api) => api.evaluate(request), signal);
}

export function runTests(files: Record<string, string>, args: string[]): Promise<TestReport> {
  return call((api) => api.runTests(files, args));
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

/** Asks the worker as soon as it is ready; rejects if it goes before it has answered. */
async function call<T>(
  ask: (api: Remote<PythonApi>) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  startPython();
  const mine = life as Life;
  await Promise.race([mine.ready, mine.gone]);
  signal?.throwIfAborted();
  mine.calls += 1;
  showWork(mine);
  try {
    return await Promise.race([ask(mine.api), mine.gone]);
  } catch (error) {
    // The bridge answers for what learners' code does; any other error is the end of Python.
    if (isFromPython(error) || error instanceof WorkerGone) throw error;
    const { message } = explain(error);
    mine.end(`Python has stopped: ${message}`);
    throw new WorkerGone(message);
  } finally {
    mine.calls -= 1;
    showWork(mine);
  }
}

function showWork(of: Life): void {
  const { info } = status.peek();
  if (of !== life || !info) return;
  status.value = { phase: of.calls > 0 ? "busy" : "ready", info, text: "Python ready" };
}

function begin(): Life {
  const assets = findAssets();
  const at = (relative: string) => new URL(relative, document.baseURI).href;
  const places: Places = {
    pyodide: at(assets.pyodide),
    lock: at(assets.lock),
    packages: at(assets.packages),
    bridge: at(assets.bridge),
  };
  const worker = new Worker(at(assets.worker), { type: "module", name: "python" });
  const api = wrap<PythonApi>(worker);
  let fail: (reason: WorkerGone) => void = () => undefined;
  const gone = new Promise<never>((_, reject) => (fail = reject));
  gone.catch(() => undefined); // those who wait for it hear of it; nobody may be waiting

  const end = (why: string) => {
    if (life?.worker !== worker) return;
    worker.terminate();
    life = null;
    status.value = { phase: "failed", text: why, info: null };
    fail(new WorkerGone(why));
  };
  worker.addEventListener("error", (event) => {
    const hasStarted = status.peek().phase !== "loading";
    const what = hasStarted ? "Python has stopped" : "Python could not be started";
    end(`${what}: ${event.message || "its program did not load"}`);
  });
  status.value = { phase: "loading", text: "Starting Python", info: null };
  const ready = watchForDeath(api, end)
    .then(() => api.start(places, proxy(showProgress)))
    .then((info) => {
      if (life?.worker === worker) status.value = { phase: "ready", text: "Python ready", info };
      return info;
    })
    .catch((error: unknown) => {
      const why = `Python could not be started: ${explain(error).message}`;
      end(why);
      throw new WorkerGone(why);
    });
  ready.catch(() => undefined); // as above
  return { worker, api, ready, gone, end, calls: 0 };
}

function showProgress({ stage, loaded }: StartProgress): void {
  if (status.peek().phase !== "loading") return;
  const total = findAssets().bytes;
  status.value = { phase: "loading", text: stage, info: null, loaded, total };
}

/**
 * Calls `end` when the worker is no more, for whatever reason: a browser tells nobody when it
 * ends a worker, but it lets go of its locks.
 */
async function watchForDeath(api: Remote<PythonApi>, end: (why: string) => void): Promise<void> {
  if (!("locks" in navigator)) return;
  const name = `python-${crypto.randomUUID()}`;
  await api.holdLock(name);
  void navigator.locks.request(name, () => end("Python has stopped unexpectedly."));
}

/**
 * The worker: Python runs here, so that the page never waits for it.
 *
 * It loads Pyodide and our packages (`load.ts`), and hands each call on to the bridge
 * (`web/bridge`).
 */
import type { PyodideInterface } from "pyodide";
import type { PyProxy } from "pyodide/ffi";
import { answerThrough, type Handlers } from "../protocol/messages";
import type { TestReport } from "../protocol/checking";
import type { ExpressionRequest, ExpressionResult } from "../protocol/expression";
import type { LoadProgress, PythonInfo } from "../protocol/starting";
import type {
  Checkpoint,
  Comparison,
  TrainingOpened,
  TrainingUpdate,
  TrainSettings,
} from "../protocol/training";
import { Fetches } from "./fetches";
import { load } from "./load";
import { pacer, turnOfTheEventLoop } from "./turns";

/** The functions of `web/bridge/api.py`. */
interface Bridge extends PyProxy {
  info(): PythonInfo;
  open_training(settings: TrainSettings, from: Checkpoint | null): TrainingOpened;
  start_training(epochs: number): void;
  prepare_training(): void;
  advance_training(seconds: number, most: number, draw: boolean): TrainingUpdate;
  training_source(): string;
  start_comparison(settings: TrainSettings, seconds: number): void;
  advance_comparison(seconds: number): Comparison | null;
  training_state(): TrainingUpdate;
  draw_training(): TrainingUpdate;
  evaluate(request: ExpressionRequest): ExpressionResult;
  run_tests(files: Record<string, string>, args: string[]): TestReport;
}

/** How long Python computes at a time, in seconds: Pause is heard in between. */
const SLICE = 0.03;
/** The same where each frame of the screen gets an update. */
const PACED_SLICE = 0.01;
/** What is done in advance waits for so long, in milliseconds, for something better to do. */
const IDLE_MS = 150;

let python: PyodideInterface | undefined;
let bridge: Bridge | undefined;
let interrupt: Uint8Array | null = null;
let isWarm = false; // whether an expression has been evaluated
let training = 0; // the number of the run that may go on; raised to end it

const handlers: Handlers = {
  async start(tell, options) {
    if (options.lifeLock) await hold(options.lifeLock);
    interrupt = options.interrupt;
    const loaded = await load(options, (progress) => void tell(progress));
    python = loaded.python;
    bridge = python.pyimport("bridge.api") as unknown as Bridge;
    setTimeout(warmUp, IDLE_MS);
    return { info: bridge.info(), parts: loaded.parts };
  },

  "training.open"(_, settings, from) {
    training += 1;
    const opened = ours().open_training(settings, from);
    prepareLater();
    return opened;
  },

  async "training.train"(tell, epochs, pace) {
    const run = (training += 1);
    ours().start_training(epochs);
    const isPaced = pace !== null && Number.isFinite(pace);
    const due = isPaced ? pacer(pace) : () => epochs;
    const slice = isPaced ? PACED_SLICE : SLICE;
    let shown: unknown;
    for (;;) {
      // While the page shows one update, the next is computed.
      const update = ours().advance_training(slice, due(), pace !== null);
      await shown;
      shown = tell(update);
      if (update.finished || update.problem) {
        await shown;
        return update;
      }
      await turnOfTheEventLoop();
      if (run !== training) {
        await shown;
        return ours().training_state();
      }
    }
  },

  "training.pause"() {
    training += 1;
  },

  "training.draw"() {
    return ours().draw_training();
  },

  "training.source"() {
    return ours().training_source();
  },

  async "training.compare"(_, settings, seconds) {
    const run = training;
    ours().start_comparison(settings, seconds);
    for (;;) {
      const result = ours().advance_comparison(SLICE);
      if (result) return result;
      await turnOfTheEventLoop();
      if (run !== training) return null;
    }
  },

  "expression.evaluate"(_, request) {
    isWarm = true;
    return interruptible(() => ours().evaluate(request));
  },

  async "checking.runTests"(tell, files, args) {
    const test = ours();
    await fetchPackages(["pytest", "hypothesis"], tell);
    return interruptible(() => test.run_tests(files, args));
  },
};

function ours(): Bridge {
  if (!bridge) throw new Error("Python has not been started.");
  return bridge;
}

/** Holds a Web Lock for as long as the worker lives. */
function hold(name: string): Promise<void> {
  return new Promise((held) => {
    void navigator.locks.request(name, () => {
      held();
      return new Promise(() => undefined);
    });
  });
}

/** Runs the learner's code: the page may interrupt it, and only it. */
function interruptible<T>(run: () => T): T {
  interrupt?.fill(0);
  try {
    const result = run();
    // Pyodide that has broken down may give this instead of an error.
    if (result === undefined) throw new Error("the code ended Python");
    return result;
  } finally {
    interrupt?.fill(0);
  }
}

/** Fetches packages that the site has, and what they need, unless they are here already. */
async function fetchPackages(
  names: string[],
  tell: (progress: LoadProgress) => Promise<void>,
): Promise<void> {
  if (!python || names.every((name) => name in loadedPackages())) return;
  const fetches = new Fetches((progress) => void tell(progress));
  fetches.begin(`Fetching ${names.join(" and ")}`);
  const { fetch } = self;
  self.fetch = (what) => fetches.get(what instanceof Request ? what.url : String(what));
  try {
    await python.loadPackage(names, { messageCallback: () => undefined });
  } finally {
    self.fetch = fetch;
  }
  const missing = names.filter((name) => !(name in loadedPackages()));
  if (missing.length > 0) throw new Error(`${missing.join(" and ")} could not be fetched.`);
}

function loadedPackages(): Record<string, string> {
  return python?.loadedPackages ?? {};
}

/** The first evaluation takes ten times as long as those that follow: best if nobody waits. */
function warmUp(): void {
  if (!isWarm && training === 0) ours().evaluate({ code: "x * x", inputs: { x: 1 }, maxNodes: 9 });
}

/** After opening, when nothing else is asked for: compiles, so that Train begins at once. */
function prepareLater(): void {
  const opened = training;
  setTimeout(() => {
    if (opened !== training) return;
    try {
      ours().prepare_training();
    } catch {
      // Train will meet the same, where there is somebody to tell.
    }
  }, IDLE_MS);
}

answerThrough(self, handlers);

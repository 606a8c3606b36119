/**
 * The worker: Python runs here, so that the page never waits for it.
 *
 * It loads Pyodide and the packages, and hands each call on to the bridge (`web/bridge`).
 */
import { expose } from "comlink";
import type { loadPyodide, PyodideInterface } from "pyodide";
import type { PyProxy } from "pyodide/ffi";
import type {
  Checkpoint,
  Comparison,
  ExpressionRequest,
  ExpressionResult,
  OnUpdate,
  Places,
  PythonApi,
  PythonInfo,
  StartProgress,
  TestReport,
  TrainingOpened,
  TrainingUpdate,
  TrainSettings,
} from "./protocol";

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
let training = 0; // the number of the run that may go on; raised to end it

function loaded(): Bridge {
  if (!bridge) throw new Error("Python has not been started.");
  return bridge;
}

const api: PythonApi = {
  holdLock(name) {
    return new Promise((held) => {
      void navigator.locks.request(name, () => {
        held();
        return new Promise(() => undefined);
      });
    });
  },

  start(places, onProgress) {
    const { report, lost } = watchFetches(onProgress);
    // Pyodide would wait for ever for a part of it that does not arrive.
    return Promise.race([load(places, report), lost]);
  },

  async openTraining(settings, from) {
    training += 1;
    const opened = loaded().open_training(settings, from);
    prepareLater();
    return opened;
  },

  async train(epochs, pace, onUpdate) {
    const run = (training += 1);
    loaded().start_training(epochs);
    const isPaced = pace !== null && Number.isFinite(pace);
    const due = isPaced ? pacer(pace) : () => epochs;
    const slice = isPaced ? PACED_SLICE : SLICE;
    let shown: unknown;
    for (;;) {
      // While the page shows one update, the next is computed.
      const update = loaded().advance_training(slice, due(), pace !== null);
      await shown;
      shown = onUpdate(update);
      // The reply goes another way than the updates: it may not overtake them.
      if (update.finished || update.problem) {
        await shown;
        return update;
      }
      await turnOfTheEventLoop();
      if (run !== training) {
        await shown;
        drawLater(onUpdate);
        return loaded().training_state();
      }
    }
  },

  pauseTraining() {
    training += 1;
  },

  async trainingSource() {
    return loaded().training_source();
  },

  async compareEngines(settings, seconds) {
    const run = training;
    loaded().start_comparison(settings, seconds);
    for (;;) {
      const result = loaded().advance_comparison(SLICE);
      if (result) return result;
      await turnOfTheEventLoop();
      if (run !== training) return null;
    }
  },

  async evaluate(request) {
    return loaded().evaluate(request);
  },

  async runTests(files, args) {
    const test = loaded();
    await python?.loadPackage("micropip");
    const micropip = python?.pyimport("micropip");
    await micropip.install(["pytest", "hypothesis"]);
    return test.run_tests(files, args);
  },
};

async function load(places: Places, report: (stage: string) => void): Promise<PythonInfo> {
  report("Fetching Python");
  const pyodide = (await import(`${places.pyodide}pyodide.mjs`)) as {
    loadPyodide: typeof loadPyodide;
  };
  const archive = fetch(places.bridge).then((response) => response.arrayBuffer());
  archive.catch(() => undefined); // reported below, when it is awaited
  python = await pyodide.loadPyodide({
    indexURL: places.pyodide,
    lockFileURL: places.lock,
    packageBaseUrl: places.packages,
    packages: ["minitorch"],
  });
  report("Preparing Python");
  python.unpackArchive(await archive, "zip");
  bridge = python.pyimport("bridge.api") as unknown as Bridge;
  return bridge.info();
}

/** After a pause, which is answered at once: the boundary as it is now, if nothing else began. */
function drawLater(onUpdate: OnUpdate): void {
  const paused = training;
  setTimeout(() => {
    if (paused === training) void onUpdate(loaded().draw_training());
  });
}

/** After opening, when nothing else is asked for: compiles, so that Train begins at once. */
function prepareLater(): void {
  const opened = training;
  setTimeout(() => {
    if (opened !== training) return;
    try {
      loaded().prepare_training();
    } catch {
      // Train will meet the same, where there is somebody to tell.
    }
  }, IDLE_MS);
}

/** Tells how many epochs are due at each call, at so many a second; at least one. */
function pacer(epochsPerSecond: number): () => number {
  let last = performance.now();
  let due = 0;
  return () => {
    const now = performance.now();
    due += ((now - last) / 1000) * epochsPerSecond;
    last = now;
    const whole = Math.max(1, Math.floor(due));
    due = Math.max(0, due - whole);
    return whole;
  };
}

/** Lets messages in. A message to itself is quicker than a timer, which waits 4 ms. */
function turnOfTheEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port2.onmessage = () => {
      port1.close();
      resolve();
    };
    port1.postMessage(null);
  });
}

/**
 * Counts the bytes of all that is fetched from here on, and reports them with the stage. `lost`
 * rejects when something can't be fetched.
 */
function watchFetches(onProgress: (progress: StartProgress) => void): {
  report: (stage: string) => void;
  lost: Promise<never>;
} {
  const fetched = self.fetch.bind(self);
  let stage = "";
  let loadedBytes = 0;
  let lastReport = 0;
  const report = (next: string) => {
    stage = next;
    onProgress({ stage, loaded: loadedBytes });
  };
  let lose: (error: Error) => void = () => undefined;
  const lost = new Promise<never>((_, reject) => (lose = reject));
  lost.catch(() => undefined); // once Python has started, nobody waits for it

  self.fetch = async (...request) => {
    const [what] = request;
    const url = what instanceof Request ? what.url : String(what);
    const isLost = () => lose(new Error(`${url.split("/").at(-1)} could not be fetched.`));
    const response = await fetched(...request).catch((error: unknown) => {
      isLost();
      throw error;
    });
    if (!response.ok) isLost();
    if (!response.body || !response.ok) return response;
    const counter = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        loadedBytes += chunk.byteLength;
        if (performance.now() - lastReport > 100) {
          lastReport = performance.now();
          report(stage);
        }
        controller.enqueue(chunk);
      },
    });
    response.body.pipeTo(counter.writable).catch(isLost);
    const { status, statusText, headers } = response;
    return new Response(counter.readable, { status, statusText, headers });
  };
  return { report, lost };
}

expose(api);

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
  ExpressionRequest,
  ExpressionResult,
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
  advance_training(seconds: number): TrainingUpdate;
  training_state(): TrainingUpdate;
  draw_training(): TrainingUpdate;
  evaluate(request: ExpressionRequest): ExpressionResult;
  run_tests(files: Record<string, string>, args: string[]): TestReport;
}

/** How long Python computes at a time, in seconds: Pause is heard in between. */
const SLICE = 0.03;

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
    return loaded().open_training(settings, from);
  },

  async train(epochs, onUpdate) {
    const run = (training += 1);
    loaded().start_training(epochs);
    let heard: unknown;
    for (;;) {
      const update = loaded().advance_training(SLICE);
      // A slow page sets the pace: updates that pile up would have to be shown before a pause.
      await heard;
      heard = onUpdate(update);
      // The reply goes another way than the updates: it may not overtake them.
      if (update.finished || update.problem) {
        await heard;
        return update;
      }
      await turnOfTheEventLoop();
      if (run !== training) {
        await heard;
        drawLater(onUpdate);
        return loaded().training_state();
      }
    }
  },

  pauseTraining() {
    training += 1;
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
function drawLater(onUpdate: (update: TrainingUpdate) => void): void {
  const paused = training;
  setTimeout(() => {
    if (paused === training) onUpdate(loaded().draw_training());
  });
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

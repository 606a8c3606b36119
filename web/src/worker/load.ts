/** Pyodide, loaded from parts that are here already or on their way. */
import type { loadPyodide, PyodideInterface } from "pyodide";
import { DownloadError } from "../fetching";
import type { LoadProgress, Parts, StartOptions } from "../protocol/starting";
import { confine } from "./confine";
import { Fetches, fetchParts } from "./fetches";
import { reach } from "./reach";

/** Where Python has `minitorch` and the bridge; `web/tools/python.py` compiles them for there. */
const PLACE = "/lib/minitorch.zip";

type Load = typeof loadPyodide;

interface Loaded {
  python: PyodideInterface;
  parts: Parts;
}

/** @throws Error whose message can stand behind "Python could not be started:". */
export async function load(
  options: StartOptions,
  onProgress: (progress: LoadProgress) => void,
): Promise<Loaded> {
  try {
    return await attempt(options, onProgress);
  } catch (error) {
    throw error instanceof DownloadError
      ? error
      : new Error("its program does not run in this browser, or is damaged.", { cause: error });
  }
}

async function attempt(
  { places, parts: kept, interrupt, hashes }: StartOptions,
  onProgress: (progress: LoadProgress) => void,
): Promise<Loaded> {
  const fetches = new Fetches(onProgress, hashes);
  fetches.begin("Fetching Python");
  const [parts, { loadPyodide }] = await Promise.all([
    kept ?? fetchParts(fetches, places),
    script<{ loadPyodide: Load }>(fetches, `${places.pyodide}pyodide.mjs`),
    // Pyodide asks for it in a moment: it may as well be on its way.
    script(fetches, `${places.pyodide}pyodide.asm.mjs`),
    fetches.check(self.location.href),
  ]);

  fetches.begin("Starting Python");
  const takeBack = handOver(parts, places.stdlib);
  const python = await loadPyodide({
    indexURL: places.pyodide,
    stdLibURL: places.stdlib,
    lockFileContents: parts.lock,
    packageBaseUrl: places.packages,
    jsglobals: reach(),
  });
  takeBack();
  // Before any code runs that is not ours.
  confine(self);
  python.FS.writeFile(PLACE, new Uint8Array(parts.python));
  (python.pyimport("sys.path") as { append(place: string): void }).append(PLACE);
  if (interrupt) python.setInterruptBuffer(interrupt);
  // The bridge keeps what is printed; what goes past it is not for the browser's console.
  python.setStdout({ batched: () => undefined });
  python.setStderr({ batched: () => undefined });
  return { python, parts };
}

/** Imports a script, and checks what was imported: by then the browser has it at hand. */
async function script<T>(fetches: Fetches, url: string): Promise<T> {
  const [imported] = await Promise.all([import(url) as Promise<T>, fetches.check(url)]);
  return imported;
}

/**
 * Gives Pyodide what it would fetch and compile by itself. So it is fetched once for all workers,
 * with its bytes counted; and what goes wrong with it is heard of, for which Pyodide would wait.
 */
function handOver({ wasm, stdlib }: Parts, url: string): () => void {
  const { fetch, FinalizationRegistry } = self;
  const { instantiateStreaming } = WebAssembly;
  // What a program has handed to JavaScript would be freed, and do what it does then, in the middle
  // of another one: so it stays until the worker ends.
  self.FinalizationRegistry = Lasting as unknown as typeof FinalizationRegistry;
  self.fetch = async (what) => new Response(String(what) === url ? stdlib : "");
  WebAssembly.instantiateStreaming = async (_, imports) => {
    const instance = await WebAssembly.instantiate(wasm, imports);
    return { module: wasm, instance };
  };
  return () => {
    self.fetch = fetch;
    self.FinalizationRegistry = FinalizationRegistry;
    WebAssembly.instantiateStreaming = instantiateStreaming;
  };
}

/** Takes what is to be done when something is no longer needed, and never does it. */
class Lasting {
  register(): void {}
  unregister(): void {}
}

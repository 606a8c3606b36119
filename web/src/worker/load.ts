/** Pyodide, loaded from parts that are here already or on their way. */
import type { loadPyodide, PyodideInterface } from "pyodide";
import type { LoadProgress, Parts, StartOptions } from "../protocol/starting";
import { confine } from "./confine";
import { Fetches, fetchParts } from "./fetches";
import { reach } from "./reach";

/** Where Python has `minitorch` and the bridge; `web/tools/python.py` compiles them for there. */
const PLACE = "/lib/minitorch.zip";

type Load = typeof loadPyodide;

export async function load(
  { places, parts: kept, interrupt }: StartOptions,
  onProgress: (progress: LoadProgress) => void,
): Promise<{ python: PyodideInterface; parts: Parts }> {
  const fetches = new Fetches(onProgress);
  fetches.begin("Fetching Python");
  const fetching = kept ?? fetchParts(fetches, places);
  const script = import(`${places.pyodide}pyodide.mjs`) as Promise<{ loadPyodide: Load }>;
  // Pyodide asks for it in a moment: it may as well be on its way.
  import(`${places.pyodide}pyodide.asm.mjs`).catch(() => undefined);
  const [parts, { loadPyodide }] = await Promise.all([fetching, script]);

  fetches.begin("Starting Python");
  const takeBack = handOver(parts);
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

/**
 * Gives Pyodide what it would fetch and compile by itself. So it is fetched once for all workers,
 * with its bytes counted; and what goes wrong with it is heard of, for which Pyodide would wait.
 */
function handOver({ wasm, stdlib }: Parts): () => void {
  const { fetch } = self;
  const { instantiateStreaming } = WebAssembly;
  self.fetch = async (what) => new Response(String(what).endsWith(".wasm") ? "" : stdlib);
  WebAssembly.instantiateStreaming = async (_, imports) => {
    const instance = await WebAssembly.instantiate(wasm, imports);
    return { module: wasm, instance };
  };
  return () => {
    self.fetch = fetch;
    WebAssembly.instantiateStreaming = instantiateStreaming;
  };
}

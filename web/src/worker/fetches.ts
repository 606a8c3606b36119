/** What Python is made of, fetched side by side, with a count of the bytes that have arrived. */
import type { LoadProgress, Parts, Places } from "../protocol/starting";
import { Response, TransformStream, compileStreaming, fetch, now } from "./own";

/** Reports are no more frequent than this, in milliseconds. */
const REPORT_MS = 50;

export class Fetches {
  private stage = "";
  private loaded = 0;
  private reported = 0;

  constructor(private readonly onProgress: (progress: LoadProgress) => void) {}

  /** Names what is being done from here on. */
  begin(stage: string): void {
    this.stage = stage;
    this.report();
  }

  async bytes(url: string): Promise<ArrayBuffer> {
    return (await this.get(url)).arrayBuffer().catch((error: unknown) => lost(url, error));
  }

  async text(url: string): Promise<string> {
    return (await this.get(url)).text().catch((error: unknown) => lost(url, error));
  }

  /** Compiles while it arrives. */
  async wasm(url: string): Promise<WebAssembly.Module> {
    const response = await this.get(url);
    return compileStreaming(response).catch((error: unknown) => lost(url, error));
  }

  /** Counts what arrives of a response as somebody reads it. */
  async get(url: string): Promise<Response> {
    const response = await fetch(url).catch((error: unknown) => lost(url, error));
    if (!response.ok || !response.body) return lost(url, response.status);
    const counter = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        this.loaded += chunk.byteLength;
        if (now() - this.reported > REPORT_MS) this.report();
        controller.enqueue(chunk);
      },
    });
    const { status, statusText, headers } = response;
    return new Response(response.body.pipeThrough(counter), { status, statusText, headers });
  }

  private report(): void {
    this.reported = now();
    this.onProgress({ stage: this.stage, loaded: this.loaded });
  }
}

/** All that Python is made of, but for its program. */
export async function fetchParts(fetches: Fetches, places: Places): Promise<Parts> {
  const [wasm, stdlib, python, lock] = await Promise.all([
    fetches.wasm(`${places.pyodide}pyodide.asm.wasm`),
    fetches.bytes(places.stdlib),
    fetches.bytes(places.python),
    fetches.text(places.lock),
  ]);
  return { wasm, stdlib, python, lock };
}

function lost(url: string, cause: unknown): never {
  throw new Error(`${url.split("/").at(-1)} could not be fetched.`, { cause });
}

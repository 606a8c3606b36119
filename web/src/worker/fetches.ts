/** What Python is made of, fetched side by side, with a count of the bytes that have arrived. */
import { check, fetchBytes, fetchWhole, type Following } from "../fetching";
import type { LoadProgress, Parts, Places } from "../protocol/starting";
import { compileStreaming, now } from "./own";

/** Reports are no more frequent than this, in milliseconds. */
const REPORT_MS = 50;

export class Fetches {
  private stage = "";
  private loaded = 0;
  private reported = 0;

  /** @param hashes What is known of the files, by their addresses. */
  constructor(
    private readonly onProgress: (progress: LoadProgress) => void,
    private readonly hashes: Readonly<Record<string, string>> = {},
  ) {}

  /** Names what is being done from here on. */
  begin(stage: string): void {
    this.stage = stage;
    this.report();
  }

  bytes(url: string, hash = this.hashOf(url)): Promise<ArrayBuffer> {
    return fetchBytes(url, hash, this.following);
  }

  async text(url: string): Promise<string> {
    return new TextDecoder().decode(await this.bytes(url));
  }

  /** Compiles while it arrives. */
  wasm(url: string): Promise<WebAssembly.Module> {
    return fetchWhole(
      url,
      this.hashOf(url),
      async ({ content, untouched }) => {
        // The browser keeps the machine code of the very response that `fetch` gave, and of no copy:
        // so it is the copy that is counted and checked.
        const module = untouched().then(compileStreaming);
        module.catch(() => undefined); // what is damaged is said to be, before it does not compile
        await content;
        return module;
      },
      this.following,
    );
  }

  /** Rejects if a script that is loaded by other means is not what it should be. */
  async check(url: string): Promise<void> {
    await check(url, this.hashOf(url));
  }

  private hashOf(url: string): string {
    return this.hashes[url] ?? "";
  }

  private readonly following: Following = {
    onBytes: (count) => {
      this.loaded += count;
      if (now() - this.reported > REPORT_MS) this.report();
    },
    onAgain: () => this.begin(`${this.stage.replace(/ again$/, "")} again`),
  };

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

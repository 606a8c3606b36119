/** How a worker's Python starts, and what it is then. */

/** Where the worker finds what it loads: absolute addresses, folders ending in a slash. */
export interface Places {
  pyodide: string;
  stdlib: string;
  /** The rest of the standard library, which nobody waits for. */
  rest: string;
  python: string;
  lock: string;
  packages: string;
}

/** What one worker has fetched and compiled, for the next one to begin with. */
export interface Parts {
  wasm: WebAssembly.Module;
  /** As much of Python's standard library as is needed to be ready: a zip. */
  stdlib: ArrayBuffer;
  /** `minitorch` and the bridge: a zip. */
  python: ArrayBuffer;
  /** The list of the packages that the site has, as JSON. */
  lock: string;
}

export interface StartOptions {
  places: Places;
  /** The hash of each file, by its address, as `integrity` has it. */
  hashes: Readonly<Record<string, string>>;
  parts: Parts | null;
  /** A Web Lock for the worker to hold as long as it lives; null where there are none. */
  lifeLock: string | null;
  /** A learner's own files (path → text), which Python imports before ours; null: there are none. */
  files: Files | null;
  /** Shared with the page, which writes 2 into it to interrupt Python; null where it can't be. */
  interrupt: Uint8Array | null;
}

/** A step of the start-up, or of fetching a package, for the status "Python". */
export interface LoadProgress {
  /** What is being done, in words a learner understands: "Fetching Python". */
  stage: string;
  /** Bytes fetched so far. */
  loaded: number;
}

/** What is told first of all: whether the worker holds the lock that was named for it. */
export type StartNews = LoadProgress | { holdsLock: boolean };

export interface Started {
  info: PythonInfo;
  parts: Parts;
}

/** The text of each file by its path, such as "minitorch/scalar.py". */
export type Files = Record<string, string>;

/** Which `minitorch` something was computed with. */
export interface Library {
  /** "Reference": the one that comes with the page; "Yours": the learner's. */
  name: "Reference" | "Yours";
  /** Its version, or the beginning of a hash of its files. */
  version: string;
}

export interface PythonInfo {
  python: string;
  library: Library;
}

export interface StartingCalls {
  /** Loads Python and our packages. Once, before anything else. */
  start: { args: [StartOptions]; told: StartNews; answer: Started };
  /**
   * Fetches the rest of the standard library. Tells whether an import waits for it, which Python
   * does before anything else.
   */
  complete: { args: []; told: { waits: boolean }; answer: void };
  /** Answers at once, unless Python computes: a sign that it is alive. */
  beat: { args: []; told: never; answer: void };
}

/** One worker's life, from its start to its end. */
import { addressOf as at, findAssets, findHashes } from "./assets";
import { showWaiting } from "./status";
import { askThrough, type Ask } from "../protocol/messages";
import type { Files, LoadProgress, Parts, Places, PythonInfo, StartNews } from "../protocol/starting";

/** The worker that was asked has died, or was ended, before it answered. */
export class WorkerGone extends Error {
  override name = "WorkerGone";
}

export interface Life {
  ask: Ask;
  ready: Promise<PythonInfo>;
  /** Rejects with WorkerGone when the worker is no more. */
  gone: Promise<never>;
  /** Null until Python is ready. */
  readonly info: PythonInfo | null;
  /** Asks the learner's code to end; false where the browser has no way to. */
  interrupt(): boolean;
  end(why: string): void;
}

/** A worker that has said nothing after so long, in milliseconds, has not even begun. */
const SILENCE_MS = 30_000;
/** The same of one that has begun, where nothing tells of its end. */
const LONG_SILENCE_MS = 120_000;
const DID_NOT_LOAD =
  "Python could not be started: its program did not load, or is damaged. Reload the page; if it " +
  "stays so, something is wrong with the host.";
/** What Python reads as the signal of Ctrl-C. */
const SIGINT = 2;

/** What the first worker has fetched, for those that follow. */
let parts: Parts | null = null;

/**
 * Starts a worker.
 *
 * @param onProgress Hears how the start is going.
 * @param onEnd Hears of its end, whoever or whatever ends it.
 * @param files The learner's own, which its Python imports before ours; null: there are none.
 */
export function begin(
  onProgress: (progress: LoadProgress) => void,
  onEnd: (why: string) => void,
  files: Files | null = null,
): Life {
  const places = findPlaces();
  const hashes = findHashes();
  const worker = new Worker(places.worker, { type: "module", name: "python" });
  const interrupt = sharedByte();
  const lifeLock = "locks" in navigator ? `python-${Date.now()}-${Math.random()}` : null;
  const ask = askThrough(worker);
  let info: PythonInfo | null = null;
  let isOver = false;
  let fail: (reason: WorkerGone) => void = () => undefined;
  const gone = new Promise<never>((_, reject) => (fail = reject));
  gone.catch(() => showWaiting(false)); // who waits for it hears of it; nobody may be waiting

  const end = (why: string) => {
    if (isOver) return;
    isOver = true;
    clearTimeout(silence);
    worker.terminate();
    fail(new WorkerGone(why));
    onEnd(why);
  };
  worker.addEventListener("error", (event) => {
    // A program that does not begin has nothing to say that would help: it is checked, and mended.
    end(info ? `Python has stopped: ${event.message || "its program broke down"}` : DID_NOT_LOAD);
  });
  const giveUp = () => end("Python does not answer.");
  let silence = setTimeout(giveUp, SILENCE_MS);

  let isMissed = false;
  const hear = (news: StartNews) => {
    clearTimeout(silence);
    if ("holdsLock" in news) isMissed = news.holdsLock && missWhenItEnds();
    else onProgress(news);
    if (!isMissed && !info) silence = setTimeout(giveUp, LONG_SILENCE_MS);
  };
  /** A browser tells nobody when it ends a worker, but it lets go of its locks. */
  const missWhenItEnds = () => {
    if (!lifeLock) return false;
    const isDead = () => end("Python has stopped unexpectedly.");
    // Where storage is blocked there are no locks either, and who waits is told after a while.
    navigator.locks.request(lifeLock, isDead).catch(() => undefined);
    return true;
  };
  const ready = ask("start", [{ places, hashes, parts, lifeLock, files, interrupt }], hear).then(
    (started) => {
      clearTimeout(silence);
      parts = started.parts;
      info = started.info;
      return info;
    },
    (error: unknown) => {
      const why = `Python could not be started: ${(error as Error).message}`;
      end(why);
      throw new WorkerGone(why);
    },
  );
  ready.catch(() => undefined); // as above
  // Nobody waits for it, but for who imports something of it.
  ready.then(() => ask("complete", [], ({ waits }) => showWaiting(waits))).catch(() => undefined);

  return {
    ask,
    ready: Promise.race([ready, gone]),
    gone,
    get info() {
      return info;
    },
    interrupt() {
      interrupt?.fill(SIGINT);
      return interrupt !== null;
    },
    end,
  };
}

/** Memory that page and worker share; null where there is none. */
function sharedByte(): Uint8Array | null {
  try {
    return crossOriginIsolated ? new Uint8Array(new SharedArrayBuffer(1)) : null;
  } catch {
    return null;
  }
}

function findPlaces(): Places & { worker: string } {
  const { worker, pyodide, stdlib, rest, python, lock, packages } = findAssets();
  return {
    worker: at(worker),
    pyodide: at(pyodide),
    stdlib: at(stdlib),
    rest: at(rest),
    python: at(python),
    lock: at(lock),
    packages: at(packages),
  };
}

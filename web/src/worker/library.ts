/**
 * The part of the standard library that nobody waits for, fetched when Python is ready.
 *
 * Code that imports something of it earlier can't give the event loop its turn: so there the worker
 * itself waits, for a request that is answered at once or not at all. `web/bridge/arriving.py` has
 * the other end.
 */
import type { PyProxy } from "pyodide/ffi";
import { Fetches } from "./fetches";
import { XMLHttpRequest } from "./own";
import { pyodide } from "./python";

interface Arriving extends PyProxy {
  expect(
    fetch: () => ArrayBuffer | null,
    write: (content: PyProxy) => void,
    integrity: string,
  ): void;
  add(rest: ArrayBuffer): void;
}

/** In milliseconds: longer than a slow line takes. */
const PATIENCE_MS = 120_000;

let arriving: Arriving | null = null;
let fetching: Promise<void> | null = null;
let fetchRest: () => Promise<ArrayBuffer>;
/** Tells the page whether some code waits. */
let say: (waits: boolean) => void = () => undefined;

/** Lets Python know of what is still to come, and from where. */
export function expectRest(url: string, hashes: Readonly<Record<string, string>>): void {
  const fetches = new Fetches(() => undefined, hashes);
  fetchRest = () => fetches.bytes(url);
  arriving = pyodide().pyimport("bridge.arriving") as unknown as Arriving;
  arriving.expect(() => fetchNow(url), write, hashes[url] ?? "");
}

/** Where Pyodide has put the first part, and has the whole from here on. */
function write(content: PyProxy): void {
  pyodide().FS.writeFile("/lib/python314.zip", content.toJs() as Uint8Array);
}

/** Fetches it, once. Rejects if it does not come; who asks again tries again. */
export function complete(tell?: typeof say): Promise<void> {
  if (tell) say = tell;
  fetching ??= fetchRest().then(
    (rest) => arriving?.add(rest),
    (error: unknown) => {
      fetching = null;
      throw error;
    },
  );
  return fetching;
}

function fetchNow(url: string): ArrayBuffer | null {
  say(true);
  try {
    const request = new XMLHttpRequest();
    request.open("GET", url, false);
    request.responseType = "arraybuffer";
    request.timeout = PATIENCE_MS;
    request.send();
    return request.status === 200 ? (request.response as ArrayBuffer) : null;
  } catch {
    return null;
  } finally {
    say(false);
  }
}

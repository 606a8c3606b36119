/** The worker's Python, once it has started: what is asked of the bridge goes through here. */
import type { PyodideInterface } from "pyodide";
import type { PyProxy } from "pyodide/ffi";
import { ProblemError, type PythonProblem } from "../protocol/problems";
import { bare } from "./reach";

/** `web/bridge/api.py` */
interface Bridge extends PyProxy {
  call(name: string, ...args: unknown[]): { answer: unknown } | { problem: PythonProblem };
}

let python: PyodideInterface | null = null;
/** Looked up once, before any program could put another into its place. */
let callBridge: Bridge["call"] | null = null;
let interrupt: Uint8Array | null = null;
let calls = 0;

const MOST_NOTED = 100;

/** What Python has reported of programs, in words; it can't be taken back. */
export const noted = new Set<string>();

/** What there is of Pyodide itself that has no public name. */
interface Insides {
  _module: { _emscripten_stack_get_base(): number };
  /** What lets a call of Python wait for its turn. */
  _api: { scheduleCallback: () => void };
}

function nothingLater(): never {
  throw new Error("Nothing can wait here.");
}

/**
 * Takes up Pyodide that was loaded; `buffer` is what the page writes Stop into, and `packages` is
 * how programs come by those of the site.
 */
export function takeUp(
  loaded: PyodideInterface,
  buffer: Uint8Array | null,
  packages: { lock: string; wheel(name: string): Uint8Array },
): void {
  python = loaded;
  interrupt = buffer;
  const { _module, _api } = loaded as unknown as Insides;
  const stackBase = _module._emscripten_stack_get_base();
  _api.scheduleCallback = nothingLater;
  const note = (word: unknown) => void (noted.size < MOST_NOTED && noted.add(String(word)));
  loaded.registerJsModule("worker", bare({ stackBase, note, ...packages }));
  loaded.unregisterJsModule("pyodide_js");
  const bridge = loaded.pyimport("bridge.api") as unknown as Bridge;
  callBridge = bridge.call;
  freezeChain(bridge);
  freezeChain(callBridge);
}

/** What objects of Python inherit in JavaScript, others inherit as well. */
function freezeChain(proxy: object): void {
  for (let at: unknown = proxy; (at = Object.getPrototypeOf(at)) && at !== Object.prototype; ) {
    Object.freeze(at);
  }
}

export function pyodide(): PyodideInterface {
  if (!python) throw new Error("Python has not been started.");
  return python;
}

/** How many calls Python has had. */
export function callCount(): number {
  return calls;
}

/**
 * Calls a function of the bridge: `training.open` is `open` in the subject `training`. What the
 * learner's code does in it can be interrupted by the page, and nothing else.
 */
export function ask<T>(name: string, ...args: unknown[]): T {
  if (!callBridge) throw new Error("Python has not been started.");
  calls += 1;
  interrupt?.fill(0);
  try {
    const result = callBridge(name, ...args);
    // Pyodide that has broken down may give this instead of an error.
    if (result === undefined) throw new Error("the code ended Python");
    if ("problem" in result) throw new ProblemError(result.problem);
    return result.answer as T;
  } finally {
    interrupt?.fill(0);
  }
}

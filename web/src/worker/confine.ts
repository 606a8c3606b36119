/**
 * Cuts down the worker's global object, once Pyodide has been loaded and before a learner's code
 * can run.
 *
 * Python knows nothing of that object: `import js` is what `reach.ts` gives. Should some way lead
 * there all the same, by Python's memory or by Pyodide's insides, then what stores, what talks to
 * others, what waits, what starts other programs is gone, and so is whatever browsers invent next.
 * What is left can't be changed.
 */
import { harden } from "./harden";
import { refuse } from "./reach";

/** The language, and what Pyodide needs when it runs. Function and eval are dealt with below. */
const KEPT = new Set([
  ...["Object", "Array", "String", "Number", "Boolean", "Symbol", "BigInt", "Date", "RegExp"],
  ...["Math", "JSON", "Reflect", "Proxy", "Intl", "Map", "Set", "WeakMap", "WeakSet", "WeakRef"],
  ...["FinalizationRegistry", "Promise", "Iterator", "Atomics", "ArrayBuffer", "DataView"],
  ...["SharedArrayBuffer", "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array"],
  ...["Uint16Array", "Int32Array", "Uint32Array", "BigInt64Array", "BigUint64Array"],
  ...["Float16Array", "Float32Array", "Float64Array", "Error", "AggregateError", "EvalError"],
  ...["RangeError", "ReferenceError", "SyntaxError", "SuppressedError", "TypeError", "URIError"],
  ...["DisposableStack", "AsyncDisposableStack", "Infinity", "NaN", "undefined", "globalThis"],
  ...["isFinite", "isNaN", "parseFloat", "parseInt", "decodeURI", "decodeURIComponent"],
  ...["encodeURI", "encodeURIComponent", "escape", "unescape", "WebAssembly", "constructor"],
  ...["self", "location", "console", "performance", "crypto", "TextEncoder", "TextDecoder"],
]);

/** What would let code wait for its time, were it found. */
const WAITING: readonly [object, string][] = [
  [Array, "fromAsync"],
  [Atomics, "waitAsync"],
  [WebAssembly, "compile"],
  [WebAssembly, "compileStreaming"],
  [WebAssembly, "instantiate"],
  [WebAssembly, "instantiateStreaming"],
  [EventTarget.prototype, "addEventListener"],
  [EventTarget.prototype, "removeEventListener"],
  [EventTarget.prototype, "dispatchEvent"],
  [EventTarget.prototype, "when"],
];

/** How code is made of text, other than by eval. */
const MAKERS = [
  () => undefined,
  async () => undefined,
  function* () {},
  async function* () {},
];

export function confine(scope: WorkerGlobalScope): void {
  const { userAgent, language, hardwareConcurrency } = scope.navigator;
  for (const holder of chain(scope)) {
    for (const key of Reflect.ownKeys(holder)) {
      if (typeof key === "string" && !KEPT.has(key)) Reflect.deleteProperty(holder, key);
    }
  }
  for (const [holder, name] of WAITING) Reflect.deleteProperty(holder, name);
  for (const maker of MAKERS) {
    Object.defineProperty(Object.getPrototypeOf(maker), "constructor", { value: refuse });
  }
  // Where somebody asks whether something is a Function, it still is.
  function NoFunction() {
    refuse();
  }
  NoFunction.prototype = Object.getPrototypeOf(NoFunction) as object;
  define(scope, "Function", NoFunction);
  define(scope, "eval", refuse);
  define(scope, "navigator", Object.freeze({ userAgent, language, hardwareConcurrency }));
  const left = Object.values(Object.getOwnPropertyDescriptors(scope)).map(({ value }) => value);
  harden(left, chain(scope));
}

/** The object and what it inherits from, up to what everything inherits from. */
function chain(scope: object): object[] {
  const found: object[] = [];
  for (let at: object | null = scope; at && at !== Object.prototype; ) {
    found.push(at);
    at = Object.getPrototypeOf(at) as object | null;
  }
  return found;
}

function define(scope: object, name: string, value: unknown): void {
  Object.defineProperty(scope, name, { value, configurable: true, writable: true });
}

/**
 * Cuts down what the learner's Python can reach through `import js`.
 *
 * That is the worker's global object, and it is cut down to what is listed here: the language
 * itself, and what Pyodide and our bridge use. What stores (indexedDB, caches, navigator.storage),
 * what talks to others (fetch, WebSocket, BroadcastChannel, postMessage to the page …), what
 * starts other programs (Worker, eval, Function) is gone, and so is whatever browsers invent next.
 *
 * The Content-Security-Policy that comes with the worker's script forbids the same from outside;
 * this holds also on hosts that send none.
 */

const KEPT = new Set([
  // The language. Function and eval are dealt with below.
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
  // What computes, and neither stores nor sends.
  ...["self", "location", "console", "performance", "crypto", "structuredClone", "atob", "btoa"],
  ...["setTimeout", "clearTimeout", "setInterval", "clearInterval", "queueMicrotask"],
  ...["TextEncoder", "TextDecoder", "URL", "URLSearchParams", "Blob", "File", "Headers"],
  ...["Request", "Response", "ReadableStream", "WritableStream", "TransformStream"],
  ...["AbortController", "AbortSignal", "DOMException", "Event", "EventTarget", "ErrorEvent"],
  ...["MessageEvent", "MessageChannel", "MessagePort", "PromiseRejectionEvent", "CustomEvent"],
  ...["WorkerGlobalScope", "DedicatedWorkerGlobalScope", "WorkerNavigator", "WorkerLocation"],
  ...["addEventListener", "removeEventListener", "dispatchEvent", "isSecureContext", "origin"],
  ...["crossOriginIsolated", "close", "name", "onerror", "onmessage", "reportError"],
]);

/** How code is made of text, other than by eval. */
const MAKERS = [
  () => undefined,
  async () => undefined,
  function* () {},
  async function* () {},
];

/** `allowed`: where Python may still fetch from, an address that ends in a slash. */
export function confine(scope: WorkerGlobalScope, allowed: string): void {
  const fetched = scope.fetch.bind(scope);
  const { userAgent, language, hardwareConcurrency } = scope.navigator;

  for (const holder of chain(scope)) {
    for (const key of Reflect.ownKeys(holder)) {
      if (typeof key === "string" && !KEPT.has(key)) Reflect.deleteProperty(holder, key);
    }
  }
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
  for (const name of ["setTimeout", "setInterval"] as const) {
    const timer = scope[name].bind(scope) as (...args: unknown[]) => number;
    // Given a text, they would run it.
    const start = (what: unknown, ...rest: unknown[]) =>
      typeof what === "function" ? timer(what, ...rest) : refuse();
    define(scope, name, start);
  }
  define(scope, "navigator", Object.freeze({ userAgent, language, hardwareConcurrency }));
  define(scope, "fetch", async (what: RequestInfo | URL, options?: RequestInit) => {
    const { url, method } = new Request(what, options);
    if (method === "GET" && url.startsWith(allowed)) return fetched(url, options);
    throw new TypeError(`Python in this page can’t fetch ${url}: it has no network.`);
  });
}

/** The object and what it inherits from, up to what everything inherits from. */
function chain(scope: object): object[] {
  const found: object[] = [];
  for (let at: object | null = scope; at && at !== Object.prototype; ) {
    found.push(at);
    at = Object.getPrototypeOf(at) as object | null;
  }
  // EventTarget has methods that a worker's events need.
  return found.filter((one) => one !== EventTarget.prototype);
}

function define(scope: object, name: string, value: unknown): void {
  Object.defineProperty(scope, name, { value, configurable: true, writable: true });
}

function refuse(): never {
  throw new EvalError("Text can’t be run as JavaScript here.");
}

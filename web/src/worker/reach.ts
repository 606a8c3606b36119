/**
 * What `import js` gives to Python: a bare object with what computes, and nothing else.
 *
 * It is given to Pyodide in place of the worker's global object, of which Python knows nothing.
 */

/** What has no way to store, to send, to wait, or to make a program of a text. */
const GIVEN = [
  ...["Object", "Array", "String", "Number", "Boolean", "BigInt", "Symbol", "Date", "Math", "JSON"],
  ...["Map", "Set", "RegExp", "Intl", "Error", "RangeError", "SyntaxError", "TypeError"],
  ...["ArrayBuffer", "DataView", "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array"],
  ...["Uint16Array", "Int32Array", "Uint32Array", "BigInt64Array", "BigUint64Array"],
  ...["Float32Array", "Float64Array", "TextEncoder", "TextDecoder"],
  ...["isFinite", "isNaN", "parseFloat", "parseInt"],
] as const;

/** The part of WebAssembly that answers at once: compiled models run in it. */
const { Module, Instance, Memory, Table, Global } = WebAssembly;

export function reach(): object {
  const global = globalThis as unknown as Record<string, unknown>;
  const given = Object.fromEntries(GIVEN.map((name) => [name, global[name]]));
  const wasm = bare({ Module, Instance, Memory, Table, Global });
  return bare({ ...given, WebAssembly: wasm, eval: refuse });
}

/** What Pyodide says when it is asked to run a text as JavaScript. */
export function refuse(): never {
  throw new EvalError("Text can’t be run as JavaScript here.");
}

/** A frozen object that inherits nothing. */
export function bare(properties: Record<string, unknown>): object {
  return Object.freeze(Object.assign(Object.create(null) as object, properties));
}

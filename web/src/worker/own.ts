/**
 * What this worker keeps for itself of its global object, before Python starts and most of that is
 * taken away: see `confine.ts`.
 */
export const fetch = globalThis.fetch.bind(globalThis);
export const setTimeout = globalThis.setTimeout.bind(globalThis);
export const clearTimeout = globalThis.clearTimeout.bind(globalThis);
export const btoa = globalThis.btoa.bind(globalThis);
export const now = performance.now.bind(performance);
export const { AbortController, MessageChannel, Response, TransformStream } = globalThis;
export const { compileStreaming } = WebAssembly;

/**
 * What this worker keeps for itself of its global object, before Python starts and most of that is
 * taken away: see `confine.ts`. What downloads need, `fetching.ts` has for itself.
 */
export const setTimeout = globalThis.setTimeout.bind(globalThis);
export const btoa = globalThis.btoa.bind(globalThis);
export const now = performance.now.bind(performance);
export const { MessageChannel, XMLHttpRequest } = globalThis;
export const { compileStreaming } = WebAssembly;

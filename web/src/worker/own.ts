/**
 * What this worker keeps for itself of its global object, before Python starts and most of that is
 * taken away: see `confine.ts`.
 */
export const fetch = self.fetch.bind(self);
export const setTimeout = self.setTimeout.bind(self);
export const clearTimeout = self.clearTimeout.bind(self);
export const now = performance.now.bind(performance);
export const { AbortController, MessageChannel, Response, TransformStream } = self;
export const { compileStreaming } = WebAssembly;

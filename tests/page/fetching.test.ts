import { soon } from "./page";
import { clock } from "./stopped";
import { site } from "./site";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { SILENCE_MS, check, fetchBytes } from "../../web/src/fetching";

/** SHA-256 of "abc", as FIPS 180 gives it. */
const ABC = "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";

beforeEach(() => {
  site.requests = [];
});

function text(content: ArrayBuffer): string {
  return new TextDecoder().decode(content);
}

/** A response that gives one chunk and then nothing, until it is called off. */
function stalled(signal: AbortSignal | null | undefined): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode("a"));
      signal?.addEventListener("abort", () => controller.error(new DOMException("", "AbortError")));
    },
  });
  return new Response(body);
}

test("a file that is as it was built is fetched once", async () => {
  site.answer = () => new Response("abc");
  const counted: number[] = [];
  const onBytes = (count: number) => void counted.push(count);
  assert.equal(text(await fetchBytes("x/a.zip", ABC, { onBytes })), "abc");
  assert.deepEqual(site.requests, [{ url: "x/a.zip", cache: "default" }]);
  assert.deepEqual(counted, [3]);
});

test("another content is fetched past all that is kept, and what came before is not counted", async () => {
  let kept = "abd";
  site.answer = (_, { cache }) => new Response(cache === "reload" ? (kept = "abc") : kept);
  let counted = 0;
  const content = await fetchBytes("x/a.zip", ABC, { onBytes: (count) => (counted += count) });
  assert.equal(text(content), "abc");
  assert.equal(counted, 3);
  assert.deepEqual(
    site.requests.map(({ cache }) => cache),
    ["default", "reload"],
  );
});

test("what is wrong twice is said in a sentence", async () => {
  const said: [RegExp, () => Response | Promise<Response>][] = [
    [/^a\.zip arrived damaged\.$/, () => new Response("abd")],
    [/^a\.zip could not be fetched\.$/, () => new Response("abc", { status: 503 })],
    [/^a\.zip could not be fetched\.$/, () => Promise.reject(new TypeError("[object Object]"))],
  ];
  for (const [sentence, answer] of said) {
    site.answer = answer;
    await assert.rejects(fetchBytes("x/a.zip", ABC), { name: "DownloadError", message: sentence });
  }
});

test("a download that stops is begun again after fifteen seconds", async () => {
  let isFirst = true;
  site.answer = (_, { signal }) => {
    if (!isFirst) return new Response("abc");
    isFirst = false;
    return stalled(signal);
  };
  let begunAgain = 0;
  const fetching = fetchBytes("x/a.zip", ABC, { onAgain: () => (begunAgain += 1) });
  await clock.pass(SILENCE_MS - 1000);
  assert.equal(begunAgain, 0);
  await clock.pass(1000);
  assert.equal(text(await fetching), "abc");
  assert.equal(begunAgain, 1);
});

test("one that stops again is said to, also one that does not even begin", async () => {
  const never = (signal: AbortSignal | null | undefined) =>
    new Promise<Response>((_, reject) =>
      signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError"))),
    );
  for (const silence of [stalled, never]) {
    site.answer = (_, { signal }) => silence(signal);
    const fetching = fetchBytes("x/a.zip", ABC);
    fetching.catch(() => undefined);
    await clock.pass(SILENCE_MS);
    await soon();
    await clock.pass(SILENCE_MS);
    await assert.rejects(fetching, {
      message: "a.zip has stopped arriving: not a byte for 15 seconds.",
    });
  }
});

test("slow is not stopped", async () => {
  let feed: ReadableStreamDefaultController<Uint8Array> | undefined;
  site.answer = () => new Response(new ReadableStream({ start: (one) => void (feed = one) }));
  const fetching = fetchBytes("x/a.zip", ABC);
  for (const byte of "abc") {
    await clock.pass(SILENCE_MS - 1);
    feed?.enqueue(new TextEncoder().encode(byte));
    await soon();
  }
  feed?.close();
  assert.equal(text(await fetching), "abc");
  assert.equal(site.requests.length, 1);
});

test("what is loaded by other means is only looked at", async () => {
  site.answer = () => new Response("abd");
  await assert.rejects(check("x/a.mjs", ABC), /arrived damaged/);
  assert.equal(site.requests.length, 1);
});

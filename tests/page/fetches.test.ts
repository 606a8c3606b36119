import "./page";
import { site } from "./site";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Fetches, fetchParts } from "../../web/src/worker/fetches";
import type { LoadProgress, Places } from "../../web/src/protocol/starting";

/** A site of these files; what is not there is not found. */
function serve(files: Record<string, string | Uint8Array<ArrayBuffer>>): void {
  site.answer = (url) => {
    const body = files[url];
    const headers = { "Content-Type": "application/wasm" };
    return body === undefined ? new Response("", { status: 404 }) : new Response(body, { headers });
  };
}

function listen() {
  const told: LoadProgress[] = [];
  return { told, fetches: new Fetches((progress) => void told.push(progress)) };
}

test("bytes are counted as they arrive, over all that is fetched", async () => {
  serve({ "a/one.zip": new Uint8Array(300), "a/two.json": "x".repeat(50) });
  const { told, fetches } = listen();
  fetches.begin("Fetching Python");
  assert.deepEqual(told, [{ stage: "Fetching Python", loaded: 0 }]);
  assert.equal((await fetches.bytes("a/one.zip")).byteLength, 300);
  assert.equal((await fetches.text("a/two.json")).length, 50);
  fetches.begin("Starting Python");
  assert.deepEqual(told.at(-1), { stage: "Starting Python", loaded: 350 });
});

test("what can't be fetched is called by its file's name", async () => {
  serve({});
  const { fetches } = listen();
  await assert.rejects(fetches.bytes("https://a.example/x/stdlib.zip"), {
    message: "stdlib.zip could not be fetched.",
  });
});

test("what can't be fetched again is said once more while it is tried", async () => {
  serve({});
  const { told, fetches } = listen();
  fetches.begin("Fetching Python");
  await assert.rejects(fetches.bytes("a/one.zip"));
  assert.deepEqual(
    told.map(({ stage }) => stage),
    ["Fetching Python", "Fetching Python again"],
  );
});

test("a connection that breaks off is told the same way", async () => {
  site.answer = () => {
    const broken = new ReadableStream({
      pull(controller) {
        controller.error(new TypeError("network error"));
      },
    });
    return new Response(broken);
  };
  const { fetches } = listen();
  await assert.rejects(fetches.bytes("b/stdlib.zip"), /stdlib\.zip could not be fetched/);
  site.answer = () => Promise.reject(new TypeError("offline"));
  await assert.rejects(listen().fetches.text("b/lock.json"), /lock\.json could not be fetched/);
});

test("what the browser compiles is the very response, and a copy is counted", async (context) => {
  const { clone } = Response.prototype;
  const read: string[] = [];
  context.mock.method(Response.prototype, "clone", function (this: Response) {
    const copy = clone.call(this);
    const body = copy.body!;
    const getReader = body.getReader.bind(body);
    body.getReader = (() => (read.push("the copy"), getReader())) as typeof body.getReader;
    return copy;
  });
  serve({ "p/a.wasm": Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0) });
  const { told, fetches } = listen();
  assert.ok((await fetches.wasm("p/a.wasm")) instanceof WebAssembly.Module);
  fetches.begin("Starting Python");
  assert.equal(told.at(-1)?.loaded, 8);
  assert.deepEqual(read, ["the copy"]);
});

test("Python's parts are fetched side by side", async () => {
  const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  serve({ "p/pyodide.asm.wasm": empty, std: "s", py: "pp", lock: "{}" });
  const places = { pyodide: "p/", stdlib: "std", python: "py", lock: "lock" } as Places;
  const { wasm, stdlib, python, lock } = await fetchParts(listen().fetches, places);
  assert.ok(wasm instanceof WebAssembly.Module);
  assert.equal(site.requests.filter(({ url }) => url.endsWith("asm.wasm")).length, 1);
  assert.deepEqual([stdlib.byteLength, python.byteLength, lock], [1, 2, "{}"]);
});

// Runs programs through the bridge in Pyodide under Node: a JSON file, which gives a line
// of JSON for each. What the page's Stop does is done by another thread here, once a program has
// called `js.stopAfter(milliseconds)`.
import { readFileSync } from "node:fs";
import { Worker } from "node:worker_threads";

const [, , pyodide, root, programs] = process.argv;
const { loadPyodide } = await import(pyodide);
const python = await loadPyodide({ stdout: () => undefined, stderr: () => undefined });
python.mountNodeFS("/project", root);
python.runPython(`
import sys
sys.dont_write_bytecode = True
sys.path[:0] = ["/project", "/project/web"]
`);
const buffer = new Uint8Array(new SharedArrayBuffer(1));
python.setInterruptBuffer(buffer);
const stopping = `
  const { parentPort, workerData } = require("node:worker_threads");
  let timer;
  parentPort.on("message", (after) => {
    clearTimeout(timer);
    const stop = () => { workerData[0] = 2; timer = setTimeout(stop, 100); };
    if (after !== null) timer = setTimeout(stop, after);
  });`;
const stopper = new Worker(stopping, { eval: true, workerData: buffer });
const noted = [];
python.registerJsModule("worker", {
  stackBase: python._module._emscripten_stack_get_base(),
  note: (word) => noted.push(word),
});
const bridge = python.pyimport("bridge.api");

globalThis.stopAfter = (milliseconds) => stopper.postMessage(milliseconds);

for (const code of JSON.parse(readFileSync(programs, "utf8"))) {
  buffer[0] = 0;
  const start = performance.now();
  const request = { code, inputs: { x: 2, y: 3, z: 1 }, maxNodes: 300 };
  const result = bridge.call("expression.evaluate", request).answer;
  stopper.postMessage(null);
  console.log(JSON.stringify({ ...result, seconds: (performance.now() - start) / 1000 }));
}
process.exit(0);

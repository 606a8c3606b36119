// The compiled engine in V8: runs what the Python side has written to a folder.
// kernels.wasm is the module, program.json the calls that fill its memory. The commands are those
// of epoch.c; "predict" answers with the seconds of one prediction.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const folder = process.argv[2];
const module = new WebAssembly.Module(readFileSync(`${folder}/kernels.wasm`));
const { exports } = new WebAssembly.Instance(module);
const { calls, train } = JSON.parse(readFileSync(`${folder}/program.json`, "utf8"));
for (const [name, ...words] of calls) {
  if (name === "reserve") exports.reserve(...words);
  else new Uint8Array(exports.memory.buffer).set(Buffer.from(words[1], "base64"), words[0]);
}

for await (const line of createInterface({ input: process.stdin })) {
  const epochs = Number(line);
  const start = performance.now();
  if (!train.results) exports.all_chunks(...train.segments);
  for (let left = epochs; train.results && left > 0; left -= 1000) {
    const batch = Math.min(left, 1000);
    const done = exports.train(
      ...train.segments, batch, train.rate, train.parameters, train.gradients, train.results);
    if (done < batch) throw new Error(`stopped after ${done} epochs`);
  }
  const seconds = (performance.now() - start) / 1000;
  const last = train.results + 16 * ((epochs - 1) % 1000);
  console.log(seconds, train.results ? new Float64Array(exports.memory.buffer, last, 1)[0] : 0);
}

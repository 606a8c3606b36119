// Names the modules of the standard library that a page needs to be ready, and for its first run:
// node needed.mjs PYODIDE-FOLDER STANDARD-LIBRARY OUR-PYTHON
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, stdLibURL, ours] = process.argv.slice(2);
const PLACE = "/lib/minitorch.zip";
const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")).href);
const python = await loadPyodide({ stdLibURL });
python.FS.writeFile(PLACE, readFileSync(ours));
python.pyimport("sys.path").append(PLACE);
python.registerJsModule("worker", { stackBase: 0, note: () => undefined });

const bridge = python.pyimport("bridge.api");
const ask = (name, ...args) => {
  const said = bridge.call(name, ...args);
  if ("problem" in said) throw new Error(`${name}: ${said.problem.traceback}`);
};
const settings = { dataset: "Xor", points: 8, hidden: 2, rate: 0.5, epochs: 1, seed: 0 };
ask("workspace.info");
for (const engine of ["eager", "compiled"]) ask("training.open", { ...settings, engine }, null);
ask("programs.prepare");
ask("programs.watch");

const names = python.runPython(`
import sys
"\\n".join(
    module.__spec__.name
    for module in list(sys.modules.values())
    if getattr(module, "__spec__", None)
    and "/lib/python314.zip/" in (getattr(module, "__file__", None) or "")
)`);
console.log(names);

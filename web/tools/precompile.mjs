// Runs pyc.py in Pyodide: node precompile.mjs PYODIDE-FOLDER SOURCE TARGET PLACE KEEP-SOURCES [STDLIB]
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, source, target, place, keepSources, stdLibURL] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")).href);
const python = await loadPyodide(stdLibURL ? { stdLibURL } : {});
python.FS.writeFile("/source.zip", readFileSync(source));
python.runPython(readFileSync(new URL("pyc.py", import.meta.url), "utf8"));
python.globals
  .get("compile_archive")("/source.zip", "/target.zip", place, keepSources === "true");
writeFileSync(target, python.FS.readFile("/target.zip"));

// Runs pyc.py in Pyodide: node precompile.mjs PYODIDE-FOLDER SOURCE TARGET PLACE TO-BE-READ [STDLIB]
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, source, target, place, toBeRead, stdLibURL] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")).href);
// Columns mark a part of a line in tracebacks: of no use where there are no lines to show.
const env = toBeRead ? {} : { PYTHONNODEBUGRANGES: "1" };
const python = await loadPyodide(stdLibURL ? { stdLibURL, env } : { env });
python.FS.writeFile("/source.zip", readFileSync(source));
python.runPython(readFileSync(new URL("pyc.py", import.meta.url), "utf8"));
python.globals.get("compile_archive")("/source.zip", "/target.zip", place, toBeRead);
writeFileSync(target, python.FS.readFile("/target.zip"));

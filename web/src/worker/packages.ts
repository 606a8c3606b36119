/** Python packages that the site has, fetched when they are first needed. */
import type { LoadProgress } from "../protocol/starting";
import type { PyProxy } from "pyodide/ffi";
import { Fetches } from "./fetches";
import { pyodide } from "./python";

interface Micropip extends PyProxy {
  install(names: string[]): Promise<void>;
}

/** Installs packages and what they need, as micropip finds them, unless they are here already. */
export async function fetchPackages(
  names: string[],
  onProgress: (progress: LoadProgress) => void,
): Promise<void> {
  const missing = () => names.filter((name) => !(name in pyodide().loadedPackages));
  if (missing().length === 0) return;
  const fetches = new Fetches(onProgress);
  fetches.begin(`Fetching ${names.join(" and ")}`);
  const { fetch } = self;
  self.fetch = (what) => fetches.get(what instanceof Request ? what.url : String(what));
  try {
    await pyodide().loadPackage("micropip", { messageCallback: () => undefined });
    await (pyodide().pyimport("micropip") as Micropip).install(names);
  } finally {
    self.fetch = fetch;
  }
  if (missing().length > 0) throw new Error(`${missing().join(" and ")} could not be fetched.`);
}

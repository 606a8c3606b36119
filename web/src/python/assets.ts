/** Where the build put things: relative addresses, listed in the page itself. */
import { check, fetchBytes } from "../fetching";

export interface Assets {
  worker: string;
  pyodide: string;
  /** Python's standard library in two parts, and our own Python. */
  stdlib: string;
  rest: string;
  python: string;
  lock: string;
  bokeh: string;
  figures: Record<string, string>;
  packages: string;
  /** The assignment, as JSON. */
  course: string;
  /** The guides, as JSON. */
  guides: string;
  /** The names that the editor knows, as JSON. */
  words: string;
  /** How many bytes the worker fetches before Python is ready. */
  bytes: number;
  /** The hash of each of these files, by its relative address. */
  hashes: Record<string, string>;
}

let assets: Assets | null = null;

export function findAssets(): Assets {
  if (!assets) {
    const listed = document.getElementById("assets")?.textContent;
    if (!listed) throw new Error("The page has no list of its assets: it was not built.");
    assets = JSON.parse(listed) as Assets;
  }
  return assets;
}

/** What a file has to hold, by its whole address. */
export function findHashes(): Record<string, string> {
  const hashes = Object.entries(findAssets().hashes);
  return Object.fromEntries(hashes.map(([path, hash]) => [addressOf(path), hash]));
}

export function addressOf(path: string): string {
  return new URL(path, document.baseURI).href;
}

/**
 * Fetches a file of the site, as it was built.
 *
 * @throws Error that says in a sentence why it did not arrive.
 */
export async function fetchJson<T>(path: string): Promise<T> {
  const content = await fetchBytes(path, findAssets().hashes[path] ?? "");
  return JSON.parse(new TextDecoder().decode(content)) as T;
}

/**
 * Looks at what is kept of the programs of Python, and fetches anew what is not as it was built.
 * The other files are looked at whenever they are fetched.
 *
 * @returns Whether anything was damaged, and no longer is.
 */
export async function mend(): Promise<boolean> {
  const { worker, pyodide, hashes } = findAssets();
  const programs = [worker, ...["pyodide.mjs", "pyodide.asm.mjs"].map((name) => pyodide + name)];
  const mended = programs.map(async (path) => {
    const hash = hashes[path] ?? "";
    const isSound = await check(path, hash).then(
      () => true,
      () => false,
    );
    if (!isSound) await fetchBytes(path, hash);
    return !isSound;
  });
  return (await Promise.all(mended).catch((): boolean[] => [])).includes(true);
}

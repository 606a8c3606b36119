/** Where the build put things: relative addresses, listed in the page itself. */

export interface Assets {
  worker: string;
  pyodide: string;
  /** Python's standard library, and our own Python. */
  stdlib: string;
  python: string;
  lock: string;
  bokeh: string;
  figures: Record<string, string>;
  packages: string;
  /** The assignment, as JSON. */
  course: string;
  /** The guides, as JSON. */
  guides: string;
  /** How many bytes the worker fetches before Python is ready. */
  bytes: number;
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

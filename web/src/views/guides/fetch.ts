/** The guides as the build has made them (`web/tools/guides.py`). */
import { findAssets } from "../../python/assets";
import type { GuideName } from "./settings";

export interface Guide {
  name: GuideName;
  title: string;
  description: string;
  /** About how long it takes to read. */
  minutes: number;
  /** The task that it leads to: "1.1". */
  task: string;
  headings: { id: string; title: string }[];
  /** The text; elements with `data-live` are where something moves. */
  html: string;
  previous?: GuideName;
  next?: GuideName;
}

let guides: Promise<Guide[]> | null = null;

/**
 * Fetches the guides, once for all who ask.
 *
 * @throws Error in words, if they do not arrive; who asks again tries again.
 */
export function fetchGuides(): Promise<Guide[]> {
  guides ??= fetchJson(findAssets().guides).catch((error: unknown) => {
    guides = null;
    throw new Error("The guides could not be loaded: is there a network?", { cause: error });
  });
  return guides;
}

async function fetchJson(address: string): Promise<Guide[]> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response.json() as Promise<Guide[]>;
}

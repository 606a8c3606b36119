/**
 * Changes written ahead: kept at once where writing does not wait, until the database has them.
 *
 * A page can be closed, or crash, at any moment, and the database only answers later. What is left
 * over here is made again at the next start. It is the browser's memory rather than the tab's,
 * since a closed tab does not come back; each tab has places of its own there. Where that one is
 * full, the tab's may have room.
 */
import type { Change } from "./copies";
import { inBrowser, inTab } from "./storage";

const START = "ahead.";
const MEMORIES = [inBrowser, inTab];

/** Keeps a tab's latest change of a key, in place of the one before; tells whether it could. */
export function writeAhead(collection: string, key: string, change: Change<unknown>): boolean {
  const place = placeOf(collection, key, change);
  return MEMORIES.some((memory) => memory.remember(place, JSON.stringify(change)));
}

/** Forgets a change, unless its tab has made another one since. */
export function forgetAhead(collection: string, key: string, change: Change<unknown>): void {
  const place = placeOf(collection, key, change);
  for (const memory of MEMORIES) {
    if (memory.recall(place) === JSON.stringify(change)) memory.forget(place);
  }
}

/** All changes of a collection that are left over, of any tab, by their keys. */
export function findAhead<T>(collection: string): Map<string, Change<T>[]> {
  const found = new Map<string, Change<T>[]>();
  for (const memory of MEMORIES) {
    for (const place of memory.keys(START)) {
      const [of, key] = parsed<string[]>(place.slice(START.length)) ?? [];
      const change = parsed<Change<T>>(memory.recall(place));
      if (of !== collection || key === undefined || !isSound(change)) continue;
      found.set(key, [...(found.get(key) ?? []), change]);
    }
  }
  return found;
}

/** As JSON, none of these begins another. */
function placeOf(collection: string, key: string, { copy }: Change<unknown>): string {
  return START + JSON.stringify([collection, key, copy?.tab]);
}

function parsed<R>(text: string | null): R | null {
  try {
    return JSON.parse(text ?? "null") as R | null;
  } catch {
    return null;
  }
}

function isSound<T>(change: Change<T> | null): change is Change<T> {
  const isVersion = (one: unknown) => typeof one === "object" && one !== null;
  const { over, copy } = change ?? {};
  return isVersion(over) && isVersion(copy?.version) && typeof copy?.time === "number";
}

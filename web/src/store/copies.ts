/**
 * What several tabs make of one key, so that none destroys what another wrote.
 *
 * Each copy carries a version vector: for every tab, how many of its changes it has seen. A change
 * takes the place of the copies that it has seen, and stands beside those that it has not. To make
 * the same change again changes nothing: one that may have been lost is simply made once more.
 */

/** The number of the latest change that was seen, by the name of the tab that made it. */
export type Version = Readonly<Record<string, number>>;

/** A value as one tab wrote it. */
export interface Copy<T> {
  readonly value: T;
  readonly version: Version;
  readonly tab: string;
  /** When it was written, in milliseconds since 1970. */
  readonly time: number;
}

export interface Change<T> {
  /** The copies that go: those whose versions this one covers; null: all of them. */
  readonly over: Version | null;
  /** The copy that takes their place; null: none. */
  readonly copy: Copy<T> | null;
}

/** How many tabs a version names: those that wrote last. */
const TABS = 10;

/** Tells whether a version has seen all that the other has. */
export function covers(version: Version, other: Version): boolean {
  return Object.entries(other).every(([tab, number]) => (version[tab] ?? 0) >= number);
}

/** The version of a tab's next change, based on what it has seen. */
export function next(seen: readonly Version[], tab: string, number: number): Version {
  const joined: Record<string, number> = {};
  for (const [name, count] of seen.flatMap(Object.entries<number>)) {
    joined[name] = Math.max(count, joined[name] ?? 0);
  }
  // The tab that wrote last comes last.
  delete joined[tab];
  return { ...joined, [tab]: number };
}

/** Tells whether a change takes the place of a copy. */
export function takes({ over }: Change<unknown>, copy: Copy<unknown>): boolean {
  return !over || covers(over, copy.version);
}

/** The copies of a key after a change, the newest first. */
export function apply<T>(copies: readonly Copy<T>[], change: Change<T>): Copy<T>[] {
  const { copy } = change;
  if (copy && copies.some((one) => covers(one.version, copy.version))) return [...copies];
  const unseen = copies.filter((one) => !takes(change, one));
  if (!copy) return unseen;
  return [shortened(copy), ...unseen].sort((a, b) => b.time - a.time);
}

/** With a version that does not grow for ever. */
function shortened<T>(copy: Copy<T>): Copy<T> {
  return { ...copy, version: Object.fromEntries(Object.entries(copy.version).slice(-TABS)) };
}

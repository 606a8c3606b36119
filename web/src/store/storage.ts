/**
 * What is remembered: by the browser between visits, and by a tab until it is closed.
 *
 * Two tabs share the browser's memory, so each keeps what is its own in the tab's. A browser may
 * refuse to store anything (a private window, a policy), or have no room left: the page works the
 * same, and `unkept` says what a reload would lose.
 */
import { signal } from "@preact/signals";

const PREFIX = "minitorch.";

/** What can't be kept, in words: "your text". */
export const unkept = signal<readonly string[]>([]);

export interface Memory {
  recall(key: string): string | null;
  /** Tells whether it could. */
  remember(key: string, value: string): boolean;
  /** Forgets all whose keys begin so. */
  forget(start: string): void;
  /** The keys that begin so. */
  keys(start: string): string[];
}

/** Even to look at a storage may be forbidden, so it is asked for each time. */
function memory(find: () => Storage): Memory {
  const list = () => Object.keys(find()).filter((key) => key.startsWith(PREFIX));
  const keys = (start: string) =>
    attempt(() => list().map((key) => key.slice(PREFIX.length)), []).filter((key) =>
      key.startsWith(start),
    );
  return {
    keys,
    recall: (key) => attempt(() => find().getItem(PREFIX + key), null),
    remember: (key, value) => attempt(() => (find().setItem(PREFIX + key, value), true), false),
    forget: (start) => keys(start).forEach((key) => find().removeItem(PREFIX + key)),
  };
}

export const inBrowser = memory(() => localStorage);
export const inTab = memory(() => sessionStorage);

function attempt<T>(use: () => T, otherwise: T): T {
  try {
    return use();
  } catch {
    return otherwise;
  }
}

/** Notes whether something that a learner would miss is kept. */
export function report(what: string, isKept: boolean): void {
  const before = unkept.peek();
  if (before.includes(what) !== isKept) return;
  unkept.value = isKept ? before.filter((one) => one !== what) : [...before, what];
}

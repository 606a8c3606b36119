/** What is known of names: read off the package and Python by the build (`web/tools/words.py`). */
import { fetchJson, findAssets } from "../python/assets";

export interface Word {
  /** In a word or two: "function", "class", "keyword", "in your text". */
  kind: string;
  /** How it is called: `log(x)`. */
  signature: string;
  /** One sentence; "" if nothing is said of it. */
  about: string;
}

export type Words = Readonly<Record<string, Word>>;

export interface AllWords {
  keywords: readonly string[];
  builtins: Words;
  /** What may follow the dot, by the module's name. */
  modules: Readonly<Record<string, Words>>;
  /** The same of the classes, and of what they make. */
  classes: Readonly<Record<string, Words>>;
  /** What the texts of a view may use without importing it. */
  given: Readonly<Record<"expression" | "function", Words>>;
}

/** What a text may use without importing it. */
export interface Given {
  of: keyof AllWords["given"];
  /** The names of its Scalars. */
  inputs: readonly string[];
}

/** One of them by its name; what every object inherits is none. */
export function find<T>(named: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(named, name) ? named[name] : undefined;
}

/** They as they are once they have arrived. */
export let arrived: AllWords | null = null;
let arriving: Promise<AllWords | null> | null = null;

/** Fetches them, once for all who ask; null if they don't arrive, and who asks again tries again. */
export function fetchWords(): Promise<AllWords | null> {
  arriving ??= fetchJson<AllWords>(findAssets().words).then(
    (words) => (arrived = words),
    () => (arriving = null),
  );
  return arriving;
}

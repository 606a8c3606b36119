/**
 * The learner's files and the way back: texts by path, and what stood there before each of the
 * larger changes. Pure: every function gives a new state and leaves the old one as it was.
 */

/** Texts by their paths in the project. */
export type Files = Readonly<Record<string, string>>;

/** What some files held before a change; null where there was no such file. */
export interface Version {
  /** The change in words: "Back to the skeleton". */
  why: string;
  files: Readonly<Record<string, string | null>>;
}

export interface History {
  files: Files;
  /** The way back, the latest change last. */
  past: readonly Version[];
  /** The way forth again, after having gone back. */
  future: readonly Version[];
}

/** Changes further back than this are given up. */
export const MOST_VERSIONS = 50;

/** Replaces the texts of some files, all at once, in a way that can be undone. */
export function replace(history: History, why: string, changes: Files): History {
  const { files, past } = history;
  const changed = Object.keys(changes).filter((path) => changes[path] !== files[path]);
  if (changed.length === 0) return history;
  const before = version(why, files, changed);
  return {
    files: { ...files, ...pick(changes, changed) },
    past: [...past, before].slice(-MOST_VERSIONS),
    future: [],
  };
}

/** What is typed: it has a way back of its own in the editor, letter by letter. */
export function edit(history: History, path: string, text: string): History {
  return { ...history, files: { ...history.files, [path]: text } };
}

/** Takes the latest change back; what stands there now can be had again by `redo`. */
export function undo(history: History): History {
  const last = history.past.at(-1);
  if (!last) return history;
  const now = version(last.why, history.files, Object.keys(last.files));
  return {
    files: apply(history.files, last),
    past: history.past.slice(0, -1),
    future: [...history.future, now],
  };
}

/** Takes back what `undo` did. */
export function redo(history: History): History {
  const next = history.future.at(-1);
  if (!next) return history;
  const now = version(next.why, history.files, Object.keys(next.files));
  return {
    files: apply(history.files, next),
    past: [...history.past, now],
    future: history.future.slice(0, -1),
  };
}

/**
 * Brings in what was written elsewhere meanwhile, in another tab, say: this side's texts stay, and
 * the other's can be had by `undo`.
 */
export function keepBoth(mine: History, theirs: Files, why: string): History {
  const differing = Object.keys(theirs).filter((path) => theirs[path] !== mine.files[path]);
  if (differing.length === 0) return mine;
  const version = { why, files: pick(theirs, differing) };
  return { ...mine, past: [...mine.past, version].slice(-MOST_VERSIONS) };
}

function version(why: string, files: Files, paths: readonly string[]): Version {
  return { why, files: Object.fromEntries(paths.map((path) => [path, files[path] ?? null])) };
}

function apply(files: Files, { files: before }: Version): Files {
  const merged: Record<string, string | null> = { ...files, ...before };
  const there = Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== null);
  return Object.fromEntries(there);
}

function pick(files: Files, paths: readonly string[]): Files {
  return Object.fromEntries(paths.map((path) => [path, files[path] ?? ""]));
}

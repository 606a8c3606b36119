/** The learner's work on the assignment, as signals: what they have written, and how far it goes. */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { Course } from "./course";
import * as versions from "./versions";
import type { Files, History } from "./versions";

/** How a task's tests went, the last time that they ran to their end. */
export interface Standing {
  passed: number;
  total: number;
  /** The files that were tested, as `hashOf` names them. */
  tested: string;
}

/** All that is kept of the work between visits. */
export interface Saved extends History {
  standings: Readonly<Record<string, Standing>>;
  /** How many hints of a task have been shown. */
  hints: Readonly<Record<string, number>>;
  /** The task that was last open. */
  task: string;
}

export interface Work {
  readonly course: Course;
  /** What there is to keep; it changes with everything below. */
  readonly saved: ReadonlySignal<Saved>;
  readonly files: ReadonlySignal<Files>;
  /** Whether anything was written yet. */
  readonly hasOwn: ReadonlySignal<boolean>;
  /** The change that `undo` takes back, in words. */
  readonly undoable: ReadonlySignal<string | null>;
  readonly redoable: ReadonlySignal<string | null>;
  standing(task: string): Standing | null;
  hintsShown(task: string): number;

  edit(path: string, text: string): void;
  /** Replaces whole texts; `undo` brings back what was there. */
  replace(why: string, changes: Files): void;
  /** Puts what was written in another place among what `undo` brings back. */
  keepBoth(theirs: Files, why: string): void;
  /** Takes over what another tab has made of the work. */
  adopt(saved: Saved): void;
  undo(): void;
  redo(): void;
  record(task: string, standing: Standing): void;
  showHint(task: string): void;
  visit(task: string): void;
}

/** The files as a learner first finds them. */
export function skeletonOf(course: Course): Files {
  return Object.fromEntries(course.files.map(({ path, skeleton }) => [path, skeleton]));
}

/** Whether any of the files is no longer as it was first found. */
export function differs(course: Course, files: Files): boolean {
  const skeleton = skeletonOf(course);
  return Object.keys(files).some((path) => files[path] !== skeleton[path]);
}

export function createWork(course: Course, from: Saved | null): Work {
  const begun: Saved = {
    past: [],
    future: [],
    standings: {},
    hints: {},
    task: course.tasks[0]?.id ?? "",
    ...from,
    // A file that the project has got since is added to those that were kept.
    files: { ...skeletonOf(course), ...from?.files },
  };
  const saved = signal(begun);
  const change = (part: Partial<Saved>) => {
    saved.value = { ...saved.peek(), ...part };
  };
  const files = computed(() => saved.value.files);
  return {
    course,
    saved,
    files,
    hasOwn: computed(() => differs(course, files.value)),
    undoable: computed(() => saved.value.past.at(-1)?.why ?? null),
    redoable: computed(() => saved.value.future.at(-1)?.why ?? null),
    standing: (task) => saved.value.standings[task] ?? null,
    hintsShown: (task) => saved.value.hints[task] ?? 0,

    edit: (path, text) => change(versions.edit(saved.peek(), path, text)),
    replace: (why, changes) => change(versions.replace(saved.peek(), why, changes)),
    keepBoth: (theirs, why) => change(versions.keepBoth(saved.peek(), theirs, why)),
    adopt: (other) => {
      saved.value = other;
    },
    undo: () => change(versions.undo(saved.peek())),
    redo: () => change(versions.redo(saved.peek())),
    record: (task, standing) =>
      change({ standings: { ...saved.peek().standings, [task]: standing } }),
    showHint: (task) => {
      const { hints } = saved.peek();
      change({ hints: { ...hints, [task]: (hints[task] ?? 0) + 1 } });
    },
    visit: (task) => change({ task }),
  };
}

/**
 * The learner's work as a library: what Python imports in place of ours, where they want it to.
 *
 * There is one work in the page. It is opened by whoever needs it, and a view that could run on it
 * looks for it once: it costs little to know that there is none.
 */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { Files } from "../protocol/starting";
import { fetchCourse } from "./course";
import { findSaved, listenForWork, openWork } from "./keep";
import type { Work } from "./work";

const work = signal<Work | null>(null);
let opening: Promise<Work> | null = null;
let finding: Promise<void> | null = null;

/** The learner's files as they are now; null where they have written nothing yet. */
export const library: ReadonlySignal<Files | null> = computed(() => {
  const { hasOwn, files } = work.value ?? {};
  return hasOwn?.value && files ? files.value : null;
});

/** Whether it is known by now if there are files of theirs. */
export const isKnown = signal(false);

/**
 * Opens the one work of this page.
 *
 * @throws Error in words, if the course does not arrive; who asks again tries again.
 */
export function openTheWork(): Promise<Work> {
  opening ??= open().catch((error: unknown) => {
    opening = null;
    throw error;
  });
  return opening;
}

async function open(): Promise<Work> {
  return (work.value = await openWork(await fetchCourse()));
}

/** Finds the learner's files, if there are any, now or as soon as another tab has some. */
export function findLibrary(): Promise<void> {
  return (finding ??= find());
}

async function find(): Promise<void> {
  listenForWork(() => void openTheWork().catch(ignore));
  if (await findSaved()) await openTheWork().catch(ignore);
  isKnown.value = true;
}

function ignore(): void {
  // Without the course nobody knows what is theirs; the Assignment view says what is the matter.
}

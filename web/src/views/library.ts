/** Which library a view runs on: ours, or the learner's where they have one and it is chosen. */
import { computed, effect, type ReadonlySignal } from "@preact/signals";
import { notices } from "../address/address";
import type { Files, Library } from "../protocol/starting";
import { findLibrary, isKnown, library as theirs } from "../workspace/library";

/** The settings of a view that has the choice. */
interface WithLibrary {
  readonly values: ReadonlySignal<{ readonly library: "reference" | "yours" }>;
  change(part: { library: "reference" }): void;
}

const NONE =
  "There is no library of yours yet, so this runs on the reference: the Assignment is where you " +
  "write one.";

/** Whether there is a choice. */
export const hasChoice = computed(() => theirs.value !== null);

/** The files that a view is to run on; null: our library. */
export function chosenLibrary({ values }: WithLibrary): ReadonlySignal<Files | null> {
  return computed(() => (values.value.library === "yours" ? theirs.value : null));
}

/** The library that made a result, where there are two that could have. */
export function makerOf(library: Library | null | undefined): Library | null {
  return hasChoice.value ? (library ?? null) : null;
}

/**
 * Looks for the learner's library. Call once, when the view is loaded; it resolves when the view
 * can be shown: at once, unless it is theirs that the address asks for.
 */
export function findChosen(settings: WithLibrary): Promise<void> {
  const isFound = findLibrary();
  effect(() => {
    const isMissing = isKnown.value && theirs.value === null;
    if (!isMissing || settings.values.value.library !== "yours") return;
    settings.change({ library: "reference" });
    notices.value = [...notices.peek(), NONE];
  });
  return settings.values.peek().library === "yours" ? isFound : Promise.resolve();
}

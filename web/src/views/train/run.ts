/** The view's own run: made at the first look at it, fed by the address, kept in the tab. */
import { computed, effect, untracked } from "@preact/signals";
import { isReturn } from "../../address/address";
import { createInspection, type Inspection } from "../../training/inspection";
import { createRun, type Run } from "../../training/run";
import { modelKey } from "../../training/saved";
import { chosenLibrary } from "../library";
import { settings, trainSettings } from "./settings";
import { findAside, findKept, keep, keepNow } from "./keep";

let run: Run | null = null;
let inspection: Inspection | null = null;

/** The one run of the view: a trained model survives a look at another view. */
export function theRun(): Run {
  return (run ??= untracked(makeRun));
}

/** What looks at single points of it. */
export function theInspection(): Inspection {
  const looked = theRun();
  return (inspection ??= untracked(() => createInspection(looked)));
}

function makeRun(): Run {
  const asked = computed(trainSettings);
  const library = chosenLibrary(settings);
  const made = createRun({
    settings: asked,
    drawing: computed(() => settings.values.value.drawing),
    library,
    saved: findKept(modelKey(asked.value, library.value !== null)),
    // Who goes back finds what was there; a new link or setting means a new model.
    find: (model) => (isReturn() ? (findAside(model) ?? findKept(model)) : null),
  });
  effect(() => keep(made.saved.value, made.model.value));
  effect(() => {
    const isAtRest = made.phase.value !== "running" && made.phase.value !== "stepping";
    if (isAtRest) untracked(keepNow);
  });
  // A page that is left may never be asked again.
  window.addEventListener("pagehide", keepNow);
  document.addEventListener("visibilitychange", keepNow);
  return made;
}

/**
 * What was typed over a text of ours, such as the code in a guide: a reload, or a look elsewhere,
 * leaves it. It is the tab's: two tabs may try different things. Nothing of it runs by itself.
 */
import { effect, signal, type Signal } from "@preact/signals";
import { inTab, report } from "./storage";

const drafts = new Map<string, Signal<string>>();

/**
 * The text under a name: as it was typed last, or else `original`.
 *
 * @param name A name of its own for each text, which stays from version to version.
 */
export function draftOf(name: string, original: string): Signal<string> {
  const known = drafts.get(name);
  if (known) return known;
  const key = `draft.${name}`;
  const text = signal(inTab.recall(key) ?? original);
  drafts.set(name, text);
  effect(() => {
    const isOriginal = text.value === original;
    if (isOriginal) inTab.forget(key);
    report("what you typed", isOriginal || inTab.remember(key, text.value));
  });
  return text;
}

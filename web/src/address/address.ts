/**
 * Keeps the settings of all views in step with the window's address.
 *
 * Changes replace the address instead of adding to the history: Back leads to the view before,
 * not through every setting that was tried.
 */
import { effect, signal } from "@preact/signals";
import { inTab } from "../store/storage";
import { readHash, writeHash } from "./hash";
import type { Settings } from "./settings";

/** What the tab keeps of the views that the address does not name. */
const KEY = "settings";
/** Marks the entries of the browser's history that the page has written itself. */
const OURS = "minitorch";
/** How long to wait where the browser will not have the address changed so often. */
const RETRY_MS = 1000;

/** The name of the view that is shown. */
export const view = signal("");
/** What was wrong with the address, a sentence each. */
export const notices = signal<string[]>([]);

let all: readonly Settings[] = [];

/**
 * Takes over what the address says, now and whenever it changes. Call once, with the settings of
 * every view, the first page's first.
 */
export function followAddress(settings: readonly Settings[]): void {
  all = settings;
  recallSettings();
  takeOver();
  // Comes at once when the address changes; `hashchange` would let others change it meanwhile.
  window.addEventListener("popstate", takeOver);
  effect(() => {
    writeAddress(hrefOfCurrent());
  });
  effect(keepSettings);
  // Someone may have emptied the storage meanwhile.
  window.addEventListener("pagehide", keepSettings);
}

function hrefOfCurrent(): string {
  const current = all.find((one) => one.view === view.value);
  return current ? writeHash(current) : "";
}

function keepSettings(): void {
  inTab.remember(KEY, JSON.stringify(all.map((one) => writeHash(one))));
}

let returning = false;
let adopting = false;

/** True while the settings of an address are taken over that the page had before: by Back, say. */
export function isReturn(): boolean {
  return returning;
}

/** True while the settings of an address are taken over: nobody has set them here by hand. */
export function isAdopting(): boolean {
  return adopting;
}

let retry = 0;

function writeAddress(hash: string): void {
  clearTimeout(retry);
  const isWritten = () => hash === location.hash && history.state === OURS;
  if (isWritten()) return;
  try {
    history.replaceState(OURS, "", hash);
  } catch {
    // Not so often: some browsers say so, others just don't do it.
  }
  if (!isWritten()) retry = window.setTimeout(() => writeAddress(hrefOfCurrent()), RETRY_MS);
}

function takeOver(): void {
  returning = history.state === OURS;
  const { settings, given, notices: wrong } = readHash(location.hash, all);
  // Without a setting that can be used it only names the view: what was set, and trained, stays.
  if (Object.keys(given).length > 0) {
    // Nobody comes from elsewhere to go on typing: the fields show what the address says.
    if (settings.view === view.peek()) settings.restore();
    adopting = true;
    settings.adopt(given);
    adopting = false;
  }
  notices.value = wrong;
  view.value = settings.view;
  returning = false;
  writeAddress(hrefOfCurrent());
}

/** What was set in this tab before the page was loaded again. */
function recallSettings(): void {
  try {
    const addresses = JSON.parse(inTab.recall(KEY) ?? "[]") as string[];
    for (const address of addresses) {
      const { settings, given } = readHash(address, all);
      settings.change(given);
    }
  } catch {
    // Nothing, or nothing of ours.
  }
}

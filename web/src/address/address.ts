/**
 * The settings as signals, kept in step with the window's address.
 *
 * Changes replace the address instead of adding to the history: Back leads to the view before,
 * not through every digit that was typed.
 */
import { effect, signal, type Signal } from "@preact/signals";
import {
  FIRST_VIEW,
  initialValues,
  readHash,
  settings,
  writeHash,
  type Values,
  type View,
} from "./settings";
import { inTab } from "../store/storage";

/** What the tab keeps of the view that the address does not name. */
const KEY = "settings";
/** Marks the entries of the browser's history that the page has written itself. */
const OURS = "minitorch";
/** How long to wait where the browser will not have the address changed so often. */
const RETRY_MS = 1000;

export const view = signal<View>(FIRST_VIEW);
export const notices = signal<string[]>([]);
export const values: { [V in View]: Signal<Values<V>> } = {
  train: signal(initialValues("train")),
  expression: signal(initialValues("expression")),
};

/** Changes some settings of a view, and with them the address. */
export function change<V extends View>(of: V, part: Partial<Values<V>>): void {
  const target = values[of] as Signal<Values<V>>;
  const changed = (Object.keys(part) as (keyof Values<V>)[]).some(
    (key) => part[key] !== target.value[key],
  );
  if (changed) target.value = { ...target.value, ...part };
}

export function hrefOf(of: View): string {
  return of === "train"
    ? writeHash("train", values.train.value)
    : writeHash("expression", values.expression.value);
}

/** Takes over what the address says, now and whenever it changes. Call once. */
export function followAddress(): void {
  recallSettings();
  takeOver();
  window.addEventListener("hashchange", takeOver);
  effect(() => {
    writeAddress(hrefOf(view.value));
  });
  effect(keepSettings);
  // Someone may have emptied the storage meanwhile.
  window.addEventListener("pagehide", keepSettings);
}

function keepSettings(): void {
  const addresses = (Object.keys(values) as View[]).map(hrefOf);
  inTab.remember(KEY, JSON.stringify(addresses));
}

let returning = false;

/** True while the settings of an address are taken over that the page had before: by Back, say. */
export function isReturn(): boolean {
  return returning;
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
  if (!isWritten()) retry = window.setTimeout(() => writeAddress(hrefOf(view.value)), RETRY_MS);
}

function takeOver(): void {
  returning = history.state === OURS;
  const address = readHash(location.hash);
  // Without a setting that can be used it only names the view: what was set, and trained, stays.
  if (Object.keys(address.given).length > 0) {
    change(address.view, complete(address.view, address.given));
  }
  notices.value = address.notices;
  view.value = address.view;
  returning = false;
  writeAddress(hrefOf(address.view));
}

/** What was set in this tab before the page was loaded again. */
function recallSettings(): void {
  try {
    const addresses = JSON.parse(inTab.recall(KEY) ?? "[]") as string[];
    for (const { view, given } of addresses.map(readHash)) change(view, given);
  } catch {
    // Nothing, or nothing of ours.
  }
}

/** Missing settings have their initial values, but for the code: nobody's text is thrown away. */
function complete<V extends View>(of: V, given: Partial<Values<V>>): Partial<Values<V>> {
  const whole: Record<string, unknown> = { ...initialValues(of), ...given };
  if ("code" in settings[of] && !("code" in given)) delete whole["code"];
  return whole as Partial<Values<V>>;
}

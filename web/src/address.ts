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
} from "./state";

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
  takeOver();
  window.addEventListener("hashchange", takeOver);
  effect(() => {
    writeAddress(hrefOf(view.value));
  });
}

function writeAddress(hash: string): void {
  if (hash === location.hash) return;
  try {
    history.replaceState(null, "", hash);
  } catch {
    // Browsers limit how often this may be done; the next change writes the address again.
  }
}

function takeOver(): void {
  const address = readHash(location.hash);
  // A bare "#/train" only names the view: what was set, and trained, stays as it is.
  const isBare = Object.keys(address.given).length === 0 && address.notices.length === 0;
  if (!isBare) change(address.view, complete(address.view, address.given));
  notices.value = address.notices;
  view.value = address.view;
}

/** Missing settings have their initial values, but for the code: nobody's text is thrown away. */
function complete<V extends View>(of: V, given: Partial<Values<V>>): Partial<Values<V>> {
  const whole: Record<string, unknown> = { ...initialValues(of), ...given };
  if ("code" in settings[of] && !("code" in given)) delete whole["code"];
  return whole as Partial<Values<V>>;
}

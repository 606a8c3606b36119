/**
 * The settings of one view as signals: their values, and what is typed into fields meanwhile.
 *
 * A field's text becomes the value when it is taken: when the field is left, or Enter pressed. Text
 * that can't be taken stays where it was typed, and `refused` says what it holds up.
 */
import { batch, computed, signal, type ReadonlySignal } from "@preact/signals";
import { initialValues, type Setting, type Table, type Values } from "./table";

export interface Settings<T extends Table = Table> {
  /** The view's name in the address. */
  readonly view: string;
  readonly table: T;
  /** The setting that stands in the path: "task" in `#/assignment/1.2`. */
  readonly tail: string | null;
  readonly values: ReadonlySignal<Values<T>>;

  /** Changes some values; the address follows. */
  change(part: Partial<Values<T>>): void;
  /**
   * Takes over what an address says; what it doesn't mention gets its initial value. What is typed
   * is forgotten, unless the address says nothing new.
   */
  adopt(given: Partial<Values<T>>): void;

  /** What the field of a setting shows. */
  textOf(key: keyof T): string;
  /** What was expected of the text in a field, once it was refused; else null. */
  complaintAbout(key: keyof T): string | null;
  /** The settings whose fields hold text that was refused. */
  readonly refused: ReadonlySignal<readonly (keyof T & string)[]>;
  /** Somebody is typing. */
  type(key: keyof T, text: string): void;
  /** Takes what is typed; tells whether it could. Without a key: in all fields. */
  take(key?: keyof T): boolean;
  /** Takes what is typed, and shows it as the page writes it. */
  leave(key: keyof T): void;
  /** Forgets what is typed. Without a key: in all fields. */
  restore(key?: keyof T): void;
}

interface Typed {
  text: string;
  isRefused: boolean;
}

/**
 * Makes the settings of a view from its table. `tail` names the one setting that stands in the
 * path of the address, if any does.
 */
export function createSettings<T extends Table>(
  view: string,
  table: T,
  { tail = null }: { tail?: (keyof T & string) | null } = {},
): Settings<T> {
  const values = signal(initialValues(table));
  const typed = signal<Partial<Record<keyof T, Typed>>>({});
  const settingOf = (key: keyof T) => table[key] as Setting<unknown>;
  const keys = Object.keys(table) as (keyof T & string)[];

  const isNews = (part: Partial<Values<T>>) =>
    keys.some((key) => key in part && !Object.is(part[key], values.peek()[key]));
  const set = (part: Partial<Values<T>>) => {
    if (isNews(part)) values.value = { ...values.peek(), ...part };
  };
  const forget = (gone: (keyof T)[]) => {
    if (!gone.some((key) => typed.peek()[key])) return;
    const left = { ...typed.peek() };
    for (const key of gone) delete left[key];
    typed.value = left;
  };
  const change = (part: Partial<Values<T>>) =>
    batch(() => {
      set(part);
      forget(Object.keys(part));
    });

  const isRefused = (key: keyof T) => typed.value[key]?.isRefused === true;
  const take = (key: keyof T): boolean => {
    const text = typed.peek()[key]?.text;
    if (text === undefined) return true;
    const reading = settingOf(key).read(text);
    if (reading.ok) set({ [key]: reading.value } as Partial<Values<T>>);
    else typed.value = { ...typed.peek(), [key]: { text, isRefused: true } };
    return reading.ok;
  };

  return {
    view,
    table,
    tail,
    values,
    change,
    adopt(given) {
      const initial = initialValues(table);
      const missing = keys.filter((key) => !(key in given) && !settingOf(key).own);
      const rest = Object.fromEntries(missing.map((key) => [key, initial[key]]));
      const whole = { ...rest, ...given } as Partial<Values<T>>;
      // Whoever comes back by a link of the page finds what is typed as it was left.
      if (isNews(whole)) change(whole);
    },
    textOf: (key) => typed.value[key]?.text ?? settingOf(key).write(values.value[key]),
    complaintAbout(key) {
      const reading = settingOf(key).read(typed.value[key]?.text ?? "");
      return isRefused(key) && !reading.ok ? reading.expected : null;
    },
    refused: computed(() => keys.filter(isRefused)),
    type(key, text) {
      // The complaint stays while it is being mended, and goes as soon as it is.
      const isStillWrong = isRefused(key) && !settingOf(key).read(text).ok;
      typed.value = { ...typed.peek(), [key]: { text, isRefused: isStillWrong } };
    },
    take: (key) => batch(() => (key === undefined ? keys : [key]).map(take).every(Boolean)),
    leave(key) {
      if (take(key)) forget([key]);
    },
    restore: (key) => forget(key === undefined ? keys : [key]),
  };
}

/** Whether a link asked for a part of a view, a field say, not to be offered. */
export function hides<T extends Table>({ values }: Settings<T>, part: string): boolean {
  const { hide } = values.value as { hide?: readonly string[] };
  return hide?.includes(part) === true;
}

/**
 * The language in which a view says what can be set: a table of integers, reals, choices and texts.
 *
 * From the table come the fields with their labels and hints, the messages about what can't be
 * used, and the query behind the hash (`#/train?dataset=Xor&hidden=10&seed=3`).
 */
import { count } from "../format";
import { readNumber, readWhole, withPoint } from "./numbers";

/** A value read from text; or what was expected instead, to end a sentence: "a whole number". */
export type Reading<V> = { ok: true; value: V } | { ok: false; expected: string };

export interface Setting<V> {
  /** What its field, and messages about it, call it. */
  readonly label: string;
  readonly initial: V;
  read(text: string): Reading<V>;
  /** Writes a value so that `read` gives it back. */
  write(value: V): string;
  /**
   * Set where the learner makes the value: what to call it, such as "your own text". An address
   * that doesn't mention it leaves it as it is, and the initial value is not put into an address.
   */
  readonly own?: string;
  /** Whether an address says it only where it is not the initial value: few will ever set it. */
  readonly isRare?: boolean;
}

export interface NumberSetting extends Setting<number> {
  readonly kind: "number";
  readonly min?: number;
  readonly max?: number;
  /** A short line under the field. */
  readonly hint?: string;
}

export interface ChoiceSetting<V> extends Setting<V> {
  readonly kind: "choice";
  readonly choices: readonly V[];
  /** What the page calls a choice. */
  nameOf(value: V): string;
  /** A short line under the field while this is chosen. */
  hintOf(value: V): string | undefined;
}

/** The settings of a view by the names that they have in the address. */
export type Table = Readonly<Record<string, Setting<unknown>>>;
export type Values<T extends Table> = {
  readonly [K in keyof T]: T[K] extends Setting<infer V> ? V : never;
};

/** A whole number from `min` to `max`. */
export function integer(
  label: string,
  { min, max, initial }: { min: number; max: number; initial: number },
): NumberSetting {
  const hint = `${count(min)} to ${count(max)}`;
  return {
    kind: "number",
    label,
    initial,
    min,
    max,
    hint,
    read(text) {
      const value = readWhole(text);
      return value !== null && min <= value && value <= max
        ? { ok: true, value: value + 0 } // "-0" is a 0 like any other
        : { ok: false, expected: `a whole number from ${hint}` };
    },
    write: String,
  };
}

/** Any finite number. */
export function real(label: string, { initial }: { initial: number }): NumberSetting {
  return {
    kind: "number",
    label,
    initial,
    read(text) {
      const value = readNumber(text);
      if (value !== null) return { ok: true, value };
      const meant = withPoint(text);
      return { ok: false, expected: meant ? `a point for decimals: ${meant}` : "a number" };
    },
    write: (value) => (Object.is(value, -0) ? "-0" : String(value)),
  };
}

interface ChoiceOptions<V extends string | number> {
  initial: V;
  /** What the page calls a choice, where that is not what the address has. */
  names?: Partial<Record<V, string>>;
  /** For each choice, or one for all. */
  hints?: Partial<Record<V, string>> | string;
  isRare?: boolean;
  /** What addresses used to say for a choice: they are read, and written no more. */
  formerly?: Readonly<Record<string, V>>;
}

/** One of several strings or numbers. */
export function choice<V extends string | number>(
  label: string,
  choices: readonly V[],
  { initial, names = {}, hints = {}, formerly = {}, isRare = false }: ChoiceOptions<V>,
): ChoiceSetting<V> {
  return {
    kind: "choice",
    label,
    initial,
    isRare,
    choices,
    nameOf: (value) => names[value] ?? String(value),
    hintOf: (value) => (typeof hints === "string" ? hints : hints[value]),
    read(text) {
      const old = Object.hasOwn(formerly, text) ? formerly[text] : undefined;
      const value = old ?? choices.find((one) => String(one) === text);
      return value === undefined
        ? { ok: false, expected: `one of ${choices.join(", ")}` }
        : { ok: true, value };
    },
    write: String,
  };
}

/**
 * Which of the named parts of a view a link leaves out, as a teacher's may: `hide=seed,epochs`.
 * `formerly` is for what addresses used to say of several at once.
 */
export function hiding<P extends string>(
  parts: readonly P[],
  { formerly = {} }: { formerly?: Readonly<Record<string, readonly P[]>> } = {},
): Setting<readonly P[]> {
  const find = (name: string): readonly (P | undefined)[] =>
    Object.hasOwn(formerly, name)
      ? (formerly[name] ?? [])
      : [parts.find((part) => part === name)];
  const nothing: readonly P[] = [];
  return {
    label: "Hide",
    initial: nothing,
    isRare: true,
    read(text) {
      if (text === "nothing" || text === "") return { ok: true, value: nothing };
      const found = text.split(",").flatMap(find);
      return found.includes(undefined)
        ? { ok: false, expected: `any of ${parts.join(", ")}, with commas between` }
        : { ok: true, value: parts.filter((part) => found.includes(part)) };
    },
    write: (hidden) => hidden.join(",") || "nothing",
  };
}

interface TextOptions {
  initial: string;
  /** In UTF-16 code units. Some programs cut long links in half: longer texts are for storage. */
  maxLength: number;
  own?: string;
  isRare?: boolean;
}

/** A text that the learner writes; `read` refuses one that an address can't give back as it was. */
export function text(label: string, { maxLength, ...others }: TextOptions): Setting<string> {
  return {
    label,
    ...others,
    read(value) {
      // Half a character gets lost on the way through an address.
      const isWhole = !/\p{Surrogate}/u.test(value);
      if (isWhole && value.length <= maxLength) return { ok: true, value };
      const least = `at most ${count(maxLength)} characters`;
      return { ok: false, expected: isWhole ? least : "whole characters" };
    },
    write: (value) => value,
  };
}

export function initialValues<T extends Table>(table: T): Values<T> {
  const entries = Object.entries(table).map(([key, { initial }]) => [key, initial]);
  return Object.fromEntries(entries) as Values<T>;
}

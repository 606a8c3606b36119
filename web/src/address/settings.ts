/**
 * What the learner can set, and how it is written in the address.
 *
 * One table drives everything: the fields and their messages, the query behind the hash
 * (`#/train?dataset=Xor&hidden=10&seed=3`), and what happens to values nobody can use. All here
 * is pure: `address.ts` connects it to the window.
 */
import { count } from "../format";
import type { Engine } from "../protocol/training";

/** When the figures are drawn: while it trains, to be watched, or once when it is done. */
export type Drawing = "animated" | "end";

/** A value read from text, or a sentence's end that says what was expected instead. */
export type Reading<V> = { ok: true; value: V } | { ok: false; expected: string };

export interface Setting<V> {
  readonly initial: V;
  read(text: string): Reading<V>;
  write(value: V): string;
}

export interface NumberSetting extends Setting<number> {
  readonly min?: number;
  readonly max?: number;
  readonly step: "1" | "any";
}

export interface ChoiceSetting<V> extends Setting<V> {
  readonly choices: readonly V[];
  /** What the page calls a choice, where that is not what the address has. */
  readonly names: Readonly<Record<string, string>>;
}

function integer(min: number, max: number, initial: number): NumberSetting {
  const expected = `a whole number from ${count(min)} to ${count(max)}`;
  return {
    initial,
    min,
    max,
    step: "1",
    read(text) {
      // "-0" is a 0 like any other.
      const value = /^[+-]?\d+$/.test(text.trim()) ? Number(text) + 0 : NaN;
      return value >= min && value <= max ? { ok: true, value } : { ok: false, expected };
    },
    write: String,
  };
}

function real(initial: number): NumberSetting {
  return {
    initial,
    step: "any",
    read(text) {
      const value = text.trim() === "" ? NaN : Number(text);
      return Number.isFinite(value) ? { ok: true, value } : { ok: false, expected: "a number" };
    },
    write: String,
  };
}

function choice<V extends string | number>(
  choices: readonly V[],
  initial: V,
  names: Record<string, string> = {},
  once: Record<string, V> = {},
): ChoiceSetting<V> {
  return {
    initial,
    choices,
    names,
    read(text) {
      const before = Object.hasOwn(once, text) ? once[text] : undefined;
      const value = choices.find((one) => String(one) === text) ?? before;
      return value === undefined
        ? { ok: false, expected: `one of ${choices.join(", ")}` }
        : { ok: true, value };
    },
    write: String,
  };
}

function text(initial: string, maxLength: number): Setting<string> {
  return {
    initial,
    read: (value) =>
      value.length <= maxLength
        ? { ok: true, value }
        : { ok: false, expected: `at most ${count(maxLength)} characters` },
    write: (value) => value,
  };
}

/** Longer code stays out of the address: some programs cut long links in half. */
const MAX_CODE_IN_ADDRESS = 4000;
/** No address that the page writes is as long as this. */
const MAX_HASH = 100_000;
/** What is wrong with an address is told in so many sentences. */
const MAX_NOTICES = 5;

/** Whether an address can hold this code, and give it back as it was: half a character is lost. */
export function fitsAddress(code: string): boolean {
  return code.length <= MAX_CODE_IN_ADDRESS && !/\p{Surrogate}/u.test(code);
}

export const settings = {
  train: {
    dataset: choice<string>(["Simple", "Diag", "Split", "Xor", "Circle", "Spiral"], "Simple"),
    points: integer(1, 1000, 50),
    hidden: integer(1, 100, 10),
    rate: choice([0.01, 0.03, 0.1, 0.3, 0.5, 1, 3], 0.5),
    epochs: integer(1, 10_000, 500),
    seed: integer(0, 2 ** 31, 0),
    engine: choice<Engine>(
      ["compiled", "eager"],
      "compiled",
      { compiled: "Compiled", eager: "Scalar by Scalar" },
      // As links had it before.
      { scalar: "eager" },
    ),
    drawing: choice<Drawing>(["animated", "end"], "animated", {
      animated: "Animated",
      end: "At the end",
    }),
  },
  expression: {
    x: real(2),
    y: real(3),
    z: real(1),
    code: text("(x * x) * y + 10.0 * x", MAX_CODE_IN_ADDRESS),
  },
};

export type Tables = typeof settings;
export type View = keyof Tables;
type ValuesOf<T> = { [K in keyof T]: T[K] extends Setting<infer V> ? V : never };
export type Values<V extends View> = ValuesOf<Tables[V]>;

export const FIRST_VIEW: View = "train";

/** Settings are called this in messages; the others go by their own name. */
const LABELS: Record<string, string> = {
  dataset: "Dataset",
  points: "Points",
  hidden: "Hidden size",
  rate: "Learning rate",
  epochs: "Epochs",
  seed: "Seed",
  engine: "Engine",
  drawing: "Drawing",
  code: "The expression",
};

export function initialValues<V extends View>(view: V): Values<V> {
  const entries = Object.entries(settings[view]).map(([key, setting]) => [key, setting.initial]);
  return Object.fromEntries(entries) as Values<V>;
}

export interface Address<V extends View = View> {
  view: V;
  /** Only what the address says and what can be used. */
  given: Partial<Values<V>>;
  /** What was wrong, a sentence each. */
  notices: string[];
}

export function readHash(hash: string): Address {
  if (hash.length > MAX_HASH) return nowhere("This link is too long to be read: it was left out.");
  const [path = "", query = ""] = splitOnce(hash.replace(/^#\/?/, ""), "?");
  const name = decode(path.replace(/\/$/, ""));
  if (name === "") return readQuery(FIRST_VIEW, query);
  if (Object.hasOwn(settings, name)) return readQuery(name as View, query);
  return nowhere(`There is no page called “${shorten(name)}” here, so this is the first one.`);
}

function nowhere(notice: string): Address {
  return { view: FIRST_VIEW, given: {}, notices: [notice] };
}

function readQuery<V extends View>(view: V, query: string): Address<V> {
  const table = settings[view] as Record<string, Setting<unknown>>;
  const given: Record<string, unknown> = {};
  // What is said twice is said anew.
  const pairs = new Map(new URLSearchParams(query));
  const wrong: [string, string][] = [];
  for (const [key, raw] of pairs) {
    const reading = Object.hasOwn(table, key) ? table[key]?.read(raw) : undefined;
    if (reading?.ok) given[key] = reading.value;
    else wrong.push([key, raw]);
  }
  const isUsed = Object.keys(given).length > 0;
  const explain = ([key, raw]: [string, string]) => explainFallback(table, key, raw, isUsed);
  return {
    view,
    given: given as Partial<Values<V>>,
    notices: [...wrong.slice(0, MAX_NOTICES).map(explain), ...andMore(wrong.length - MAX_NOTICES)],
  };
}

function andMore(others: number): string[] {
  return others > 0 ? [`And ${count(others)} more like ${others > 1 ? "these" : "this"}.`] : [];
}

/** What was wrong with a setting; if nothing else can be used, all stays as it was before. */
function explainFallback(
  table: Record<string, Setting<unknown>>,
  key: string,
  raw: string,
  isUsed: boolean,
): string {
  const setting = Object.hasOwn(table, key) ? table[key] : undefined;
  if (!setting) return `There is no setting called “${shorten(key)}”; it was left out.`;
  const reading = setting.read(raw);
  const expected = reading.ok ? "" : reading.expected;
  const other = isUsed ? `${setting.initial} is used instead` : "it stays as it was";
  const instead = key === "code" ? "your own text is kept" : other;
  return `${LABELS[key] ?? key} can’t be “${shorten(raw)}”: it takes ${expected}, so ${instead}.`;
}

/** The address of a view with these values; texts appear only where they differ from the start. */
export function writeHash<V extends View>(view: V, values: Values<V>): string {
  const query = new URLSearchParams();
  for (const [key, setting] of Object.entries(settings[view]) as [string, Setting<unknown>][]) {
    const value = values[key as keyof Values<V>] as unknown;
    const isDefaultText = typeof value === "string" && key === "code" && value === setting.initial;
    const reading = setting.read(setting.write(value));
    if (!isDefaultText && reading.ok) query.set(key, setting.write(value));
  }
  return `#/${view}?${query}`;
}

function splitOnce(whole: string, separator: string): [string, string] {
  const at = whole.indexOf(separator);
  return at < 0 ? [whole, ""] : [whole.slice(0, at), whole.slice(at + 1)];
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The beginning, to be quoted; what can't be seen, or turns the writing around, is shown as �. */
function shorten(raw: string): string {
  const start = raw.slice(0, 40).replace(/[\p{Control}\p{Format}\p{Surrogate}]/gu, "�");
  return raw.length > 40 ? `${start}…` : start;
}

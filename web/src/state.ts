/**
 * What the learner can set, and how it is written in the address.
 *
 * One table drives everything: the fields and their messages, the query behind the hash
 * (`#/train?dataset=Xor&hidden=10&seed=3`), and what happens to values nobody can use. All here
 * is pure: `address.ts` connects it to the window.
 */
import { count } from "./format";
import type { Engine } from "./protocol";

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
      const value = /^[+-]?\d+$/.test(text.trim()) ? Number(text) : NaN;
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
): ChoiceSetting<V> {
  return {
    initial,
    choices,
    names,
    read(text) {
      const value = choices.find((one) => String(one) === text);
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
export const MAX_CODE_IN_ADDRESS = 4000;

export const settings = {
  train: {
    dataset: choice<string>(["Simple", "Diag", "Split", "Xor", "Circle", "Spiral"], "Simple"),
    points: integer(1, 1000, 50),
    hidden: integer(1, 100, 10),
    rate: choice([0.01, 0.03, 0.1, 0.3, 0.5, 1, 3], 0.5),
    epochs: integer(1, 10_000, 500),
    seed: integer(0, 2 ** 31, 0),
    engine: choice<Engine>(["compiled", "scalar"], "compiled", {
      compiled: "Compiled",
      scalar: "Scalar by Scalar",
    }),
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
  const [path = "", query = ""] = splitOnce(hash.replace(/^#\/?/, ""), "?");
  const name = decode(path.replace(/\/$/, ""));
  if (name === "") return readQuery(FIRST_VIEW, query);
  if (Object.hasOwn(settings, name)) return readQuery(name as View, query);
  return {
    view: FIRST_VIEW,
    given: {},
    notices: [`There is no page called “${name}” here, so this is the first one.`],
  };
}

function readQuery<V extends View>(view: V, query: string): Address<V> {
  const table = settings[view] as Record<string, Setting<unknown>>;
  const given: Record<string, unknown> = {};
  const notices: string[] = [];
  for (const [key, raw] of new URLSearchParams(query)) {
    const setting = Object.hasOwn(table, key) ? table[key] : undefined;
    if (!setting) {
      notices.push(`There is no setting called “${shorten(key)}”; it was left out.`);
      continue;
    }
    const reading = setting.read(raw);
    if (reading.ok) given[key] = reading.value;
    else notices.push(explainFallback(key, raw, reading.expected, setting));
  }
  return { view, given: given as Partial<Values<V>>, notices };
}

function explainFallback(
  key: string,
  raw: string,
  expected: string,
  setting: Setting<unknown>,
): string {
  const label = LABELS[key] ?? key;
  const instead = key === "code" ? "your own text is kept" : `${setting.initial} is used instead`;
  return `${label} can’t be “${shorten(raw)}”: it takes ${expected}, so ${instead}.`;
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
    return shorten(decodeURIComponent(part));
  } catch {
    return shorten(part);
  }
}

function shorten(raw: string): string {
  return raw.length > 40 ? `${raw.slice(0, 40)}…` : raw;
}

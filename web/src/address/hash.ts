/**
 * The hash of the address, read and written: which view, and what is set in it.
 *
 * All here is pure; `address.ts` connects it to the window.
 */
import { count } from "../format";
import type { Settings } from "./settings";
import type { Setting, Table, Values } from "./table";

/** No address that the page writes is longer than this. */
const MAX_HASH = 100_000;
/** What is wrong with an address is told in this many sentences at most. */
const MAX_NOTICES = 5;

export interface Address {
  /** Those of the view that it leads to. */
  settings: Settings;
  /** Only what the address says and what can be used. */
  given: Record<string, unknown>;
  /** What was wrong, a sentence each. */
  notices: string[];
}

/** Reads a hash; `all` has the settings of every view, the first page's first. */
export function readHash(hash: string, all: readonly Settings[]): Address {
  if (hash.length > MAX_HASH) {
    return nowhere("This link is too long to be read: it was left out.", all);
  }
  const [path = "", query = ""] = splitOnce(hash.replace(/^#\/?/, ""), "?");
  const [name = "", tail = ""] = splitOnce(path, "/").map(decode);
  const settings = name === "" ? all[0] : all.find(({ view }) => view === name);
  if (!settings || (tail !== "" && settings.tail === null)) {
    const page = shorten(decode(path).replace(/\/$/, ""));
    return nowhere(`There is no page called “${page}” here, so this is the first one.`, all);
  }
  const pairs: [string, string][] = [...new URLSearchParams(query)];
  if (settings.tail !== null && tail !== "") pairs.push([settings.tail, tail.replace(/\/$/, "")]);
  return { settings, ...readPairs(settings.table, pairs) };
}

function nowhere(notice: string, all: readonly Settings[]): Address {
  return { settings: all[0] as Settings, given: {}, notices: [notice] };
}

function readPairs(table: Table, pairs: [string, string][]): Omit<Address, "settings"> {
  const given: Record<string, unknown> = {};
  const wrong: [string, string][] = [];
  // What is said twice is said anew.
  for (const [key, raw] of new Map(pairs)) {
    const reading = settingOf(table, key)?.read(raw);
    if (reading?.ok) given[key] = reading.value;
    else wrong.push([key, raw]);
  }
  const isUsed = Object.keys(given).length > 0;
  const sentences = wrong
    .slice(0, MAX_NOTICES)
    .map(([key, raw]) => explainFallback(settingOf(table, key), key, raw, isUsed));
  return { given, notices: [...sentences, ...andMore(wrong.length - MAX_NOTICES)] };
}

function settingOf(table: Table, key: string): Setting<unknown> | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function andMore(others: number): string[] {
  return others > 0 ? [`And ${count(others)} more like ${others > 1 ? "these" : "this"}.`] : [];
}

/** What was wrong with a setting; if nothing else can be used, all stays as it was before. */
function explainFallback(
  setting: Setting<unknown> | undefined,
  key: string,
  raw: string,
  isUsed: boolean,
): string {
  if (!setting) return `There is no setting called “${shorten(key)}”; it was left out.`;
  const reading = setting.read(raw);
  const expected = reading.ok ? "" : reading.expected;
  const other = isUsed ? `${setting.write(setting.initial)} is used instead` : "it stays as it was";
  const instead = setting.own ? `${setting.own} is kept` : other;
  return `${setting.label} can’t be “${shorten(raw)}”: it takes ${expected}, so ${instead}.`;
}

/** The address of a view as it is set, but for a part. */
export function writeHash<T extends Table>(
  { view, table, tail, values }: Settings<T>,
  part: Partial<Values<T>> = {},
): string {
  const query = new URLSearchParams();
  let path = view;
  for (const [key, value] of Object.entries({ ...values.value, ...part })) {
    const setting = table[key] as Setting<unknown>;
    const text = setting.write(value);
    if (key === tail) path += `/${encodeURIComponent(text)}`;
    else if (isWritten(setting, value, text)) query.set(key, text);
  }
  const written = query.toString();
  return written ? `#/${path}?${written}` : `#/${path}`;
}

function isWritten(setting: Setting<unknown>, value: unknown, text: string): boolean {
  const isLeftOut = setting.own !== undefined || setting.isRare === true;
  const isUntouched = isLeftOut && value === setting.initial;
  return !isUntouched && setting.read(text).ok;
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

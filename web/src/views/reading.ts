/** Which guides were read to their end, and where somebody was last: kept in the browser. */
import { signal } from "@preact/signals";
import { inBrowser } from "../store/storage";

const KEY = "reading";

export interface Reading {
  /** The names of the guides that were read to the end. */
  read: readonly string[];
  /** Where somebody was last, other than at the start: an address of the page, and its name. */
  last: { href: string; title: string } | null;
}

export const reading = signal<Reading>(recall());

function recall(): Reading {
  const nothing: Reading = { read: [], last: null };
  try {
    const found = JSON.parse(inBrowser.recall(KEY) ?? "null") as Partial<Reading> | null;
    const read = Array.isArray(found?.read) ? found.read.map(String) : [];
    const { href, title } = found?.last ?? {};
    // It becomes a link: only places of this page.
    const isPlace = typeof href === "string" && href.startsWith("#/") && typeof title === "string";
    return { read, last: isPlace ? { href, title } : null };
  } catch {
    return nothing;
  }
}

function keep(part: Partial<Reading>): void {
  reading.value = { ...reading.peek(), ...part };
  inBrowser.remember(KEY, JSON.stringify(reading.peek()));
}

export function markRead(guide: string): void {
  const { read } = reading.peek();
  if (!read.includes(guide)) keep({ read: [...read, guide] });
}

export function markPlace(href: string, title: string): void {
  const { last } = reading.peek();
  if (last?.href !== href || last.title !== title) keep({ last: { href, title } });
}

/** The learner's text: from the address, else from the last visit, else the first example. */
import { effect, signal } from "@preact/signals";
import { isReturn } from "../../address/address";
import { inBrowser, inTab, report, type Memory } from "../../store/storage";
import { settings } from "./settings";

const KEY = "expression";
/** The address follows when typing pauses. */
const ADDRESS_MS = 400;

export const codeNow = signal(settings.table.code.initial);

/** Whether an address can hold this text, and give it back as it was. */
const fitsAddress = (code: string) => settings.table.code.read(code).ok;

let timer = 0;
/** Texts that the address had not caught up with when they were left, by what it said. */
const behind = new Map<string, string>();

/** What the learner types. */
export function setCode(code: string): void {
  codeNow.value = code;
  store(code);
  clearTimeout(timer);
  timer = window.setTimeout(() => writeToAddress(code), ADDRESS_MS);
}

function writeToAddress(code: string): void {
  if (!fitsAddress(code)) return;
  settings.change({ code });
  store(code);
}

/** The text, and what the address said then: it may be behind, or have no room for the text. */
interface Stored {
  text: string;
  address: string;
}

function store(text: string): void {
  const stored: Stored = { text, address: settings.values.value.code };
  const json = JSON.stringify(stored);
  // The tab's own, which no other tab writes over, and the last one for new tabs.
  const isKept = [inTab, inBrowser].map((memory) => memory.remember(KEY, json)).includes(true);
  report("your text", isKept || fitsAddress(text));
}

function findStored(memory: Memory): Stored | null {
  try {
    const stored = JSON.parse(memory.recall(KEY) ?? "null") as Stored | null;
    return typeof stored?.text === "string" ? stored : null;
  } catch {
    return null;
  }
}

/** The text to go on with. A link's own text comes first. */
function firstText(code: string): string {
  const isInitial = code === settings.table.code.initial;
  const own = findStored(inTab);
  // If the address is still the one beside which the tab's text was written, it is no link's.
  if (own) return isInitial || own.address === code ? own.text : code;
  return (isInitial && findStored(inBrowser)?.text) || code;
}

/** Call once, after the address has been read. */
export function findText(): void {
  let known = settings.values.value.code;
  codeNow.value = firstText(known);
  if (codeNow.value !== known) writeToAddress(codeNow.value);
  known = settings.values.value.code;
  window.addEventListener("pagehide", () => {
    // Someone may have emptied the storage meanwhile.
    if (codeNow.value !== settings.values.value.code && !findStored(inTab)) store(codeNow.value);
  });
  // From here on, a new address (a link, Back) brings its own text.
  effect(() => {
    const { code } = settings.values.value;
    if (code === known) return;
    const left = codeNow.peek();
    if (left !== code && left !== known) behind.set(known, left);
    known = code;
    clearTimeout(timer);
    codeNow.value = (isReturn() && behind.get(code)) || code;
  });
}

/** The learner's text: from the address, else from the last visit, else the first example. */
import { effect, signal } from "@preact/signals";
import { change, values } from "../../address";
import { MAX_CODE_IN_ADDRESS, settings } from "../../state";
import { recall, remember } from "../../storage";

const KEY = "expression";
/** The address follows when typing pauses. */
const ADDRESS_MS = 400;

export const codeNow = signal(settings.expression.code.initial);

let timer = 0;

/** What the learner types. */
export function setCode(code: string): void {
  codeNow.value = code;
  store(code);
  clearTimeout(timer);
  timer = window.setTimeout(() => writeToAddress(code), ADDRESS_MS);
}

function writeToAddress(code: string): void {
  if (code.length > MAX_CODE_IN_ADDRESS) return;
  change("expression", { code });
  store(code);
}

/** The text, and what the address says meanwhile: it may be behind, or have no room for it. */
interface Stored {
  text: string;
  address: string;
}

function store(text: string): void {
  const stored: Stored = { text, address: values.expression.value.code };
  remember(KEY, JSON.stringify(stored));
}

function findStored(): Stored | null {
  try {
    const stored = JSON.parse(recall(KEY) ?? "null") as Stored | null;
    return typeof stored?.text === "string" ? stored : null;
  } catch {
    return null;
  }
}

/** Call once, after the address has been read. */
export function findText(): void {
  const initial = settings.expression.code.initial;
  const stored = findStored();
  codeNow.value = values.expression.value.code;
  // An address of its own (a link) comes first; the one the text was written under does not.
  if (stored && [initial, stored.address].includes(codeNow.value)) {
    codeNow.value = stored.text;
    writeToAddress(stored.text);
  }
  // From here on, a new address (a link, Back) brings its own text.
  let known = values.expression.value.code;
  effect(() => {
    const { code } = values.expression.value;
    if (code === known) return;
    known = code;
    codeNow.value = code;
  });
}

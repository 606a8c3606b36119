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
  remember(KEY, code);
  clearTimeout(timer);
  timer = window.setTimeout(() => writeToAddress(code), ADDRESS_MS);
}

function writeToAddress(code: string): void {
  if (code.length <= MAX_CODE_IN_ADDRESS) change("expression", { code });
}

/** Call once, after the address has been read. */
export function findText(): void {
  const initial = settings.expression.code.initial;
  const stored = recall(KEY);
  codeNow.value = values.expression.value.code;
  if (stored !== null && codeNow.value === initial) {
    codeNow.value = stored;
    writeToAddress(stored);
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

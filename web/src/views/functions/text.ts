/**
 * The text in the editor: the source of the function that is chosen, or the learner's own. Typing
 * into the former makes it theirs; what they had before is kept, to be brought back.
 */
import { computed, effect, signal } from "@preact/signals";
import { known } from "../../functions/catalogue";
import { inBrowser, inTab, report } from "../../store/storage";
import { settings } from "./settings";

const KEY = "functions";
/** The address follows when typing pauses. */
const ADDRESS_MS = 400;

const { code: setting } = settings.table;

/** The learner's own text. */
const own = signal(setting.initial);
/** Their text that another one has taken the place of; null: there is none. */
export const replaced = signal<string | null>(null);

/** The function that is chosen; null: it is the learner's own. */
export const chosen = computed(() => known(settings.values.value.function));
export const codeNow = computed(() => chosen.value?.code ?? own.value);

let timer = 0;

/** What the learner types. */
export function setCode(code: string): void {
  if (code === codeNow.peek()) return;
  const isNew = chosen.peek() !== null;
  if (isNew && own.peek() !== setting.initial) replaced.value = own.peek();
  own.value = code;
  if (isNew) settings.change({ function: "own" });
  keep();
  clearTimeout(timer);
  timer = window.setTimeout(writeToAddress, ADDRESS_MS);
}

export function bringBack(): void {
  if (replaced.peek() === null) return;
  const [text, other] = [replaced.peek() ?? "", own.peek()];
  settings.change({ function: "own" });
  setCode(text);
  replaced.value = other;
  keep();
}

function writeToAddress(): void {
  clearTimeout(timer);
  if (setting.read(own.peek()).ok) settings.change({ code: own.peek() });
}

function keep(): void {
  const stored = JSON.stringify({ text: own.peek(), replaced: replaced.peek() });
  const isKept = [inTab, inBrowser].map((memory) => memory.remember(KEY, stored)).includes(true);
  report("your function", isKept || setting.read(own.peek()).ok);
}

/** Call once, after the address has been read: a link's own text comes first. */
export function findText(): void {
  let said = settings.values.value.code;
  const stored = recall();
  const isLinks = said !== setting.initial && said !== stored?.text;
  own.value = isLinks ? said : (stored?.text ?? said);
  replaced.value = isLinks ? (stored?.text ?? null) : (stored?.replaced ?? null);
  window.addEventListener("pagehide", writeToAddress);
  // From here on, a new address brings its own text.
  effect(() => {
    const { code } = settings.values.value;
    if (code === said) return;
    said = code;
    if (code === own.peek()) return;
    if (own.peek() !== setting.initial) replaced.value = own.peek();
    own.value = code;
  });
}

function recall(): { text: string; replaced: string | null } | null {
  for (const memory of [inTab, inBrowser]) {
    try {
      const found = JSON.parse(memory.recall(KEY) ?? "null") as Record<string, unknown> | null;
      const { text, replaced: other } = found ?? {};
      if (typeof text === "string") {
        return { text, replaced: typeof other === "string" ? other : null };
      }
    } catch {
      // Nothing of ours.
    }
  }
  return null;
}

/**
 * Names are completed as they are typed, and explained when the pointer rests on them.
 *
 * Nothing is chosen until an arrow key chooses it: until then Enter is a new line, and Tab leaves
 * the editor at any time. Ctrl+Space asks for names, Escape closes what is open.
 */
import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { EditorView, closeHoverTooltips, hoverTooltip, type Tooltip } from "@codemirror/view";
import { isMember, namesAt, wordAt, type Proposal } from "./names";
import { arrived, fetchWords, type Given, type Word } from "./words";

/** As many letters as have to be typed before names come by themselves. */
const LETTERS = 2;
const HOVER_MS = 400;

export function completion(given: Given | undefined): Extension {
  return [
    autocompletion({
      override: [(context) => complete(context, given)],
      selectOnOpen: false,
      // Nothing can be taken by mistake then, however soon a key follows.
      interactionDelay: 0,
      icons: false,
    }),
    hoverTooltip((view, at, side) => explain(view, at, side, given), {
      hideOnChange: true,
      hoverTime: HOVER_MS,
    }),
    EditorView.contentAttributes.of({ "aria-description": "Ctrl+Space suggests names." }),
  ];
}

function complete(
  context: CompletionContext,
  given: Given | undefined,
): CompletionResult | null | Promise<CompletionResult | null> {
  const { state, pos, explicit } = context;
  const word = context.matchBefore(/[\p{L}\p{N}_]*/u);
  const from = word?.from ?? pos;
  if (!explicit && pos - from < LETTERS && !isMember(state, from)) return null;
  // Without a promise, what is open follows the typing at once.
  return arrived ? proposed(context, given) : fetchWords().then(() => proposed(context, given));
}

function proposed(
  { state, pos, explicit, aborted }: CompletionContext,
  given: Given | undefined,
): CompletionResult | null {
  const found = aborted || !arrived ? null : namesAt(state, pos, arrived, given);
  if (!found) return null;
  const { from, typed, names } = found;
  // Who has typed a whole name, and could mean no other, needs no help.
  const isDone =
    names.some(({ name }) => name === typed) &&
    names.every(({ name }) => name.length === typed.length);
  if (names.length === 0 || (isDone && !explicit)) return null;
  return { from, options: names.map(option), filter: false, getMatch: () => [0, typed.length] };
}

function option({ name, word }: Proposal): Completion {
  const plain = { label: name, detail: word.kind };
  // Of a keyword there is nothing more to say than itself.
  const saysMore = word.about !== "" || ![name, ""].includes(word.signature);
  return saysMore ? { ...plain, info: () => said(word) } : plain;
}

async function explain(
  view: EditorView,
  at: number,
  side: -1 | 1,
  given: Given | undefined,
): Promise<Tooltip | null> {
  const words = arrived ?? (await fetchWords());
  const found = words && at <= view.state.doc.length && wordAt(view.state, at, side, words, given);
  if (!found) return null;
  const { from, to, word } = found;
  return { pos: from, end: to, above: true, create: () => shown(view, word) };
}

/** It goes with Escape, wherever the focus is. */
function shown(view: EditorView, word: Word) {
  const dom = said(word);
  dom.setAttribute("role", "tooltip");
  const closeOnEscape = ({ key }: KeyboardEvent) => {
    if (key === "Escape") view.dispatch({ effects: closeHoverTooltips });
  };
  document.addEventListener("keydown", closeOnEscape);
  return { dom, destroy: () => document.removeEventListener("keydown", closeOnEscape) };
}

function said({ signature, about }: Word): HTMLElement {
  const box = document.createElement("div");
  box.className = "cm-said";
  const code = box.appendChild(document.createElement("code"));
  code.textContent = signature;
  if (about) box.appendChild(document.createElement("p")).textContent = about;
  return box;
}

/** What typing a character does besides: brackets and quotes are closed, and closed once. */
import { closeBrackets, insertBracket } from "@codemirror/autocomplete";
import { matchBrackets, syntaxTree } from "@codemirror/language";
import { EditorState, Prec, type Extension, type Transaction } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/** Before these and before space, what is opened is closed at once. */
const BEFORE = ")]}:;,";
const OPENING: Record<string, string> = { ")": "(", "]": "[", "}": "{" };

export function typing(): Extension {
  return [
    Prec.highest(EditorState.languageData.of(() => [{ closeBrackets: CLOSED }])),
    EditorView.inputHandler.of((view, from, to, text) => {
      const { main } = view.state.selection;
      if (view.compositionStarted || from !== main.from || to !== main.to) return false;
      const transaction = typed(view.state, text);
      if (transaction) view.dispatch(transaction);
      return transaction !== null;
    }),
    closeBrackets(),
    replaceSelection,
  ];
}

/**
 * Not three quotes: whether one in such a text ends it, or quotes a word there, nobody can tell
 * before it goes on.
 */
const CLOSED = {
  brackets: ["(", "[", "{", "'", '"'],
  before: BEFORE,
  stringPrefixes: ["f", "fr", "rf", "r", "u", "b", "br", "rb"].flatMap((prefix) => [
    prefix,
    prefix.toUpperCase(),
  ]),
};

/** What comes of a character, where that is more than the character, or needs a decision. */
export function typed(state: EditorState, text: string): Transaction | null {
  const isQuote = text === '"' || text === "'";
  if (isQuote && !mayOpenString(state, text)) return plain(state, text);
  return (text in OPENING ? steppedOut(state, text) : null) ?? insertBracket(state, text);
}

function plain(state: EditorState, text: string): Transaction {
  return state.update(state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
}

/** Whether a quote may be taken as a string's beginning, or as the end of one. */
function mayOpenString(state: EditorState, quote: string): boolean {
  const { empty, head } = state.selection.main;
  if (!empty) return true;
  if (syntaxTree(state).resolveInner(head, -1).name === "Comment") return false;
  const next = state.sliceDoc(head, head + 1);
  // Before another string it is the first half of what is going to be put around it.
  if (next === quote) return syntaxTree(state).resolveInner(head, 1).from !== head;
  return next.trim() === "" || BEFORE.includes(next);
}

/**
 * Enter between two brackets has put the second on a line of its own. Who then closes them has
 * meant that one.
 */
function steppedOut(state: EditorState, bracket: string): Transaction | null {
  const { empty, head } = state.selection.main;
  const line = state.doc.lineAt(head);
  if (!empty || line.text.trim() !== "" || line.number === state.doc.lines) return null;
  const next = state.doc.line(line.number + 1);
  const at = next.from + next.text.search(/\S|$/);
  const isPaired = matchBrackets(state, at + 1, -1)?.matched && isBalanced(state, bracket);
  if (!isPaired || state.sliceDoc(at, at + 1) !== bracket) return null;
  return state.update({
    changes: { from: line.from, to: next.from },
    selection: { anchor: at + 1 - (next.from - line.from) },
    userEvent: "input.type",
    scrollIntoView: true,
  });
}

/** Whether one more would be too many. */
function isBalanced(state: EditorState, bracket: string): boolean {
  const text = state.doc.toString();
  return text.split(bracket).length === text.split(OPENING[bracket] ?? "").length;
}

/**
 * Text typed over a selection is put in its place here. Left to itself, the browser would try to
 * keep the selection's colour with a style attribute, which the page's security policy refuses.
 */
const replaceSelection = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { data, inputType } = event;
    const { from, to, empty } = view.state.selection.main;
    if (inputType !== "insertText" || !data || empty || view.composing) return false;
    const insert = () =>
      view.state.update(view.state.replaceSelection(data), {
        userEvent: "input.type",
        scrollIntoView: true,
      });
    const handlers = view.state.facet(EditorView.inputHandler);
    const isHandled = handlers.some((handle) => handle(view, from, to, data, insert));
    if (!isHandled) view.dispatch(insert());
    event.preventDefault();
    return true;
  },
});

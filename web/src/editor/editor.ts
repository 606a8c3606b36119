/** The code editor: CodeMirror with Python, set up for short texts. Loaded when it is needed. */
import { closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import {
  HighlightStyle,
  LanguageSupport,
  bracketMatching,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  EditorView,
  drawSelection,
  highlightActiveLine,
  keymap,
  lineNumbers,
  type DecorationSet,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { completion } from "./completion";
import { typing } from "./typing";
import { keepHistory, stateWith } from "./undo";
import type { Given } from "./words";

export interface Editor {
  setText(text: string): void;
  /** Marks a line (from 1) as the one with the problem, and shows it; null removes the mark. */
  markLine(line: number | null): void;
  /** Brings a line (from 1) to the middle of the editor; nothing else on the page moves. */
  showLine(line: number): void;
  focus(): void;
  destroy(): void;
}

interface Options {
  /** The accessible name. */
  label: string;
  text: string;
  /** Where the cursor is; none: at the start. */
  cursor: number | undefined;
  /** What the text may use without importing it. */
  given: Given | undefined;
  /** Under which what can be undone is kept in this tab; none: it is not. */
  keptAs: string | undefined;
  onChange(text: string): void;
  onRun(): void;
}

export function createEditor(parent: HTMLElement, options: Options): Editor {
  const { keptAs } = options;
  const state = stateWith(keptAs, options.text, extensions(options));
  const view = new EditorView({ parent, state });
  const keep = () => keptAs !== undefined && keepHistory(keptAs, view.state);
  const stopKeeping = onLeaving(keep);
  const { length } = view.state.doc;
  view.dispatch({ selection: { anchor: Math.min(options.cursor ?? 0, length) } });
  const showLine = (line: number) => {
    if (line < 1 || line > view.state.doc.lines) return;
    // Not with scrollIntoView, which would scroll the page as well.
    view.requestMeasure({
      read: () => view.lineBlockAt(view.state.doc.line(line).from),
      write: ({ top, height }) => {
        const room = view.scrollDOM.clientHeight;
        view.scrollDOM.scrollTop = top + view.documentPadding.top - (room - height) / 2;
      },
    });
  };
  return {
    setText(text) {
      if (text === view.state.doc.toString()) return;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    markLine(line) {
      view.dispatch({ effects: setMark.of(line) });
      if (line !== null) showLine(line);
    },
    showLine,
    focus: () => view.focus(),
    destroy: () => {
      keep();
      stopKeeping();
      view.destroy();
    },
  };
}

/** Calls `then` before the page may be gone: some systems end it while it is out of sight. */
function onLeaving(then: () => void): () => void {
  const ifHidden = () => document.hidden && then();
  window.addEventListener("pagehide", then);
  document.addEventListener("visibilitychange", ifHidden);
  return () => {
    window.removeEventListener("pagehide", then);
    document.removeEventListener("visibilitychange", ifHidden);
  };
}

function extensions({ label, given, onChange, onRun }: Options) {
  const handleRun = () => {
    onRun();
    return true;
  };
  return [
    // Tab leaves the editor, as everywhere on the page; Enter indents by itself.
    keymap.of([
      { key: "Mod-Enter", run: handleRun },
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...historyKeymap,
    ]),
    lineNumbers(),
    history(),
    drawSelection(),
    highlightActiveLine(),
    indentOnInput(),
    indentUnit.of("    "),
    bracketMatching(),
    typing(),
    // Without its own lists of names: the build's are those that are here.
    new LanguageSupport(pythonLanguage),
    completion(given),
    syntaxHighlighting(colors),
    markedLine,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", tabindex: "0" }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onChange(update.state.doc.toString());
    }),
  ];
}

/** The styles name CSS variables, so that light and dark need nothing here. */
const colors = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.definitionKeyword, tags.controlKeyword],
    color: "var(--code-keyword)",
  },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--code-number)" },
  { tag: [tags.string], color: "var(--code-string)" },
  { tag: [tags.comment], color: "var(--muted)", fontStyle: "italic" },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.propertyName)],
    color: "var(--code-name)",
  },
]);

const setMark = StateEffect.define<number | null>();
const mark = Decoration.line({ class: "cm-problemLine" });

const markedLine = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setMark)) return markAt(transaction.state, effect.value);
    }
    // Once the text changes, the line is no longer known to be wrong.
    return transaction.docChanged ? Decoration.none : marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function markAt(state: EditorState, line: number | null): DecorationSet {
  if (line === null || line < 1 || line > state.doc.lines) return Decoration.none;
  return Decoration.set([mark.range(state.doc.line(line).from)]);
}

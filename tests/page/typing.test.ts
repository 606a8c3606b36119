import assert from "node:assert/strict";
import { test } from "node:test";
import { insertNewlineAndIndent } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import { ensureSyntaxTree, indentUnit } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { typed, typing } from "../../web/src/editor/typing";

/** Where the cursor is, in a text. */
const CURSOR = "¦";

function stateOf(marked: string): EditorState {
  const state = EditorState.create({
    doc: marked.replace(CURSOR, ""),
    selection: { anchor: Math.max(0, marked.indexOf(CURSOR)) },
    extensions: [pythonLanguage, typing(), indentUnit.of("    ")],
  });
  return parsed(state);
}

/** To the end, however slow the machine is; the next state has that. */
function parsed(state: EditorState): EditorState {
  ensureSyntaxTree(state, state.doc.length, 5000);
  return state.update({}).state;
}

/** Types a text key by key, as the editor takes it. */
function afterTyping(text: string, start = CURSOR): string {
  let state = stateOf(start);
  for (const key of text) {
    if (key === "\n") {
      insertNewlineAndIndent({ state, dispatch: (transaction) => (state = transaction.state) });
    } else {
      state = (typed(state, key) ?? state.update(state.replaceSelection(key))).state;
    }
    state = parsed(state);
  }
  const { head } = state.selection.main;
  return `${state.sliceDoc(0, head)}${CURSOR}${state.sliceDoc(head)}`;
}

for (const text of [
  "f(x)",
  "(x * (y + 1))",
  "print(\"a\", 'b')",
  'a["k"] = {1: (2, [3])}',
  '"""It\'s "quoted"."""',
  "'''Text'''",
  "# it's 'x, and \"so on",
  "x = \"it's\"",
  'f"{a["b"]}"',
  "''.join(['a'])",
  'f("")',
  '"a" "b"',
]) {
  test(`key by key, this comes out as it was typed: ${text}`, () => {
    assert.equal(afterTyping(text), text + CURSOR);
  });
}

test("what is opened is closed, and the cursor stays inside", () => {
  assert.equal(afterTyping("f("), "f(¦)");
  assert.equal(afterTyping('f("'), 'f("¦")');
});

test("a bracket that Enter has put on the next line is the one that is typed", () => {
  assert.equal(afterTyping("f(\nx,\n)"), "f(\n    x,\n)¦");
  // Here another is missing.
  assert.equal(afterTyping(")", "f(g(\n    x\n    ¦\n)"), "f(g(\n    x\n    )¦\n)");
});

test("a quote before text is only that quote", () => {
  assert.equal(afterTyping('"', "¦foo"), '"¦foo');
  assert.equal(afterTyping('"', "¦-1"), '"¦-1');
  assert.equal(afterTyping('"', "¦(b)"), '"¦(b)');
  assert.equal(afterTyping('"', '¦"b"'), '"¦"b"');
  assert.equal(afterTyping("'", '¦"b"'), "'¦\"b\"");
  assert.equal(afterTyping('"', "[¦]"), '["¦"]');
});

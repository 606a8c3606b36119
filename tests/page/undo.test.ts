import { tab } from "./page";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { history, isolateHistory, redo, undo } from "@codemirror/commands";
import type { ChangeSpec, EditorState, StateCommand } from "@codemirror/state";
import { ROOM, keepHistory, stateWith } from "../../web/src/editor/undo";

beforeEach(() => tab.reset());

const KEY = "minitorch.undo.code";

function fresh(text: string): EditorState {
  return stateWith("code", text, history());
}

function changed(state: EditorState, ...changes: ChangeSpec[]): EditorState {
  return changes.reduce<EditorState>(
    (now, one) => now.update({ changes: one, annotations: isolateHistory.of("full") }).state,
    state,
  );
}

function run(command: StateCommand, state: EditorState): EditorState {
  let now = state;
  command({ state, dispatch: (transaction) => (now = transaction.state) });
  return now;
}

function textOf(state: EditorState): string {
  return state.doc.toString();
}

/** "one two three", of which "three" was undone. */
function written(): EditorState {
  const all = changed(fresh("one"), { from: 3, insert: " two" }, { from: 7, insert: " three" });
  return run(undo, all);
}

test("after a reload the same can be undone, and done again", () => {
  keepHistory("code", written());
  const again = fresh("one two");
  assert.equal(textOf(again), "one two");
  assert.equal(textOf(run(undo, again)), "one");
  assert.equal(textOf(run(redo, again)), "one two three");
});

test("beside another text, and under another name, there is none", () => {
  keepHistory("code", written());
  assert.equal(textOf(run(undo, fresh("one two!"))), "one two!");
  assert.equal(textOf(run(undo, fresh("one 222"))), "one 222");
  assert.equal(textOf(run(undo, stateWith("other", "one two", history()))), "one two");
  assert.equal(textOf(run(undo, stateWith(undefined, "one two", history()))), "one two");
});

test("a damaged history is dropped", () => {
  keepHistory("code", written());
  const kept = tab.getItem(KEY)!;
  const damages = [
    kept.slice(0, -9),
    "null",
    "[]",
    kept.replace(/"history":.*/, '"history":7}'),
    kept.replace(/"changes":\[3/, '"changes":[5'),
    kept.replace(/"anchor":\d+/, '"anchor":1e9'),
    kept.replace(/"done":\[/, '"done":[3,'),
  ];
  for (const damaged of damages) {
    assert.notEqual(damaged, kept);
    tab.setItem(KEY, damaged);
    assert.equal(textOf(run(undo, fresh("one two"))), "one two", damaged);
  }
});

test("the oldest changes go where there are too many", () => {
  const page = "x".repeat(ROOM / 10);
  let state = fresh("");
  for (let i = 0; i < 12; i += 1) state = changed(state, { from: 0, to: 0, insert: `${page}\n` });
  for (let i = 0; i < 12; i += 1) state = changed(state, { from: 0, to: page.length + 1 });
  keepHistory("code", state);
  assert.ok(tab.getItem(KEY)!.length <= ROOM);
  const undone = run(undo, run(undo, fresh("")));
  assert.equal(textOf(undone), `${page}\n${page}\n`);
  // A text that is itself too long keeps nothing, and leaves nothing of before.
  keepHistory("code", changed(state, { from: 0, insert: "x".repeat(ROOM) }));
  assert.equal(tab.getItem(KEY), null);
});

test("where nothing can be kept, nothing happens", () => {
  tab.room = 10;
  keepHistory("code", written());
  tab.isForbidden = true;
  keepHistory("code", written());
  assert.equal(textOf(fresh("one two")), "one two");
});

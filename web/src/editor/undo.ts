/**
 * What can be undone in an editor, kept by the tab: a reload, or a look at another view, leaves it.
 *
 * It belongs to one text. Beside any other, and where it is damaged, it is dropped.
 */
import { history as undoing, historyField, redo, undo } from "@codemirror/commands";
import { EditorState, type Extension, type StateCommand } from "@codemirror/state";
import { inTab } from "../store/storage";

/** As many characters as are kept of an editor: the oldest changes go. */
export const ROOM = 40_000;
const FIELDS = { history: historyField };

interface History {
  done: object[];
  undone: object[];
}

/** Keeps what can be undone in a state; where that is refused, nothing happens. */
export function keepHistory(name: string, state: EditorState): void {
  const text = state.doc.toString();
  const { history } = state.toJSON(FIELDS) as { history: History };
  const [past, future] = [withoutCursors(history.done), withoutCursors(history.undone)];
  let kept = "";
  for (;;) {
    kept = JSON.stringify({ text, history: { done: past, undone: future } });
    if (kept.length <= ROOM || past.length + future.length === 0) break;
    const longer = past.length > 0 ? past : future;
    longer.splice(0, Math.ceil(longer.length / 2));
  }
  const isWorthIt = kept.length <= ROOM && past.length + future.length > 0;
  if (!isWorthIt || !inTab.remember(keyOf(name), kept)) inTab.forget(keyOf(name));
}

/** Where the cursor was in between is not worth its room. */
function withoutCursors(events: object[]): object[] {
  return events.map((event) => ({ ...event, selectionsAfter: [] }));
}

/** A state with this text, and with what was kept for it. */
export function stateWith(
  name: string | undefined,
  text: string,
  extensions: Extension,
): EditorState {
  const found = name === undefined ? null : inTab.recall(keyOf(name));
  const restored = found === null ? null : restore(found, text);
  if (!restored) return EditorState.create({ doc: text, extensions });
  return EditorState.fromJSON(restored, { extensions }, FIELDS);
}

function restore(found: string, text: string): unknown {
  try {
    const kept = JSON.parse(found) as { text?: unknown; history?: unknown };
    if (kept.text !== text) return null;
    const selection = { ranges: [{ anchor: 0, head: 0 }], main: 0 };
    const json = { doc: text, selection, history: kept.history };
    const bare = EditorState.fromJSON(json, { extensions: undoing() }, FIELDS);
    // Whether it fits shows when all of it is undone, and done again: else that throws.
    walked(walked(bare, undo), redo);
    return json;
  } catch {
    return null;
  }
}

function walked(state: EditorState, command: StateCommand): EditorState {
  let now = state;
  while (command({ state: now, dispatch: (transaction) => (now = transaction.state) }));
  return now;
}

function keyOf(name: string): string {
  return `undo.${name}`;
}

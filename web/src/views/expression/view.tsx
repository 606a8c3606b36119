/** The Expression view: type Python, see its graph, and walk the chain rule back through it. */
import { useId } from "preact/hooks";
import { NumberField } from "../../ui/field";
import { HeldUp, heldUpBy, takeFirst } from "../../ui/form";
import { Derivatives } from "./derivatives";
import { EditorBox } from "./editorbox";
import { ExampleMenu } from "./examplemenu";
import { GraphPanel } from "./graph";
import { Output, Problem } from "./problem";
import { note, run, running, stop } from "./run";
import { settings } from "./settings";
import { findText } from "./text";

// Once: the address has been read when the view is loaded.
findText();

export function ExpressionView() {
  return (
    <div class="expression">
      <header class="view-head">
        <h1 tabIndex={-1}>Follow the chain rule</h1>
        <p class="lede">
          Write any Python with x, y and z; the last line is the result. Its graph shows how each
          value was computed, and how each derivative is found, from the result back.
        </p>
      </header>
      <div class="expression-top">
        <form class="card write" onSubmit={takeFirst(settings, () => void run())}>
          <EditorBox />
          <Inputs />
          <RunButtons />
          <Problem />
          <Output />
        </form>
        <Derivatives />
      </div>
      <GraphPanel />
    </div>
  );
}

function Inputs() {
  return (
    <div class="inputs">
      <NumberField of={settings} name="x" />
      <NumberField of={settings} name="y" />
      <NumberField of={settings} name="z" />
    </div>
  );
}

function RunButtons() {
  const reason = useId();
  const waiting = heldUpBy(settings, reason);
  return (
    <div>
      <div class="buttons">
        <button
          class="primary"
          {...waiting}
          aria-disabled={running.value || waiting["aria-disabled"]}
          title="Ctrl+Enter or ⌘+Enter, in the editor"
        >
          Run
        </button>
        <button type="button" onClick={stop} disabled={!running.value}>
          Stop
        </button>
        <ExampleMenu />
        <span class="run-note" aria-live="polite">
          {note.value}
        </span>
      </div>
      <HeldUp of={settings} id={reason} />
    </div>
  );
}

/** The Expression view: type Python, see its graph, and walk the chain rule back through it. */
import { values } from "../../address/address";
import { settings } from "../../address/settings";
import { NumberField } from "../../ui/field";
import { Derivatives } from "./derivatives";
import { EditorBox } from "./editorbox";
import { ExampleMenu } from "./examplemenu";
import { GraphPanel } from "./graph";
import { Output, Problem } from "./problem";
import { note, run, running, setInput, stop } from "./run";

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
        <div class="card write">
          <EditorBox />
          <Inputs />
          <RunButtons />
          <Problem />
          <Output />
        </div>
        <Derivatives />
      </div>
      <GraphPanel />
    </div>
  );
}

function Inputs() {
  const now = values.expression.value;
  return (
    <div class="inputs">
      {(["x", "y", "z"] as const).map((name) => (
        <NumberField
          key={name}
          label={name}
          setting={settings.expression[name]}
          value={now[name]}
          onChange={(value) => setInput(name, value)}
        />
      ))}
    </div>
  );
}

function RunButtons() {
  return (
    <div class="buttons">
      <button
        type="button"
        class="primary"
        onClick={() => void run()}
        aria-disabled={running.value}
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
  );
}

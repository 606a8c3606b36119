/** The Expression view: type Python, see its graph, and walk the chain rule back through it. */
import { useComputed } from "@preact/signals";
import { values } from "../../address/address";
import { settings } from "../../address/settings";
import { NumberField } from "../../ui/field";
import { EditorBox } from "../../editor/editorbox";
import type { Expression } from "../../graph/expression";
import { GraphPanel } from "../../graph/panel";
import { Derivatives } from "./derivatives";
import { ExampleMenu } from "./examplemenu";
import { setInput, theExpression } from "./expression";
import { Output, Problem } from "./problem";
import { codeNow, setCode } from "./text";
import { TooLarge } from "./toolarge";

export function ExpressionView() {
  const expression = theExpression();
  const { evaluate, graph, isStale, problem, step } = expression;
  const markedLine = useComputed(() => problem.value?.line ?? null);
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
          <EditorBox
            label="Expression"
            text={codeNow}
            onChange={setCode}
            onRun={() => void evaluate()}
            markedLine={markedLine}
          />
          <Inputs />
          <RunButtons expression={expression} />
          <Problem expression={expression} />
          <Output expression={expression} />
        </div>
        <Derivatives expression={expression} />
      </div>
      <GraphPanel graph={graph} step={step} isStale={isStale}>
        <TooLarge expression={expression} />
      </GraphPanel>
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

function RunButtons({ expression }: { expression: Expression }) {
  const { evaluate, isRunning, note, stop } = expression;
  return (
    <div class="buttons run-buttons">
      <button
        type="button"
        class="primary"
        onClick={() => void evaluate()}
        aria-disabled={isRunning.value}
        title="Ctrl+Enter or ⌘+Enter, in the editor"
      >
        Run
      </button>
      <button type="button" onClick={stop} disabled={!isRunning.value}>
        Stop
      </button>
      <ExampleMenu />
      <span class="run-note" aria-live="polite">
        {note.value}
      </span>
    </div>
  );
}

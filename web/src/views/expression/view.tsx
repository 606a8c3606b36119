/** The Expression view: type Python, see its graph, and walk the chain rule back through it. */
import { useComputed } from "@preact/signals";
import { useId, useRef } from "preact/hooks";
import { EditorBox } from "../../editor/editorbox";
import type { Expression } from "../../graph/expression";
import { GraphPanel } from "../../graph/panel";
import { ChoiceField } from "../../ui/field";
import { HeldUp, heldUpBy, takeFirst } from "../../ui/form";
import { findChosen, hasChoice, makerOf } from "../library";
import { Derivatives } from "./derivatives";
import { ExampleMenu } from "./examplemenu";
import { Descend } from "./descend";
import { theDescent, theExpression } from "./expression";
import { InputFields } from "./inputfields";
import { Compared, Output, Problem } from "./problem";
import { INPUTS, settings } from "./settings";
import { codeNow, findText, setCode } from "./text";
import { TooLarge } from "./toolarge";

// Once: the address has been read when the view is loaded.
findText();

/** Resolves when it is known which library it is to run on. */
export const isReady = findChosen(settings);

const GIVEN = { of: "expression", inputs: INPUTS } as const;

export function ExpressionView() {
  const expression = theExpression();
  const { evaluate, graph, isStale, marks, problem, result, step } = expression;
  const library = useComputed(() => makerOf(result.value?.library));
  const form = useRef<HTMLFormElement>(null);
  const markedLine = useComputed(() => {
    const { file, line } = problem.value ?? { file: null, line: null };
    return file === null ? line : null;
  });
  return (
    <div class="expression">
      <header class="view-head">
        <h1 tabIndex={-1}>Follow the chain rule</h1>
        <p class="lede">
          Write any Python with x, y and z, or other letters; the last line is the result. Its graph
          shows how each value was computed, and how each derivative is found, from the result back.
        </p>
      </header>
      <div class="expression-top">
        <form
          class="card write"
          ref={form}
          onSubmit={takeFirst(settings, () => void evaluate())}
        >
          <EditorBox
            label="Expression"
            given={GIVEN}
            keptAs="expression"
            text={codeNow}
            onChange={setCode}
            // As the form's button does: it takes what stands in the fields first.
            onRun={() => form.current?.requestSubmit()}
            markedLine={markedLine}
          />
          <InputFields expression={expression} />
          {hasChoice.value && <ChoiceField of={settings} name="library" about={ABOUT_LIBRARY} />}
          <RunButtons expression={expression} />
          <Problem expression={expression} />
          <Compared expression={expression} />
          <Output expression={expression} />
        </form>
        <Derivatives expression={expression} />
      </div>
      <GraphPanel {...{ graph, step, isStale, library }} comparison={marks} canChoose>
        <TooLarge expression={expression} />
      </GraphPanel>
      <Descend descent={theDescent()} expression={expression} />
    </div>
  );
}

const ABOUT_LIBRARY = (
  <p>
    Which <b>minitorch</b> makes the Scalars. <b>Reference</b> is the one that comes with the page.{" "}
    <b>Yours</b> is what you have written in the Assignment: its result is compared with the
    reference’s, operation by operation.
  </p>
);

function RunButtons({ expression }: { expression: Expression }) {
  const { isRunning, isStale, note, result, stop } = expression;
  // A link never runs anything by itself.
  const isOpen = !isRunning.value && (isStale.value || !result.value);
  const isInvited = isOpen && settings.values.value.library === "yours";
  const reason = useId();
  const waiting = heldUpBy(settings, reason);
  return (
    <div>
      <div class="buttons">
        <button
          class="primary"
          {...waiting}
          aria-disabled={isRunning.value || waiting["aria-disabled"]}
          title="Ctrl+Enter or ⌘+Enter, in the editor"
        >
          Run
        </button>
        <button type="button" onClick={stop} disabled={!isRunning.value}>
          Stop
        </button>
        <ExampleMenu onPick={() => void expression.evaluate()} />
        <span class="run-note" aria-live="polite">
          {note.value || (isInvited && "Press Run to see it on your minitorch.")}
        </span>
      </div>
      <HeldUp of={settings} id={reason} />
    </div>
  );
}

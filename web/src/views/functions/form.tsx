/** Which function, over which range: its text, the buttons, and what went wrong. */
import { useComputed } from "@preact/signals";
import { useId, useRef } from "preact/hooks";
import { hides } from "../../address/settings";
import { EditorBox } from "../../editor/editorbox";
import { inLine } from "../../format";
import { remarkOnRange } from "../../functions/remarks";
import type { FunctionStudy } from "../../functions/study";
import { ChoiceField, NumberField } from "../../ui/field";
import { HeldUp, heldUpBy, takeFirst } from "../../ui/form";
import { Said } from "../../ui/said";
import { ToDo } from "../../ui/todo";
import { hasChoice } from "../library";
import { settings } from "./settings";
import { runNow } from "./study";
import { bringBack, codeNow, replaced, setCode } from "./text";
import { words } from "./words";

const GIVEN = { of: "function", inputs: ["x", "y"] } as const;

export function FunctionForm({ study }: { study: FunctionStudy }) {
  const form = useRef<HTMLFormElement>(null);
  const markedLine = useComputed(() => {
    const { file, line } = study.problem.value ?? { file: null, line: null };
    return file === null ? line : null;
  });
  return (
    <form class="card write" ref={form} onSubmit={takeFirst(settings, runNow)}>
      <div class="fields">
        <ChoiceField of={settings} name="function" about={words.function} />
        {hasChoice.value && <ChoiceField of={settings} name="library" about={words.library} />}
      </div>
      {!hides(settings, "code") && (
        <EditorBox
          label="Function code"
          given={GIVEN}
          keptAs="function"
          text={codeNow}
          onChange={setCode}
          onRun={() => form.current?.requestSubmit()}
          markedLine={markedLine}
        />
      )}
      <RunButtons study={study} />
      <Problem study={study} />
      <Printed study={study} />
      <Remark study={study} />
      {!hides(settings, "range") && <Ranges study={study} />}
    </form>
  );
}

function RunButtons({ study }: { study: FunctionStudy }) {
  const { isRunning, isStale, note, problem, shown, stop } = study;
  const reason = useId();
  const isWaiting = !isRunning.value && !problem.value && (isStale.value || !shown.value);
  const invitation = shown.value ? "Changed since it was run." : "Press Run to draw what is written.";
  return (
    <div>
      <div class="buttons">
        <button
          class="primary"
          title="Ctrl+Enter or ⌘+Enter, in the editor"
          {...heldUpBy(settings, reason)}
        >
          Run
        </button>
        <button type="button" onClick={stop} disabled={!isRunning.value}>
          Stop
        </button>
        {replaced.value !== null && (
          <button type="button" class="quiet" onClick={bringBack}>
            Bring back your last text
          </button>
        )}
        <span class="run-note" aria-live="polite">
          {note.value || (isWaiting && invitation)}
        </span>
      </div>
      <HeldUp of={settings} id={reason} />
    </div>
  );
}

function Problem({ study }: { study: FunctionStudy }) {
  const found = study.problem.value;
  if (!found) return null;
  return (
    <div class="alert" role="alert">
      <p>
        <strong>
          {found.kind}
          {inLine(found)}
        </strong>
        : {found.message}
      </p>
      <ToDo problem={found} />
      {found.hint && <p>{found.hint}</p>}
      <Said text={found.traceback} />
    </div>
  );
}

function Printed({ study }: { study: FunctionStudy }) {
  if (study.output.value === "") return null;
  return (
    <pre class="printed" tabIndex={0} role="group" aria-label="Printed">
      {study.output.value}
    </pre>
  );
}

function Remark({ study }: { study: FunctionStudy }) {
  const range = study.range.value;
  const remark = range && !study.problem.value && remarkOnRange(range);
  return remark ? <p class="small">{remark}</p> : null;
}

function Ranges({ study }: { study: FunctionStudy }) {
  return (
    <div class="ranges">
      <NumberField of={settings} name="from" />
      <NumberField of={settings} name="to" />
      {study.size.value === 2 && <NumberField of={settings} name="yfrom" />}
      {study.size.value === 2 && <NumberField of={settings} name="yto" />}
    </div>
  );
}

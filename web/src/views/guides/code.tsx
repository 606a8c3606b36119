/** Code in a guide: to be changed, and run. Beside it stands what it prints as it is in the text. */
import { useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import { EditorBox } from "../../editor/editorbox";
import type { PythonProblem } from "../../protocol/problems";
import { Stopped, WorkerGone, problemOf, status } from "../../python/client";
import { runProgram } from "../../python/running";
import { draftOf } from "../../store/drafts";
import { Said } from "../../ui/said";

interface Props {
  name: string;
  /** Under which what is typed is kept. */
  keptAs: string;
  code: string;
  /** What it prints as it is. */
  output: string;
}

export function CodePart({ name, keptAs, code, output }: Props) {
  const text = draftOf(keptAs, code);
  /** The text that has printed what is shown. */
  const ran = useSignal(code);
  const printed = useSignal(output.trimEnd());
  const problem = useSignal<PythonProblem | null>(null);
  const note = useSignal("");
  const call = useRef<AbortController | null>(null);
  const id = useId();
  useEffect(() => () => call.current?.abort(), []);
  const markedLine = useSignal<number | null>(null);

  const run = async () => {
    if (call.current) return;
    call.current = new AbortController();
    note.value = status.value.phase === "loading" ? "Waiting for Python…" : "Running…";
    const asked = text.value;
    try {
      const result = await runProgram(asked, call.current.signal);
      ran.value = asked;
      printed.value = result.output.trimEnd();
      problem.value = result.problem;
      note.value = "";
    } catch (error) {
      problem.value = error instanceof WorkerGone ? null : problemOf(error);
      note.value = error instanceof Stopped ? "Stopped." : "";
    }
    markedLine.value = problem.value?.line ?? null;
    call.current = null;
  };
  const isStale = text.value !== ran.value;
  const reset = () => {
    text.value = ran.value = code;
    printed.value = output.trimEnd();
    problem.value = markedLine.value = null;
  };
  return (
    <section class="code-part" aria-label={name}>
      <EditorBox
        label={name}
        keptAs={keptAs}
        text={text}
        onChange={(typed) => (text.value = typed)}
        onRun={() => void run()}
        markedLine={markedLine}
      />
      <div class="buttons">
        <button type="button" onClick={() => void run()} aria-describedby={id}>
          Run
        </button>
        <button
          type="button"
          class="quiet"
          onClick={() => call.current?.abort()}
          disabled={note.value === "" || note.value === "Stopped."}
        >
          Stop
        </button>
        {text.value !== code && (
          <button type="button" class="quiet" onClick={reset}>
            Back to the original
          </button>
        )}
        <span id={id} class="run-note" aria-live="polite">
          {note.value || (isStale && "Changed: press Run")}
        </span>
      </div>
      {problem.value && (
        <div class="alert" role="alert">
          <p>{problem.value.message}</p>
          {problem.value.hint && <p>{problem.value.hint}</p>}
          <Said text={problem.value.traceback} />
        </div>
      )}
      {printed.value && (
        <pre class={isStale ? "printed is-old" : "printed"} tabIndex={0} role="group" aria-label={`What ${name} prints`}>
          {printed.value}
        </pre>
      )}
    </section>
  );
}

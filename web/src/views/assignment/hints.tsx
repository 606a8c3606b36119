/** Hints, one by one; and the solution, after a question, beside what was written. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Task } from "../../workspace/course";
import type { Work } from "../../workspace/work";
import { Difference } from "./difference";

interface Props {
  task: Task;
  work: Work;
}

export function Hints({ task, work }: Props) {
  const shown = Math.min(work.hintsShown(task.id), task.hints.length);
  const list = useRef<HTMLOListElement>(null);
  const before = useRef(shown);
  useEffect(() => {
    // A hint that was asked for is brought into sight; those of last time stay where they are.
    if (shown > before.current) list.current?.lastElementChild?.scrollIntoView({ block: "nearest" });
    before.current = shown;
  }, [shown]);
  if (shown === 0) return null;
  return (
    <section class="card hints" aria-labelledby="hints-title">
      <h2 id="hints-title">Hints</h2>
      <ol ref={list} aria-live="polite">
        {task.hints.slice(0, shown).map((hint, i) => (
          <li key={i}>
            <p class="small">
              {i + 1} of {task.hints.length}
            </p>
            <div class="prose" dangerouslySetInnerHTML={{ __html: hint }} />
          </li>
        ))}
      </ol>
    </section>
  );
}

export function HintButton({ task, work, onHint }: Props & { onHint(): void }) {
  const shown = work.hintsShown(task.id);
  const left = task.hints.length - shown;
  const give = () => {
    work.showHint(task.id);
    onHint();
  };
  return (
    <button type="button" disabled={left <= 0} onClick={give}>
      Hint
      <span class="button-note" aria-hidden="true">
        {" "}
        {left > 0 ? `${shown + 1} of ${task.hints.length}` : "no more"}
      </span>
    </button>
  );
}

/** What a task's solution would change, file by file; nothing is changed before it is wanted. */
export function Solution({ task, work, close }: Props & { close(): void }) {
  const [isSeen, setSeen] = useState(false);
  const changes = solutionFor(task, work);
  const files = Object.keys(changes);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    const block = isSeen ? "start" : "nearest";
    heading.current?.closest("section")?.scrollIntoView({ block });
  }, [isSeen]);
  const take = () => {
    work.replace(`Solution of task ${task.id}`, changes);
    close();
  };
  return (
    <section class="card solution" aria-labelledby="solution-title">
      <h2 id="solution-title" tabIndex={-1} ref={heading}>Solution of task {task.id}</h2>
      {!isSeen ? (
        <>
          <p>
            Shall it be shown? It is one way of several. Your own text stays as it is, until you take
            the solution over, and even then Undo brings it back.
          </p>
          <div class="buttons">
            <button type="button" class="primary" onClick={() => setSeen(true)}>
              Show the solution
            </button>
            <button type="button" onClick={close}>
              Not yet
            </button>
          </div>
        </>
      ) : (
        <>
          {files.length === 0 && <p>Your files say the same as the solution.</p>}
          {files.map((path) => (
            <Difference
              key={path}
              path={path}
              before={work.files.value[path] ?? ""}
              after={changes[path] ?? ""}
            />
          ))}
          <div class="buttons">
            {files.length > 0 && (
              <button type="button" class="primary" onClick={take}>
                Take it over
              </button>
            )}
            <button type="button" onClick={close}>
              Close
            </button>
          </div>
        </>
      )}
    </section>
  );
}

/** The task's files with the solution, those that say something else now. */
function solutionFor(task: Task, work: Work): Record<string, string> {
  const files = work.files.value;
  return Object.fromEntries(
    Object.entries(task.solution).filter(([path, text]) => text !== files[path]),
  );
}

/** The files, the buttons for them, and the line that says how the tests are doing. */
import type { Signal } from "@preact/signals";
import { writeHash } from "../../address/hash";
import { skeletonOf, type Work } from "../../workspace/work";
import type { Task } from "../../workspace/course";
import { countOf, type Check } from "./check";
import { Files } from "./files";
import { HintButton } from "./hints";
import { hides, settings } from "./settings";
import type { Place } from "./told";
import { Transfer } from "./transfer";
import { isDone, statusText } from "./words";

interface Props {
  task: Task;
  work: Work;
  check: Check;
  file: Signal<string>;
  marked: Signal<Place | null>;
  onRun(): void;
  /** After another hint has been given. */
  onHint(): void;
  onSolution(): void;
}

export function Code({ task, work, check, file, marked, onRun, onHint, onSolution }: Props) {
  const isRunning = check.running.value === task.id;
  const outcome = check.outcome(task.id);
  const status = statusText(outcome, isRunning, check.stage.value);
  // Passed in an earlier visit, or just now; what failed since is to be looked at first.
  const isPassing = !isRunning && (outcome === null || isDone(countOf(outcome)));
  return (
    <section class="card code" aria-label="Your code">
      <Files task={task} work={work} open={file} marked={marked} onRun={onRun} />
      <div class="buttons">
        <button
          type="button"
          class="primary"
          onClick={onRun}
          aria-disabled={check.running.value !== null}
          title="Ctrl+Enter or ⌘+Enter, in the editor"
        >
          Run tests
        </button>
        <button type="button" onClick={check.stop} disabled={!isRunning}>
          Stop
        </button>
        {!hides("hints") && <HintButton task={task} work={work} onHint={onHint} />}
        {!hides("solutions") && (
          <button type="button" onClick={onSolution}>
            Solution
          </button>
        )}
      </div>
      <div class="code-outcome">
        <p class="code-status" role="status" aria-label="Tests">
          {status}
        </p>
        {isPassing && <Next task={task} work={work} />}
      </div>
      <div class="buttons file-buttons">
        <BackToTheSkeleton work={work} path={file.value} />
        <WayBack work={work} />
        <Transfer work={work} />
      </div>
    </section>
  );
}

/** Once a task is done: where to go from here. */
function Next({ task, work }: { task: Task; work: Work }) {
  const { tasks } = work.course;
  const isOpen = ({ id }: Task) => !isDone(work.standing(id));
  if (isOpen(task)) return null;
  const next = tasks.slice(tasks.indexOf(task)).find(isOpen) ?? tasks.find(isOpen);
  if (!next) return <p>All tasks are done. Export gives you the whole project.</p>;
  return (
    <p>
      Task {task.id} is done:{" "}
      <a href={writeHash(settings, { task: next.id })}>go on with task {next.id}</a>
    </p>
  );
}

function BackToTheSkeleton({ work, path }: { work: Work; path: string }) {
  const skeleton = skeletonOf(work.course)[path];
  const isThere = skeleton === undefined || work.files.value[path] === skeleton;
  return (
    <button
      type="button"
      disabled={isThere}
      title={`${path} as it was at first; Undo brings your text back`}
      onClick={() => work.replace(`Back to the skeleton (${path})`, { [path]: skeleton ?? "" })}
    >
      Back to the skeleton
    </button>
  );
}

function WayBack({ work }: { work: Work }) {
  const [back, forth] = [work.undoable.value, work.redoable.value];
  return (
    <>
      <button type="button" disabled={!back} title={back ?? undefined} onClick={work.undo}>
        Undo
      </button>
      {forth && (
        <button type="button" title={forth} onClick={work.redo}>
          Redo
        </button>
      )}
    </>
  );
}

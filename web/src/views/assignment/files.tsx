/** The files as tabs, and the open one in the editor. */
import { computed, type Signal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { EditorBox } from "../../editor/editorbox";
import type { Task } from "../../workspace/course";
import type { Work } from "../../workspace/work";
import { moveAlongTabs } from "./tabs";
import type { Place } from "./told";

interface Props {
  task: Task;
  work: Work;
  open: Signal<string>;
  marked: Signal<Place | null>;
  onRun(): void;
}

export function Files({ task, work, open, marked, onRun }: Props) {
  const paths = ordered(task, Object.keys(work.files.value));
  const path = open.value;
  const text = useMemo(() => computed(() => work.files.value[path] ?? ""), [path, work]);
  const line = useMemo(
    () => computed(() => (marked.value?.file === path ? marked.value.line : null)),
    [path, marked],
  );
  return (
    <div class="files">
      <div role="tablist" aria-label="Files" class="file-tabs" onKeyDown={moveAlongTabs}>
        {paths.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={tabOf(one)}
            aria-selected={one === path}
            aria-controls="file-panel"
            tabIndex={one === path ? 0 : -1}
            class={task.files.includes(one) ? "file-tab is-asked" : "file-tab"}
            title={one}
            onClick={() => (open.value = one)}
          >
            {shortName(one)}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="file-panel" aria-labelledby={tabOf(path)} class="file-panel">
        <EditorBox
          key={path}
          label="Code"
          keptAs={`assignment/${path}`}
          text={text}
          markedLine={line}
          firstLine={blankIn(text.peek(), task)}
          onChange={(changed) => work.edit(path, changed)}
          onRun={onRun}
        />
      </div>
    </div>
  );
}

/** The line of the first blank of the task that is still to be filled. */
function blankIn(text: string, { id }: Task): number | undefined {
  const at = text.indexOf(`Need to implement for Task ${id}`);
  return at < 0 ? undefined : text.slice(0, at).split("\n").length;
}

/** The task's own files first, then the others of the project. */
function ordered(task: Task, paths: readonly string[]): string[] {
  const others = paths.filter((path) => !task.files.includes(path));
  return [...task.files, ...others.sort()];
}

function shortName(path: string): string {
  return path.replace(/^minitorch\//, "");
}

function tabOf(path: string): string {
  return `tab-${path.replaceAll(/\W/g, "-")}`;
}

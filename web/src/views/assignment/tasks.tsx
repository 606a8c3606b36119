/** The five tasks, each with how far it is; and the text of the one that is open. */
import { useEffect, useRef } from "preact/hooks";
import type { Work } from "../../workspace/work";
import type { Task } from "../../workspace/course";
import { isDone, standingText } from "./words";

interface NavProps {
  work: Work;
  current: Task;
  hrefOf(task: string): string;
}

export function TaskList({ work, current, hrefOf }: NavProps) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    // Where there is no room for all five, the one that is open is in sight.
    const link = list.current?.querySelector<HTMLElement>("[aria-current]")?.parentElement;
    if (list.current && link) list.current.scrollLeft = link.offsetLeft - list.current.offsetLeft;
  }, [current]);
  return (
    <nav aria-label="Tasks" class="task-list">
      <ol ref={list}>
        {work.course.tasks.map((task) => {
          const standing = work.standing(task.id);
          return (
            <li key={task.id}>
              <a
                href={hrefOf(task.id)}
                aria-current={task === current ? "page" : undefined}
                class={isDone(standing) ? "task-link is-done" : "task-link"}
              >
                <span class="task-name">Task {task.id}</span>
                <span class="task-title">{task.title}</span>
                <span class="task-standing">{standingText(standing)}</span>
                <Bar share={standing && standing.total > 0 ? standing.passed / standing.total : 0} />
              </a>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function Bar({ share }: { share: number }) {
  return (
    <span class="task-bar" aria-hidden="true">
      <span style={{ transform: `scaleX(${share})` }} />
    </span>
  );
}

export function Statement({ task }: { task: Task }) {
  return (
    <section class="card statement" aria-labelledby="statement-title">
      <h2 id="statement-title" tabIndex={-1}>
        Task {task.id}: {task.title}
      </h2>
      {/* The build has made this HTML of the project's own Markdown. */}
      <div class="prose" dangerouslySetInnerHTML={{ __html: task.statement }} />
    </section>
  );
}

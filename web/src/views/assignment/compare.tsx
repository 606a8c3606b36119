/** After a task is done: the course's way and the fast package's, beside what was written. */
import type { Source, Task } from "../../workspace/course";

export function Compare({ task }: { task: Task }) {
  if (task.compare.length === 0) return null;
  return (
    <section class="card compare" aria-labelledby="compare-title">
      <h2 id="compare-title">Two other ways to write it</h2>
      {task.compare.map((part, i) =>
        "html" in part ? (
          <div key={i} class="prose" dangerouslySetInnerHTML={{ __html: part.html }} />
        ) : (
          <div key={i} class="compare-pair">
            <Code title="The textbook’s" source={part.course} />
            <Code title="This site’s own minitorch" source={part.fast} />
          </div>
        ),
      )}
    </section>
  );
}

function Code({ title, source }: { title: string; source: Source }) {
  return (
    <figure>
      <figcaption>
        {title} <span class="small">{source.file}</span>
      </figcaption>
      <pre tabIndex={0} role="group" aria-label={`${title}: ${source.name}`}>
        {source.code}
      </pre>
    </figure>
  );
}

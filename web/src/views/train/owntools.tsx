/** The tools for points of the learner's own, beside the plane they are put on. */
import { useState } from "preact/hooks";
import { counted } from "../../format";
import { writePoints } from "../../training/points";
import { download } from "./download";
import { clear, notes, read, tool, type Tool } from "./own";
import { ownPoints, settings } from "./settings";

const TOOLS: [Tool, string][] = [
  ["0", "Add label 0"],
  ["1", "Add label 1"],
  ["delete", "Delete"],
  ["look", "Look at"],
];

export function OwnTools() {
  const [isPasting, setPasting] = useState(false);
  if (settings.values.value.dataset !== "Own") return null;
  const points = ownPoints();
  const take = (text: string) => {
    read(text);
    setPasting(false);
  };
  return (
    <section class="card own" aria-labelledby="own-title" {...dropOf(take)}>
      <div class="card-head">
        <h2 id="own-title">Your points</h2>
        <span class="small">{counted(points.label.length, "point")}</span>
      </div>
      <fieldset class="own-tools">
        <legend class="small">A press on the plane does this; a point can be dragged.</legend>
        {TOOLS.map(([value, text]) => (
          <label key={value}>
            <input
              type="radio"
              name="tool"
              checked={tool.value === value}
              onChange={() => (tool.value = value)}
            />
            {text}
          </label>
        ))}
      </fieldset>
      <div class="buttons">
        <button type="button" class="quiet" onClick={clear} disabled={points.label.length === 0}>
          Clear
        </button>
        <button type="button" class="quiet" onClick={() => setPasting(!isPasting)}>
          Paste CSV
        </button>
        <button
          type="button"
          class="quiet"
          disabled={points.label.length === 0}
          onClick={() => download("points.csv", writePoints(points), "text/csv")}
        >
          Download points
        </button>
      </div>
      {isPasting && <Paste take={take} />}
      {notes.value.length > 0 && (
        <div class="notice" role="status" aria-label="Notes on the points">
          {notes.value.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </div>
      )}
    </section>
  );
}

function Paste({ take }: { take(text: string): void }) {
  const [text, setText] = useState("");
  return (
    <div class="own-paste">
      <label>
        <span class="small">
          Two numbers and a label of 0 or 1 on each line. A file can be dropped on this card too.
        </span>
        <textarea
          aria-label="Points as CSV"
          rows={5}
          spellcheck={false}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <button type="button" class="quiet" onClick={() => take(text)}>
        Use these points
      </button>
    </div>
  );
}

function dropOf(take: (text: string) => void) {
  return {
    onDragOver: (event: DragEvent) => event.preventDefault(),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file) void file.text().then(take);
      else take(event.dataTransfer?.getData("text/plain") ?? "");
    },
  };
}

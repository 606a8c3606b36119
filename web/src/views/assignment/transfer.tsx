/** The project as a file: taken away, and brought back. */
import { signal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Work } from "../../workspace/work";
import { download } from "./download";

/** How the last import went, a sentence each; the first may be an error. */
interface Told {
  isError: boolean;
  sentences: string[];
}

export function Transfer({ work }: { work: Work }) {
  const input = useRef<HTMLInputElement>(null);
  const told = useRef(signal<Told | null>(null)).current;
  const bring = async (list: FileList | null) => {
    const files = [...(list ?? [])];
    if (files.length > 0) told.value = await bringIn(work, files);
  };
  return (
    <div
      class="transfer"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void bring(event.dataTransfer?.files ?? null);
      }}
    >
      <button type="button" onClick={() => void takeAway(work)} title="All files, as a zip">
        Export
      </button>
      <button
        type="button"
        onClick={() => input.current?.click()}
        title="A zip of the project, or single files such as scalar.py"
      >
        Import
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept=".zip,.py"
        onChange={(event) => {
          const field = event.currentTarget;
          void bring(field.files).then(() => (field.value = ""));
        }}
      />
      {told.value && (
        <div
          class={told.value.isError ? "alert" : "notice"}
          role={told.value.isError ? "alert" : "status"}
          aria-label="Import"
        >
          <div>
            {told.value.sentences.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </div>
          <button type="button" class="quiet" onClick={() => (told.value = null)}>
            Dismiss
          </button>
        </div>
      )}
    </div>
  );
}

/** The zip's program is loaded with the first file that is taken away or brought in. */
const zipping = () => import("../../workspace/transfer");

async function takeAway(work: Work): Promise<void> {
  const { PROJECT, toZip } = await zipping();
  download(`${PROJECT}.zip`, toZip(work.course, work.files.value));
}

async function bringIn(work: Work, given: readonly File[]): Promise<Told> {
  try {
    const { read } = await zipping();
    const contents = await Promise.all(given.map(contentOf));
    const { files, notes } = read(work.course, contents);
    work.replace("Import", files);
    const names = Object.keys(files).sort().join(", ");
    const done = `Imported ${names}. Undo brings back what was there.`;
    return { isError: false, sentences: [done, ...notes] };
  } catch (error) {
    return { isError: true, sentences: [(error as Error).message] };
  }
}

async function contentOf(file: File): Promise<{ name: string; content: Uint8Array }> {
  return { name: file.name, content: new Uint8Array(await file.arrayBuffer()) };
}

/** The editor's place: a plain text area at once, CodeMirror as soon as it is loaded. */
import { effect } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Editor } from "../../editor";
import { problem, run } from "./run";
import { codeNow, setCode } from "./text";

const LABEL = "Expression";

export function EditorBox() {
  const box = useRef<HTMLDivElement>(null);
  const [loaded, setLoaded] = useState(false);

  useEffect(() => {
    let gone = false;
    let clear = () => {};
    // Where it can't be loaded, the text area goes on doing the work.
    import("../../editor").then(
      ({ createEditor }) => {
        if (gone || !box.current) return;
        const area = box.current.querySelector("textarea");
        const wasFocused = area !== null && area === document.activeElement;
        const editor = createEditor(box.current, {
          label: LABEL,
          text: codeNow.value,
          // Who is typing goes on typing there.
          cursor: wasFocused ? area.selectionEnd : undefined,
          onChange: setCode,
          onRun: () => void run(),
        });
        clear = connect(editor);
        setLoaded(true);
        if (wasFocused) editor.focus();
      },
      () => {},
    );
    return () => {
      gone = true;
      clear();
    };
  }, []);

  return (
    <div class="editor" ref={box}>
      {!loaded && (
        <textarea
          aria-label={LABEL}
          spellcheck={false}
          value={codeNow.value}
          onInput={(event) => setCode(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void run();
          }}
        />
      )}
    </div>
  );
}

function connect(editor: Editor): () => void {
  const stops = [
    effect(() => editor.setText(codeNow.value)),
    effect(() => editor.markLine(problem.value?.line ?? null)),
  ];
  return () => {
    stops.forEach((stop) => stop());
    editor.destroy();
  };
}

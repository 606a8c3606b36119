/**
 * The editor's place: a plain text area at once, CodeMirror when somebody types, or when Python has
 * started, which else would have to share the processor with it.
 */
import { effect } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { status } from "../../python/client";
import type { Editor } from "../../editor/editor";
import { problem } from "./run";
import { codeNow, setCode } from "./text";

const LABEL = "Expression";
/** Over a slow line Python takes long, and leaves the processor to others meanwhile. */
const PATIENCE_MS = 1_500;

export function EditorBox() {
  const box = useRef<HTMLDivElement>(null);
  const [loaded, setLoaded] = useState(false);
  const [isWanted, setWanted] = useState(false);
  // As the form's button does: it takes what stands in the fields first.
  const submit = () => box.current?.closest("form")?.requestSubmit();

  useEffect(() => {
    const want = () => setWanted(true);
    const stop = effect(() => {
      if (status.value.phase !== "loading") want();
    });
    const timer = setTimeout(want, PATIENCE_MS);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);

  useEffect(() => {
    if (!isWanted) return;
    let gone = false;
    let clear = () => {};
    // Where it can't be loaded, the text area goes on doing the work.
    import("../../editor/editor").then(
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
          onRun: submit,
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
  }, [isWanted]);

  return (
    <div class="editor" ref={box}>
      {!loaded && (
        <textarea
          aria-label={LABEL}
          spellcheck={false}
          value={codeNow.value}
          onFocus={() => setWanted(true)}
          onInput={(event) => setCode(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
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

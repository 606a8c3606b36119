/**
 * An editor: a plain text area at once, and CodeMirror as soon as somebody types. If nobody does,
 * it waits until Python has started, so that the two don't compete for the processor.
 */
import { effect, type ReadonlySignal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { status } from "../python/client";
import type { Editor } from "./editor";
import type { Given } from "./words";

/** Over a slow line Python takes longer, but leaves the processor free meanwhile. */
const PATIENCE_MS = 1_500;

interface Props {
  /** The accessible name. */
  label: string;
  text: ReadonlySignal<string>;
  /** Takes what was typed; `text` is expected to follow. */
  onChange(text: string): void;
  /** Called for Ctrl+Enter and ⌘+Enter. */
  onRun(): void;
  /** The line to be marked as the one with the problem, from 1. */
  markedLine?: ReadonlySignal<number | null>;
  /** The line to be seen at first, from 1. */
  firstLine?: number | undefined;
  /** What the text may use without importing it. */
  given?: Given;
  /** Under which what can be undone outlives a reload; a name of its own for each text. */
  keptAs?: string;
}

export function EditorBox(props: Props) {
  const { label, text } = props;
  const box = useRef<HTMLDivElement>(null);
  // What the editor calls is what the last rendering has given.
  const latest = useRef(props);
  latest.current = props;
  const [isLoaded, setLoaded] = useState(false);
  const [isWanted, setWanted] = useState(false);

  useEffect(() => whenIdle(() => setWanted(true)), []);
  useEffect(() => {
    if (!isWanted) return;
    let isGone = false;
    let clear = () => {};
    // Where it can't be loaded, the text area goes on doing the work.
    import("./editor").then(
      ({ createEditor }) => {
        if (isGone || !box.current) return;
        const area = box.current.querySelector("textarea");
        const wasFocused = area !== null && area === document.activeElement;
        const editor = createEditor(box.current, {
          label,
          text: text.value,
          // Who is typing goes on typing there.
          cursor: wasFocused ? area.selectionEnd : undefined,
          given: props.given,
          keptAs: props.keptAs,
          onChange: (typed) => latest.current.onChange(typed),
          onRun: () => latest.current.onRun(),
        });
        clear = connect(editor, props);
        setLoaded(true);
        if (wasFocused) editor.focus();
      },
      () => {},
    );
    return () => {
      isGone = true;
      clear();
      setLoaded(false);
    };
  }, [isWanted, label, text]);

  return (
    // The text is there once more to say how high it is: see the styles.
    <div class="editor" ref={box} data-text={isLoaded ? undefined : text.value}>
      {!isLoaded && (
        <textarea
          aria-label={label}
          spellcheck={false}
          value={text.value}
          onFocus={() => setWanted(true)}
          onInput={(event) => props.onChange(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) props.onRun();
          }}
        />
      )}
    </div>
  );
}

/** Calls `then` when Python no longer loads, or takes long to; returns what calls it off. */
function whenIdle(then: () => void): () => void {
  const stop = effect(() => {
    if (status.value.phase !== "loading") then();
  });
  const timer = setTimeout(then, PATIENCE_MS);
  return () => {
    stop();
    clearTimeout(timer);
  };
}

function connect(editor: Editor, { text, markedLine, firstLine }: Props): () => void {
  if (firstLine !== undefined) editor.showLine(firstLine);
  const stops = [
    effect(() => editor.setText(text.value)),
    effect(() => editor.markLine(markedLine?.value ?? null)),
  ];
  return () => {
    stops.forEach((stop) => stop());
    editor.destroy();
  };
}

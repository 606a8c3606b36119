/** The compiled program as Python text, for models that are small enough to read it. */
import { useEffect, useState } from "preact/hooks";
import { trainingSource } from "../../training/calls";
import type { WhatRan } from "../../protocol/training";

const COPIED_MS = 1500;

export function Program({ ran }: { ran: WhatRan | null }) {
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState("");

  useEffect(() => {
    if (!isOpen || !ran?.hasSource) return;
    let isWanted = true;
    const show = (found: string) => {
      if (isWanted) setText(found);
    };
    trainingSource().then(show, () => show("# Python has been started again: train a little first."));
    return () => {
      isWanted = false;
    };
  }, [isOpen, ran]);

  if (!ran || ran.engine === "eager") return null;
  if (!ran.hasSource) {
    return <p class="small program">The program is too long to be read here: try 10 hidden units.</p>;
  }
  return (
    <details class="program" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>The program, as Python</summary>
      <pre tabIndex={0} role="group" aria-label="The program">
        {text}
      </pre>
      <CopyButton text={text} />
    </details>
  );
}

function CopyButton({ text }: { text: string }) {
  const [said, say] = useState("Copy");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      say("Copied");
    } catch {
      // Without HTTPS there is no clipboard; in another site's frame it may be refused.
      say("Not allowed here: select it and copy");
    }
    setTimeout(() => say("Copy"), COPIED_MS);
  };
  return (
    <button type="button" class="quiet" onClick={() => void copy()}>
      {said}
    </button>
  );
}

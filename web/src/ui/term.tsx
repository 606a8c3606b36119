/** A question mark that explains the word beside it. */
import type { ComponentChildren } from "preact";
import { useId, useRef } from "preact/hooks";
import { Popover } from "./popover";

interface Props {
  /** The id of the word. The button is called the same everywhere; this tells them apart. */
  describedBy: string;
  children: ComponentChildren;
}

export function Term({ describedBy, children }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  return (
    <span class="term">
      <button
        ref={button}
        type="button"
        class="term-button"
        aria-label="What is this?"
        aria-describedby={describedBy}
        popoverTarget={id}
      >
        <span aria-hidden="true">?</span>
      </button>
      <Popover id={id} anchor={button} class="term-bubble">
        {children}
      </Popover>
    </span>
  );
}

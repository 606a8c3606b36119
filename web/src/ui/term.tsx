/**
 * A question mark that explains the word beside it: on a tap or click until something else is
 * pressed, and for as long as a mouse rests on it or a keyboard on the control it belongs to.
 */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Popover } from "./popover";
import { whileFocused, whileHovered } from "./resting";

interface Props {
  /** The id of the word, after which the button is named: "About Points". */
  describedBy: string;
  /** The id of the control that the word belongs to: the keyboard then stops there alone. */
  control?: string;
  children: ComponentChildren;
}

export function Term({ describedBy, control, children }: Props) {
  const id = useId();
  const term = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const bubble = document.getElementById(id);
    if (!term.current || !bubble) return;
    const stops = [whileHovered(term.current, bubble)];
    const focused = control === undefined ? null : document.getElementById(control);
    if (focused) stops.push(whileFocused(focused, bubble));
    return () => stops.forEach((stop) => stop());
  }, [id, control]);
  return (
    <span class="term" ref={term}>
      <button
        ref={button}
        type="button"
        class="term-button"
        id={`${id}-button`}
        aria-label="About"
        aria-labelledby={`${id}-button ${describedBy}`}
        popoverTarget={id}
        popoverTargetAction="show"
        tabIndex={control === undefined ? undefined : -1}
      >
        <span aria-hidden="true">?</span>
      </button>
      <Popover id={id} anchor={button} class="term-bubble">
        {children}
      </Popover>
    </span>
  );
}

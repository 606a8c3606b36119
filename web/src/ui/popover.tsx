/** A little window over the page, beside the button that opens it. */
import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface Props {
  id: string;
  anchor: RefObject<HTMLElement | null>;
  class: string;
  children: ComponentChildren;
}

const GAP = 8;

export function Popover({ id, anchor, class: className, children }: Props) {
  const bubble = useRef<HTMLDivElement>(null);
  useEffect(() => (bubble.current ? openBeside(bubble.current, () => anchor.current) : undefined), []);
  return (
    <div ref={bubble} id={id} popover="auto" class={`popover ${className}`}>
      {children}
    </div>
  );
}

/** Has a popover open beside what it belongs to; returns what calls that off. */
export function openBeside(bubble: HTMLElement, anchor: () => HTMLElement | null): () => void {
  const ended = new AbortController();
  let opened = new AbortController();
  const onToggle = () => {
    opened.abort();
    const beside = anchor();
    if (!beside || !bubble.matches(":popover-open")) return;
    place(bubble, beside);
    // It is fixed to the window: once the page moves, it would point at nothing.
    opened = new AbortController();
    const options = { passive: true, signal: opened.signal };
    window.addEventListener("scroll", () => bubble.hidePopover(), options);
  };
  bubble.addEventListener("toggle", onToggle, { signal: ended.signal });
  return () => {
    ended.abort();
    opened.abort();
  };
}

/** Below the anchor where there is room, else above it, and always inside the window. */
function place(bubble: HTMLElement, anchor: HTMLElement): void {
  const beside = anchor.getBoundingClientRect();
  const { width, height } = bubble.getBoundingClientRect();
  const below = beside.bottom + GAP;
  const fitsBelow = below + height + GAP <= window.innerHeight;
  const top = fitsBelow ? below : Math.max(GAP, beside.top - GAP - height);
  const centred = beside.left + beside.width / 2 - width / 2;
  const rightmost = document.documentElement.clientWidth - width - GAP;
  bubble.style.top = `${top}px`;
  bubble.style.left = `${Math.max(GAP, Math.min(centred, rightmost))}px`;
}

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
  const open = useRef<AbortController>(null);
  const onToggle = () => {
    open.current?.abort();
    if (!anchor.current || !bubble.current?.matches(":popover-open")) return;
    place(bubble.current, anchor.current);
    // It is fixed to the window: once the page moves, it would point at nothing.
    const close = () => bubble.current?.hidePopover();
    open.current = new AbortController();
    window.addEventListener("scroll", close, { passive: true, signal: open.current.signal });
  };
  useEffect(() => () => open.current?.abort(), []);
  return (
    <div ref={bubble} id={id} popover="auto" class={`popover ${className}`} onToggle={onToggle}>
      {children}
    </div>
  );
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

/** How large a drawing is: as wide as its place, so that its letters are as large as others. */
import { useSignal, type ReadonlySignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

const NARROWEST = 240;

export interface Size {
  width: number;
  height: number;
}

/** Follows the width of an element's box, in CSS pixels. */
export function useSize(element: RefObject<Element | null>): ReadonlySignal<Size> {
  const size = useSignal(sizeFor(560));
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      const { width = 0 } = entry?.contentRect ?? {};
      if (width > 0) size.value = sizeFor(width);
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return size;
}

function sizeFor(available: number): Size {
  const width = Math.max(NARROWEST, Math.round(available));
  return { width, height: Math.round(Math.min(360, Math.max(210, width * 0.53))) };
}

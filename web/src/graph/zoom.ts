/** How large a graph is drawn, and what moves it: buttons, the wheel, a mouse that drags. */
import type { Signal } from "@preact/signals";
import type { Layout } from "./layout";

/** Letters are too small to be read in anything smaller, and coarse in anything larger. */
const [SMALLEST, LARGEST] = [0.3, 2];
export const STEP = 1.25;

/** The zoom at which all can be seen, or as much as can be read. */
export function fitting(outer: HTMLElement | null, layout: Layout): number {
  if (!outer) return 1;
  const whole = Math.min(outer.clientWidth / layout.width, outer.clientHeight / layout.height);
  return Math.min(1, Math.max(SMALLEST, whole));
}

/** Changes the zoom; what is at a place of the window, in its pixels, stays there. */
export function zoomAround(
  outer: HTMLElement,
  zoom: Signal<number>,
  wanted: number,
  x: number,
  y: number,
): void {
  const before = zoom.value;
  const after = Math.min(LARGEST, Math.max(SMALLEST, wanted));
  const left = ((outer.scrollLeft + x) / before) * after - x;
  const top = ((outer.scrollTop + y) / before) * after - y;
  zoom.value = after;
  // The scrollbars have the new length after the next drawing.
  requestAnimationFrame(() => outer.scrollTo({ left, top, behavior: "instant" }));
}

/** What the pointer does: dragging moves the graph; the wheel with Ctrl, or two fingers, zoom. */
export function createHand(scroller: { current: HTMLElement | null }, zoom: Signal<number>) {
  const pinch = createPinch(scroller, zoom);
  let from: { x: number; y: number; left: number; top: number } | null = null;
  let moved = false;
  return {
    hasMoved: () => moved,
    handlers: {
      onPointerDown(event: PointerEvent) {
        const outer = scroller.current;
        pinch.put(event);
        // One finger scrolls by itself.
        if (!outer || event.pointerType !== "mouse" || event.button !== 0) return;
        moved = false;
        const { scrollLeft: left, scrollTop: top } = outer;
        from = { x: event.clientX, y: event.clientY, left, top };
      },
      onPointerMove(event: PointerEvent) {
        pinch.put(event, true);
        if (!from || event.buttons === 0) return;
        const [right, down] = [event.clientX - from.x, event.clientY - from.y];
        moved ||= Math.hypot(right, down) > 4;
        scroller.current?.scrollTo({ left: from.left - right, top: from.top - down });
      },
      onPointerUp(event: PointerEvent) {
        pinch.lift(event);
        from = null;
      },
      onPointerCancel(event: PointerEvent) {
        pinch.lift(event);
      },
      onWheel(event: WheelEvent) {
        const outer = scroller.current;
        if (!outer || !event.ctrlKey) return;
        event.preventDefault();
        const box = outer.getBoundingClientRect();
        const [x, y] = [event.clientX - box.left, event.clientY - box.top];
        zoomAround(outer, zoom, zoom.value * Math.exp(-event.deltaY / 200), x, y);
      },
    },
  };
}

/** Two fingers that go apart or together: what is between them stays there. */
function createPinch(scroller: { current: HTMLElement | null }, zoom: Signal<number>) {
  const fingers = new Map<number, { x: number; y: number }>();
  const spread = () => {
    const [one, other] = [...fingers.values()];
    return one && other ? Math.hypot(one.x - other.x, one.y - other.y) : 0;
  };
  return {
    put({ pointerId, pointerType, clientX: x, clientY: y }: PointerEvent, isKnown = false) {
      const outer = scroller.current;
      if (!outer || pointerType !== "touch" || (isKnown && !fingers.has(pointerId))) return;
      const before = spread();
      fingers.set(pointerId, { x, y });
      if (!isKnown || fingers.size !== 2 || before === 0) return;
      const box = outer.getBoundingClientRect();
      const [sumX, sumY] = [...fingers.values()].reduce(([a, b], one) => [a + one.x, b + one.y], [0, 0]);
      const [midX, midY] = [sumX / 2 - box.left, sumY / 2 - box.top];
      zoomAround(outer, zoom, (zoom.value * spread()) / before, midX, midY);
    },
    lift({ pointerId }: PointerEvent) {
      fingers.delete(pointerId);
    },
  };
}

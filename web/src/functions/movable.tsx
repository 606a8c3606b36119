/**
 * Lies over a figure and moves its point: a click or tap anywhere brings it there, and it can be
 * dragged. With fingers it is the point that is dragged, so that the page can still be scrolled.
 * It is only for pointers: the sliders do the same for everybody.
 */
import { effect, type ReadonlySignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Figure } from "../figures/figures";
import type { Ends } from "../protocol/functions";

export interface Place {
  x: number;
  y: number;
}

interface Props {
  figure: ReadonlySignal<Figure | null>;
  /** Where the point is, and what the figure shows of each axis. */
  at: ReadonlySignal<Place>;
  ends: ReadonlySignal<readonly [Ends, Ends]>;
  onMove(to: Place): void;
}

export function Movable({ figure, at, ends, onMove }: Props) {
  const cover = useRef<HTMLDivElement>(null);
  const handle = useRef<HTMLSpanElement>(null);
  /** Where the pointer is: a mouse tells it more often than anything is drawn. */
  const wanted = useRef<Place | null>(null);
  const moveInTime = (to: Place) => {
    if (!wanted.current) {
      requestAnimationFrame(() => {
        if (wanted.current) onMove(wanted.current);
        wanted.current = null;
      });
    }
    wanted.current = to;
  };
  useEffect(() => {
    const put = () => putHandle(handle.current, figure.peek(), at.peek(), ends.peek());
    // The figure is laid out a moment after its place.
    const observer = new ResizeObserver(() => setTimeout(put, 100));
    if (cover.current) observer.observe(cover.current);
    const stop = effect(() => {
      void [figure.value, at.value, ends.value];
      put();
    });
    return () => {
      observer.disconnect();
      stop();
    };
  }, []);

  const moveTo = (event: PointerEvent) => {
    const frame = figure.peek()?.frame;
    const box = cover.current?.getBoundingClientRect();
    if (!frame || !box) return;
    const [x, y] = ends.peek();
    const across = (event.clientX - box.left - frame.left) / frame.width;
    const up = 1 - (event.clientY - box.top - frame.top) / frame.height;
    moveInTime({ x: within(x, across), y: within(y, up) });
  };
  return (
    <div
      class="movable"
      ref={cover}
      aria-hidden="true"
      onPointerDown={(event) => {
        const isFinger = event.pointerType === "touch" && event.target !== handle.current;
        if (!isFinger) event.currentTarget.setPointerCapture(event.pointerId);
        moveTo(event);
      }}
      onPointerMove={(event) => event.buttons > 0 && moveTo(event)}
    >
      <span class="handle" ref={handle} />
    </div>
  );
}

function within([from, to]: Ends, share: number): number {
  return from + Math.min(1, Math.max(0, share)) * (to - from);
}

function putHandle(
  handle: HTMLElement | null,
  figure: Figure | null,
  { x, y }: Place,
  [across, up]: readonly [Ends, Ends],
): void {
  const frame = figure?.frame;
  if (!handle || !frame) return;
  const share = (value: number, [from, to]: Ends) => (value - from) / (to - from);
  const [right, high] = [share(x, across), share(y, up)];
  const isSeen = right >= 0 && right <= 1 && high >= 0 && high <= 1;
  handle.hidden = !isSeen;
  if (!isSeen) return;
  handle.style.left = `${frame.left + right * frame.width}px`;
  handle.style.top = `${frame.top + (1 - high) * frame.height}px`;
}

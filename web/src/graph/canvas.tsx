/**
 * The drawn graph, of any size, in a window of a fixed height.
 *
 * It is seen whole at first, where that leaves letters to be read; from there it can be made larger
 * and smaller, and moved. A canvas can't be as wide as a graph of three hundred boxes. So an empty
 * element of the graph's full size makes the scrollbars, the canvas sticks to the window over it,
 * and scrolling moves the figure's ranges.
 */
import { effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { BOX } from "./curves";
import type { Figure } from "../figures/figures";
import { layoutsOf, type Direction, type Layout } from "./layout";
import type { Graph } from "../protocol/expression";
import { FigureFrame } from "../figures/frame";
import { theme } from "../figures/theme";
import { draw, type Drawing } from "./drawing";
import { isSameShape } from "./sameshape";
import type { WalkState } from "./walk";
import { STEP, createHand, fitting, zoomAround } from "./zoom";

interface Props {
  graph: ReadonlySignal<Graph | null>;
  walk: ReadonlySignal<WalkState | null>;
  /** The node at which a learner's library goes wrong. */
  wrong: ReadonlySignal<number | null>;
  /** A box was clicked. */
  onPick?(node: number): void;
}

export function GraphCanvas({ graph, walk, wrong, onPick }: Props) {
  const zoom = useMemo(() => signal(1), []);
  const scroller = useRef<HTMLDivElement>(null);
  const pane = useRef<HTMLDivElement>(null);
  // Not as the page is drawn: what is drawn of a graph changes at once with all that is said of it.
  const direction = useMemo(() => signal<Direction>("right"), []);
  const layouts = useMemo(() => layoutsOf(graph, direction), [graph]);
  useEffect(() => followShape(scroller.current, direction), []);
  useEffect(() => frameNew(scroller, layouts, zoom), [layouts]);
  useEffect(
    () => effect(() => reveal(scroller.current, layouts.value, walk.value, zoom.peek())),
    [layouts],
  );

  const feed = (figure: Figure) => {
    if (!scroller.current || !pane.current) return () => {};
    return connect(figure, pane.current, scroller.current, { layout: layouts, walk, wrong, zoom });
  };
  const zoomTo = (wanted: number) => {
    const outer = scroller.current;
    if (outer) zoomAround(outer, zoom, wanted, outer.clientWidth / 2, outer.clientHeight / 2);
  };
  const hand = useMemo(() => createHand(scroller, zoom), []);
  const layout = layouts.value;
  const { width, height } = { width: layout.width * zoom.value, height: layout.height * zoom.value };
  return (
    <>
      <div
        class="graph-scroll"
        ref={scroller}
        tabIndex={0}
        role="group"
        aria-label="The graph; arrow keys move it"
        {...hand.handlers}
        onClick={(event) => {
          const at = placeOf(event, scroller.current, layout, zoom.value);
          if (at !== null && !hand.hasMoved()) onPick?.(at);
        }}
      >
        <div class="graph-extent" style={{ width: `${width}px`, height: `${height}px` }}>
          <div class="graph-window" ref={pane}>
            <FigureFrame name="graph" label={describe(layout.graph)} class="graph-figure" feed={feed} />
          </div>
        </div>
      </div>
      <div class="graph-zoom">
        <button type="button" aria-label="Zoom out" onClick={() => zoomTo(zoom.value / STEP)}>
          −
        </button>
        <button type="button" aria-label="Zoom in" onClick={() => zoomTo(zoom.value * STEP)}>
          +
        </button>
        <button type="button" onClick={() => zoomTo(fitting(scroller.current, layout))}>
          Fit
        </button>
      </div>
    </>
  );
}

/** The node whose box is under the pointer. */
function placeOf(
  event: MouseEvent,
  outer: HTMLElement | null,
  layout: Layout,
  zoom: number,
): number | null {
  if (!outer) return null;
  const box = outer.getBoundingClientRect();
  const { left, top } = corner(outer, layout, zoom);
  const [x, y] = [left + (event.clientX - box.left) / zoom, top + (event.clientY - box.top) / zoom];
  const hit = layout.nodes.find(
    (one) => Math.abs(one.x - x) <= BOX.width / 2 && Math.abs(one.y - y) <= BOX.height / 2,
  );
  return hit?.node.id ?? null;
}

function describe(graph: Graph): string {
  const operations = graph.nodes.filter((node) => node.operation !== null).length;
  const leaves = graph.nodes.length - operations;
  return `${operations} operations on ${leaves} leaves. The table below has the numbers.`;
}

interface Shown extends Pick<Props, "walk" | "wrong"> {
  layout: ReadonlySignal<Layout>;
  zoom: ReadonlySignal<number>;
}

function connect(
  figure: Figure,
  inner: HTMLElement,
  outer: HTMLElement,
  { layout, walk, wrong, zoom }: Shown,
): () => void {
  const look = () => lookAt(figure, outer, layout.value, zoom.value);
  const resize = () => {
    const { clientWidth: width, clientHeight: height } = outer;
    inner.style.width = `${width}px`;
    inner.style.height = `${height}px`;
    // It reaches past the window on each side; `web/figures/graph.py` says why.
    inner.style.setProperty("--rim", `${figure.border}px`);
    figure.resize(width + 2 * figure.border, height + 2 * figure.border);
    look();
  };
  const observer = new ResizeObserver(resize);
  observer.observe(outer);
  outer.addEventListener("scroll", look, { passive: true });
  const stop = effect(() => {
    if (!walk.value) return;
    show(figure, draw(layout.value, walk.value, theme.value, wrong.value, zoom.value));
    look();
  });
  return () => {
    observer.disconnect();
    outer.removeEventListener("scroll", look);
    stop();
  };
}

/** Shows a drawing in the figure `graph`. */
export function show(figure: Figure, { operations, leaves, ...columns }: Drawing): void {
  figure.setRows("operations", operations);
  figure.setRows("leaves", leaves);
  for (const [source, of] of Object.entries(columns)) figure.setColumns(source, of);
}

/** Sets the ranges to what the window shows. */
function lookAt(figure: Figure, outer: HTMLElement, layout: Layout, zoom: number): void {
  const { left, top } = corner(outer, layout, zoom);
  figure.setRange("x", left, left + outer.clientWidth / zoom);
  figure.setRange("y", top + outer.clientHeight / zoom, top);
}

/** What is at the window's corner; a graph smaller than the window is centred. */
function corner(outer: HTMLElement, layout: Layout, zoom: number): { left: number; top: number } {
  const { clientWidth, clientHeight, scrollLeft, scrollTop } = outer;
  const [width, height] = [clientWidth / zoom, clientHeight / zoom];
  return {
    left: scrollLeft / zoom - Math.max(0, (width - layout.width) / 2),
    top: scrollTop / zoom - Math.max(0, (height - layout.height) / 2),
  };
}

/** A window that is higher than wide, as on a phone, shows larger boxes from top to bottom. */
function followShape(outer: HTMLElement | null, direction: Signal<Direction>): () => void {
  if (!outer) return () => {};
  const look = () => {
    // Without the scrollbars, which come and go with the direction.
    direction.value = outer.offsetWidth < outer.offsetHeight ? "down" : "right";
  };
  look();
  const observer = new ResizeObserver(look);
  observer.observe(outer);
  return () => observer.disconnect();
}

/** Shows each graph of another shape whole, if that leaves letters to be read. */
function frameNew(
  scroller: { current: HTMLElement | null },
  layouts: ReadonlySignal<Layout>,
  zoom: Signal<number>,
): () => void {
  let shown: Layout | null = null;
  return layouts.subscribe((layout) => {
    const isKnown = shown?.direction === layout.direction;
    if (!isKnown || !isSameShape(shown?.graph ?? null, layout.graph)) {
      zoom.value = fitting(scroller.current, layout);
      showResult(scroller.current, layout, zoom.value);
    }
    shown = layout;
  });
}

/** A new graph is first seen where its backward pass begins: at its result. */
function showResult(outer: HTMLElement | null, layout: Layout, zoom: number): void {
  const { x = 0, y = 0 } = layout.nodes.find(({ node }) => node.id === layout.graph.order[0]) ?? {};
  const isDown = layout.direction === "down";
  requestAnimationFrame(() =>
    outer?.scrollTo({
      left: isDown ? x * zoom - outer.clientWidth / 2 : layout.width * zoom,
      top: isDown ? layout.height * zoom : y * zoom - outer.clientHeight / 2,
    }),
  );
}

/** Scrolls to the box at work, and those its edges lead to, where they are out of sight. */
function reveal(
  outer: HTMLElement | null,
  layout: Layout,
  walk: WalkState | null,
  zoom: number,
): void {
  const active = layout.nodes.find(({ node }) => node.id === walk?.active);
  if (!outer || !active) return;
  const margin = { x: BOX.width * 1.25 * zoom, y: BOX.height * zoom };
  const [x, y] = [active.x * zoom, active.y * zoom];
  const { clientWidth: width, clientHeight: height, scrollLeft: left, scrollTop: top } = outer;
  const isSeen =
    x - margin.x >= left &&
    x + margin.x <= left + width &&
    y - margin.y >= top &&
    y + margin.y <= top + height;
  if (isSeen) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  outer.scrollTo({
    // More room where the derivative goes.
    left: x - width * (layout.direction === "right" ? 0.6 : 0.5),
    top: y - height * (layout.direction === "right" ? 0.5 : 0.6),
    behavior: calm ? "auto" : "smooth",
  });
}

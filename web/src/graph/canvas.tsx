/**
 * The drawn graph, of any size, in a window of a fixed height.
 *
 * A canvas can't be as wide as a graph of three hundred boxes. So an empty element of the graph's
 * full size makes the scrollbars, the canvas sticks to the window over it, and scrolling moves
 * the figure's ranges: one unit of data is one pixel, wherever the reader looks.
 */
import { effect, signal, type ReadonlySignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { BOX } from "./curves";
import type { Figure } from "../figures/figures";
import { layOut, type Layout } from "./layout";
import type { Graph } from "../protocol/expression";
import { FigureFrame } from "../figures/frame";
import { theme } from "../figures/theme";
import { draw, type Drawing } from "./drawing";
import type { WalkState } from "./walk";

interface Props {
  graph: Graph;
  walk: ReadonlySignal<WalkState | null>;
  /** The node at which a learner's library goes wrong. */
  wrong: ReadonlySignal<number | null>;
}

export function GraphCanvas({ graph, walk, wrong }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const pane = useRef<HTMLDivElement>(null);
  const layout = useMemo(() => layOut(graph), [graph]);
  const current = useMemo(() => signal(layout), []);
  useEffect(() => {
    current.value = layout;
    showResult(scroller.current, layout, graph.order[0]);
  }, [layout]);
  useEffect(() => effect(() => reveal(scroller.current, current.value, walk.value)), []);

  const feed = (figure: Figure) => {
    if (!scroller.current || !pane.current) return () => {};
    return connect(figure, pane.current, scroller.current, { layout: current, walk, wrong });
  };
  return (
    <div
      class="graph-scroll"
      ref={scroller}
      tabIndex={0}
      role="group"
      aria-label="The graph; arrow keys move it"
    >
      <div
        class="graph-extent"
        style={{ width: `${layout.width}px`, height: `${layout.height}px` }}
      >
        <div class="graph-window" ref={pane}>
          <FigureFrame name="graph" label={describe(graph)} class="graph-figure" feed={feed} />
        </div>
      </div>
    </div>
  );
}

function describe(graph: Graph): string {
  const operations = graph.nodes.filter((node) => node.operation !== null).length;
  const leaves = graph.nodes.length - operations;
  return `${operations} operations on ${leaves} leaves. The table below has the numbers.`;
}

function connect(
  figure: Figure,
  inner: HTMLElement,
  outer: HTMLElement,
  { layout, walk, wrong }: Omit<Props, "graph"> & { layout: ReadonlySignal<Layout> },
): () => void {
  const look = () => lookAt(figure, outer, layout.value);
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
    show(figure, draw(layout.value, walk.value, theme.value, wrong.value));
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

/** Sets the ranges to what the window shows; a graph smaller than the window is centred. */
function lookAt(figure: Figure, outer: HTMLElement, layout: Layout): void {
  const { clientWidth: width, clientHeight: height, scrollLeft, scrollTop } = outer;
  const left = scrollLeft - Math.max(0, (width - layout.width) / 2);
  const top = scrollTop - Math.max(0, (height - layout.height) / 2);
  figure.setRange("x", left, left + width);
  figure.setRange("y", top + height, top);
}

/** A new graph is first seen where its backward pass begins: at its right end. */
function showResult(outer: HTMLElement | null, layout: Layout, result: number | undefined): void {
  const { y = 0 } = layout.nodes.find(({ node }) => node.id === result) ?? {};
  outer?.scrollTo({ left: layout.width, top: y - outer.clientHeight / 2 });
}

/** Scrolls to the box at work, and those its edges lead to, where they are out of sight. */
function reveal(outer: HTMLElement | null, layout: Layout, walk: WalkState | null): void {
  const active = layout.nodes.find(({ node }) => node.id === walk?.active);
  if (!outer || !active) return;
  const margin = { x: BOX.width * 1.25, y: BOX.height };
  const { clientWidth: width, clientHeight: height, scrollLeft: left, scrollTop: top } = outer;
  const isSeen =
    active.x - margin.x >= left &&
    active.x + margin.x <= left + width &&
    active.y - margin.y >= top &&
    active.y + margin.y <= top + height;
  if (isSeen) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  outer.scrollTo({
    // More room on the left: that is where the derivative goes.
    left: active.x - width * 0.6,
    top: active.y - height / 2,
    behavior: calm ? "auto" : "smooth",
  });
}

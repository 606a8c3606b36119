/** A function of two inputs from above, as a map of its heights, with a point to move. */
import { effect, useSignal, type Signal } from "@preact/signals";
import { useEffect, useId, useMemo, useRef } from "preact/hooks";
import { blend, theme } from "../figures/theme";
import { float } from "../format";
import { parseFormula, type Formula } from "./formula";
import { SignalSlider } from "./slider";

/** Squares along a side of the map. */
const CELLS = 96;
const SHADES = 64;
/** The length of an arrow for a slope of 1, as a share of the side. */
const ARROW = 0.12;

interface Props {
  name: string;
  /** A formula of x and y. */
  f: string;
  from: number;
  to: number;
  at: [number, number];
}

export function Surface({ name, from, to, ...props }: Props) {
  const f = useMemo(() => parseFormula(props.f), [props.f]);
  const [x, y] = [useSignal(props.at[0]), useSignal(props.at[1])];
  const id = useId();
  const { value, dx, dy } = f(x.value, y.value);
  return (
    <section class="card plot" aria-labelledby={id}>
      <h3 id={id}>{name}</h3>
      <Map {...{ f, from, to, x, y }} />
      <div class="plot-controls">
        <SignalSlider label="x" value={x} min={from} max={to} />
        <SignalSlider label="y" value={y} min={from} max={to} />
      </div>
      <p class="plot-words" aria-live="polite">
        {`At (${float(x.value, 3)}, ${float(y.value, 3)}) the height is ${float(value, 4)}. ` +
          `Along x the slope is ${float(dx, 4)}, along y ${float(dy, 4)}.`}
      </p>
    </section>
  );
}

interface MapProps {
  f: Formula;
  from: number;
  to: number;
  x: Signal<number>;
  y: Signal<number>;
}

function Map({ f, from, to, x, y }: MapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const heights = useMemo(() => heightsOf(f, from, to), [f, from, to]);
  useEffect(() => effect(() => paint(canvas.current, heights, theme.value)), [heights]);

  const share = (value: number) => (value - from) / (to - from);
  const at = { left: share(x.value), top: 1 - share(y.value) };
  const { dx, dy } = f(x.value, y.value);
  const moveTo = (event: PointerEvent & { currentTarget: SVGSVGElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const within = (part: number) => from + Math.min(1, Math.max(0, part)) * (to - from);
    x.value = within((event.clientX - box.left) / box.width);
    y.value = within(1 - (event.clientY - box.top) / box.height);
  };
  return (
    <div class="plot-map">
      <canvas ref={canvas} width={CELLS} height={CELLS} aria-hidden="true" />
      <svg
        viewBox="0 0 1 1"
        aria-hidden="true"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          moveTo(event);
        }}
        onPointerMove={(event) => event.buttons > 0 && moveTo(event)}
      >
        <path class="slope-arrow" d={`M${at.left} ${at.top}h${ARROW * dx}`} />
        <path class="slope-arrow" d={`M${at.left} ${at.top}v${-ARROW * dy}`} />
        <circle class="dot" cx={at.left} cy={at.top} r={0.022} />
      </svg>
    </div>
  );
}

/** Row by row from the top, scaled to lie between 0 and 1. */
function heightsOf(f: Formula, from: number, to: number): number[] {
  const at = (i: number) => from + ((i + 0.5) / CELLS) * (to - from);
  const values = Array.from(
    { length: CELLS * CELLS },
    (_, i) => f(at(i % CELLS), at(CELLS - 1 - Math.floor(i / CELLS))).value,
  );
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return values.map((value) => (value - low) / (high - low || 1));
}

type Colors = typeof theme.value;

function paint(canvas: HTMLCanvasElement | null, heights: number[], colors: Colors): void {
  const context = canvas?.getContext("2d");
  if (!context) return;
  const shades = [
    ...blend(colors["zero-soft"], colors["half-soft"], SHADES / 2),
    ...blend(colors["half-soft"], colors["one-soft"], SHADES / 2),
  ];
  heights.forEach((height, i) => {
    context.fillStyle = shades[Math.round(height * (SHADES - 1))] ?? "";
    context.fillRect(i % CELLS, Math.floor(i / CELLS), 1, 1);
  });
}

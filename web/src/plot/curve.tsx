/** The curve of a formula, with a point to drag, its tangent, and a secant. */
import { useComputed, useSignal, type Signal } from "@preact/signals";
import { useId, useMemo, useRef } from "preact/hooks";
import { float } from "../format";
import { Axes } from "./axes";
import { parseFormula, type Formula } from "./formula";
import { bounds, pathOf, place, sample, valueAt, type Scale } from "./scale";
import { Slider } from "./slider";

const WIDTH = 640;
const HEIGHT = 340;
const X = { start: 46, end: WIDTH - 14 };
const Y = { start: HEIGHT - 30, end: 12 };

export type Side = "right" | "both";

interface Props {
  name: string;
  /** A formula of x. */
  f: string;
  from: number;
  to: number;
  at: number;
  tangent?: boolean;
  /** The curve of the slopes, too. */
  derivative?: boolean;
  /** A line through two points: to the right of x, or on both sides; "choose": as one likes. */
  secant?: Side | "choose" | null;
  /** The distance of the two points, to begin with. */
  epsilon?: number;
}

export function Curve(props: Props) {
  const { name, from, to, tangent = false, derivative = false, secant = null } = props;
  const f = useMemo(() => parseFormula(props.f), [props.f]);
  const at = useSignal(props.at);
  const epsilon = useSignal(props.epsilon ?? 1);
  const side = useSignal<Side>(secant === "both" || secant === "choose" ? "both" : "right");
  const id = useId();
  return (
    <section class="card plot" aria-labelledby={id}>
      <h3 id={id}>{name}</h3>
      <Drawing {...{ f, from, to, at, tangent, derivative }} secant={secant && { epsilon, side }} />
      <div class="plot-controls">
        <Slider label="x" value={at} min={from} max={to} />
        {secant && <Slider label="ε" value={epsilon} min={-3} max={0.3} isLog step={0.05} />}
        {secant === "choose" && <SideChoice side={side} />}
      </div>
      <p class="plot-words" aria-live="polite">
        {describe(f, at.value, props.f, secant && { epsilon, side })}
      </p>
    </section>
  );
}

interface Secant {
  epsilon: Signal<number>;
  side: Signal<Side>;
}

function SideChoice({ side }: { side: Signal<Side> }) {
  const name = useId();
  const choice = (value: Side, label: string) => (
    <label>
      <input
        type="radio"
        name={name}
        checked={side.value === value}
        onChange={() => (side.value = value)}
      />
      {label}
    </label>
  );
  return (
    <fieldset class="choices">
      <legend>Second point</legend>
      {choice("right", "on one side")}
      {choice("both", "on both sides")}
    </fieldset>
  );
}

/** The ends of a secant: x and x + ε, or ε/2 to either side. */
export function endsOf(x: number, { epsilon, side }: { epsilon: number; side: Side }) {
  return side === "right" ? [x, x + epsilon] : [x - epsilon / 2, x + epsilon / 2];
}

function slopeBetween(f: Formula, [a, b]: number[]): number {
  return (f(b ?? 0).value - f(a ?? 0).value) / ((b ?? 0) - (a ?? 0));
}

function describe(f: Formula, x: number, text: string, secant: Secant | null): string {
  const { value, dx } = f(x);
  const point = `At x = ${float(x, 3)}: ${text} = ${float(value, 4)}, slope ${float(dx, 4)}.`;
  if (!secant) return point;
  const ends = endsOf(x, { epsilon: secant.epsilon.value, side: secant.side.value });
  const found = slopeBetween(f, ends);
  return `${point} The secant’s slope is ${float(found, 4)}: off by ${float(Math.abs(found - dx), 2)}.`;
}

interface DrawingProps {
  f: Formula;
  from: number;
  to: number;
  at: Signal<number>;
  tangent: boolean;
  derivative: boolean;
  secant: Secant | null;
}

function Drawing({ f, from, to, at, tangent, derivative, secant }: DrawingProps) {
  const drawn = useRef<SVGSVGElement>(null);
  const { x, y, curve, slopes } = useMemo(() => {
    const points = sample((t) => f(t).value, from, to);
    const along = derivative ? sample((t) => f(t).dx, from, to) : [];
    const [low, high] = bounds([...points, ...along].map((point) => point.y));
    const x: Scale = { from, to, ...X };
    const y: Scale = { from: low, to: high, ...Y };
    return { x, y, curve: pathOf(points, x, y), slopes: pathOf(along, x, y) };
  }, [f, from, to, derivative]);

  const lines = useComputed(() => {
    const { value, dx } = f(at.value);
    const line = (slope: number, through: number, height: number) =>
      pathOf(
        [from, to].map((t) => ({ x: t, y: height + slope * (t - through) })),
        x,
        { ...y, from: y.from, to: y.to },
      );
    const ends = secant
      ? endsOf(at.value, { epsilon: secant.epsilon.value, side: secant.side.value })
      : [];
    return {
      dot: { x: place(x, at.value), y: place(y, value) },
      slopeDot: { x: place(x, at.value), y: place(y, dx) },
      tangent: tangent ? line(dx, at.value, value) : "",
      secant: ends.length ? line(slopeBetween(f, ends), ends[0] ?? 0, f(ends[0] ?? 0).value) : "",
      ends: ends.map((t) => ({ x: place(x, t), y: place(y, f(t).value) })),
    };
  });

  const moveTo = (event: PointerEvent) => {
    const box = drawn.current?.getBoundingClientRect();
    if (!box) return;
    const wanted = valueAt(x, ((event.clientX - box.left) / box.width) * WIDTH);
    at.value = Math.min(to, Math.max(from, wanted));
  };
  const { dot, slopeDot, ends } = lines.value;
  return (
    <svg
      ref={drawn}
      class="plot-drawing"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden="true"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        moveTo(event);
      }}
      onPointerMove={(event) => event.buttons > 0 && moveTo(event)}
    >
      <Axes x={x} y={y} />
      <svg x={X.start} y={Y.end} width={X.end - X.start} height={Y.start - Y.end} viewBox={INNER}>
        {derivative && <path class="slopes" d={slopes} />}
        <path class="curve" d={curve} />
        {lines.value.tangent && <path class="tangent" d={lines.value.tangent} />}
        {lines.value.secant && <path class="secant" d={lines.value.secant} />}
      </svg>
      {ends.map((end, i) => (
        <circle key={i} class="end" cx={end.x} cy={end.y} r={5} />
      ))}
      {derivative && <circle class="slope-dot" cx={slopeDot.x} cy={slopeDot.y} r={5} />}
      <circle class="dot" cx={dot.x} cy={dot.y} r={8} />
    </svg>
  );
}

const INNER = `${X.start} ${Y.end} ${X.end - X.start} ${Y.start - Y.end}`;


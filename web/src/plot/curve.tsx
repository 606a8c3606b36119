/** The curve of a formula, with a point to drag, its tangent, and a secant. */
import { useSignal, type Signal } from "@preact/signals";
import { useId, useMemo, useRef } from "preact/hooks";
import { float } from "../format";
import { Axes } from "./axes";
import { parseFormula, type Formula } from "./formula";
import { bounds, pathOf, place, sample, valueAt, type Scale } from "./scale";
import { useSize } from "./size";
import { SignalSlider } from "./slider";

/** Room for the numbers at the edges. */
const EDGE = { left: 46, right: 14, top: 12, bottom: 30 };

export type Side = "right" | "both";

interface Props {
  name: string;
  /** Its place among the headings of the page. */
  heading?: "h2" | "h3";
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
  /** What the text calls it. */
  step?: string;
  /** What is said of the point; otherwise its numbers. */
  words?(x: number, value: number, slope: number): string;
}

export function Curve(props: Props) {
  const { name, heading: Heading = "h3", from, to, tangent = false, derivative = false, secant = null } = props;
  const f = useMemo(() => parseFormula(props.f), [props.f]);
  const at = useSignal(props.at);
  const epsilon = useSignal(props.epsilon ?? 1);
  const side = useSignal<Side>(secant === "both" || secant === "choose" ? "both" : "right");
  const id = useId();
  return (
    <section class="card plot" aria-labelledby={id}>
      <Heading id={id}>{name}</Heading>
      <Drawing {...{ f, from, to, at, tangent, derivative }} secant={secant && { epsilon, side }} />
      <div class="plot-controls">
        <SignalSlider label="x" value={at} min={from} max={to} />
        {secant && <SignalSlider label={props.step ?? "ε"} value={epsilon} min={-3} max={0.3} isLog step={0.05} />}
        {secant === "choose" && <SideChoice side={side} />}
      </div>
      <p class="plot-words" aria-live="polite">
        {props.words
          ? props.words(at.value, f(at.value).value, f(at.value).dx)
          : describe(f, at.value, props.f, secant && { epsilon, side })}
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
  const { width, height } = useSize(drawn).value;
  const { x, y, curve, slopes } = useMemo(() => {
    const points = sample((t) => f(t).value, from, to);
    const along = derivative ? sample((t) => f(t).dx, from, to) : [];
    const [low, high] = bounds([...points, ...along].map((point) => point.y));
    const x: Scale = { from, to, start: EDGE.left, end: width - EDGE.right };
    const y: Scale = { from: low, to: high, start: height - EDGE.bottom, end: EDGE.top };
    return { x, y, curve: pathOf(points, x, y), slopes: pathOf(along, x, y) };
  }, [f, from, to, derivative, width, height]);

  const { value, dx } = f(at.value);
  const ends = secant
    ? endsOf(at.value, { epsilon: secant.epsilon.value, side: secant.side.value })
    : [];
  const line = (slope: number, through: number, height: number) =>
    [from, to]
      .map((t) => `${place(x, t)} ${place(y, height + slope * (t - through))}`)
      .join("L");
  const moveTo = (event: PointerEvent) => {
    const box = drawn.current?.getBoundingClientRect();
    if (!box) return;
    const wanted = valueAt(x, ((event.clientX - box.left) / box.width) * width);
    at.value = Math.min(to, Math.max(from, wanted));
  };
  const inside = { x: x.start, y: y.end, width: x.end - x.start, height: y.start - y.end };
  const [first = 0] = ends;
  return (
    <svg
      ref={drawn}
      class="plot-drawing"
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        moveTo(event);
      }}
      onPointerMove={(event) => event.buttons > 0 && moveTo(event)}
    >
      <Axes x={x} y={y} />
      <svg {...inside} viewBox={Object.values(inside).join(" ")}>
        {derivative && <path class="slopes" d={slopes} />}
        <path class="curve" d={curve} />
        {tangent && <path class="tangent" d={`M${line(dx, at.value, value)}`} />}
        {secant && (
          <path class="secant" d={`M${line(slopeBetween(f, ends), first, f(first).value)}`} />
        )}
      </svg>
      {ends.map((end, i) => (
        <circle key={i} class="end" cx={place(x, end)} cy={place(y, f(end).value)} r={5} />
      ))}
      {derivative && <circle class="slope-dot" cx={place(x, at.value)} cy={place(y, dx)} r={5} />}
      <circle class="dot" cx={place(x, at.value)} cy={place(y, value)} r={8} />
    </svg>
  );
}

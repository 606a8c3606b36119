/** How far a central difference is off, for each epsilon: falling with it, until rounding takes over. */
import { useSignal } from "@preact/signals";
import { useId, useMemo, useRef } from "preact/hooks";
import { Axes } from "./axes";
import { parseFormula, type Formula } from "./formula";
import { pathOf, place, power, type Point, type Scale } from "./scale";
import { useSize, type Size } from "./size";
import { SignalSlider } from "./slider";

/** Powers of ten. */
const SMALLEST = -15;
const LARGEST = 0;
/** Of the errors: what is below can't be told from none. */
const LOWEST = -13;
const HIGHEST = 1;

function scales({ width, height }: Size): { x: Scale; y: Scale } {
  return {
    x: { from: SMALLEST, to: LARGEST, start: 56, end: width - 14 },
    y: { from: LOWEST, to: HIGHEST, start: height - 30, end: 12 },
  };
}

interface Props {
  name: string;
  /** A formula of x. */
  f: string;
  at: number;
  epsilon: number;
}

/** The share by which a central difference misses the derivative. */
export function errorOf(f: Formula, x: number, epsilon: number): number {
  const found = (f(x + epsilon / 2).value - f(x - epsilon / 2).value) / epsilon;
  const { dx } = f(x);
  return Math.abs(found - dx) / Math.abs(dx || 1);
}

export function ErrorCurve({ name, at, ...props }: Props) {
  const f = useMemo(() => parseFormula(props.f), [props.f]);
  const epsilon = useSignal(props.epsilon);
  const drawn = useRef<SVGSVGElement>(null);
  const { width, height } = useSize(drawn).value;
  const { x, y } = scales({ width, height });
  const curve = useMemo(() => errorCurve(f, at, { width, height }), [f, at, width, height]);
  const error = errorOf(f, at, epsilon.value);
  const id = useId();
  const dot = { x: place(x, Math.log10(epsilon.value)), y: place(y, logOf(error)) };
  return (
    <section class="card plot" aria-labelledby={id}>
      <h3 id={id}>{name}</h3>
      <svg
        ref={drawn}
        class="plot-drawing is-still"
        viewBox={`0 0 ${width} ${height}`}
        aria-hidden="true"
      >
        <Axes x={x} y={y} write={powerOfTen} />
        <text class="region" x={place(x, -12.5)} y={height - 46}>
          rounding
        </text>
        <text class="region" x={place(x, -2.6)} y={height - 46}>
          truncation
        </text>
        <path class="curve" d={curve} />
        <circle class="dot" cx={dot.x} cy={dot.y} r={8} />
      </svg>
      <div class="plot-controls">
        <SignalSlider label="ε" value={epsilon} min={SMALLEST} max={LARGEST} step={0.25} isLog />
      </div>
      <p class="plot-words" aria-live="polite">
        {`With ε = ${power(epsilon.value)} the central difference of ${props.f} at ${at} is off by ` +
          `${error === 0 ? "nothing that can be seen" : `${power(error)} of the derivative`}.`}
      </p>
    </section>
  );
}

function errorCurve(f: Formula, at: number, size: Size): string {
  const { x, y } = scales(size);
  const points: Point[] = [];
  for (let exponent = SMALLEST; exponent <= LARGEST + 1e-9; exponent += 0.1) {
    points.push({ x: exponent, y: logOf(errorOf(f, at, 10 ** exponent)) });
  }
  return pathOf(points, x, y);
}

function logOf(error: number): number {
  return Math.max(LOWEST, Math.min(HIGHEST, Math.log10(error)));
}

function powerOfTen(exponent: number): string {
  return `1e${exponent}`.replace("-", "−");
}

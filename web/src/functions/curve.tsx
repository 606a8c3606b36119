/** The curve of a function of one number, with a point to move, its tangent, and a secant. */
import { computed, effect, useComputed, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId, useMemo } from "preact/hooks";
import type { Figure } from "../figures/figures";
import { FigureFrame } from "../figures/frame";
import { theme } from "../figures/theme";
import { float } from "../format";
import type { Ends } from "../protocol/functions";
import { Term } from "../ui/term";
import { EPSILONS } from "./epsilons";
import { roomyBounds, curveOf, snapped, straight } from "./lines";
import { Movable } from "./movable";
import type { FunctionStudy } from "./study";

interface Props {
  study: FunctionStudy;
  title?: string;
  /** What it shows, behind a question mark. */
  about?: ComponentChildren;
  children?: ComponentChildren;
}

const NOTHING: Ends = [0, 1];

/** What the figure shows of each axis. */
export function endsOf({ range, shown }: FunctionStudy): [Ends, Ends] {
  const values = range.value?.values;
  return [shown.value?.ranges[0] ?? NOTHING, values ? roomyBounds(values) : NOTHING];
}

export function CurveFigure({ study, title = "Function", about, children }: Props) {
  const id = useId();
  const figure = useSignal<Figure | null>(null);
  const ends = useMemo(() => computed(() => endsOf(study)), [study]);
  const at = useComputed(() => ({ x: study.at.value[0], y: study.value.value }));
  const move = ({ x }: { x: number }) => {
    study.at.value = [snapped(x, ends.peek()[0]), study.at.peek()[1]];
  };
  return (
    <section class="card studied" aria-labelledby={id}>
      <div class="card-head">
        <h2 id={id}>{title}</h2>
        {about && <Term describedBy={id}>{about}</Term>}
      </div>
      <div class="studied-frame">
        <FigureFrame
          name="curve"
          label={describe(study)}
          class="studied-figure"
          feed={(made) => {
            figure.value = made;
            return feedCurve(made, study);
          }}
        />
        <Movable figure={figure} at={at} ends={ends} onMove={move} />
      </div>
      <p class="legend">
        <span class="legend-item key-tangent">tangent: the derivative by the backward pass</span>
        <span class="legend-item key-secant">secant: the central difference</span>
      </p>
      {children}
    </section>
  );
}

/** Keeps the figure in step with the study, until what it returns is called. */
export function feedCurve(figure: Figure, study: FunctionStudy): () => void {
  const stops = [
    effect(() => paint(figure)),
    effect(() => {
      const [across, up] = endsOf(study);
      figure.setRange("x", ...across);
      figure.setRange("y", ...up);
      const { places = [], values = [], derivatives = [] } = study.range.value ?? {};
      figure.setColumns("curve", { ...curveOf(places[0] ?? [], values, derivatives[0] ?? [], up) });
    }),
    effect(() => {
      const [[x], y] = [study.at.value, study.value.value];
      const [across] = endsOf(study);
      figure.setColumns("curve_point", { x: [x], y: [y] });
      figure.setColumns("tangent", { ...straight(across, x, y, study.derivative(0)) });
      const ends = secantOf(study);
      figure.setColumns("secant_ends", ends);
      const slope = study.difference(0) ?? NaN;
      figure.setColumns("secant", { ...straight(across, ends.x[0]!, ends.y[0]!, slope) });
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

function secantOf({ at, epsilon, look }: FunctionStudy): { x: number[]; y: number[] } {
  const [half, slope] = [EPSILONS[epsilon.value]! / 2, look.value?.slopes[0]];
  const [x] = at.value;
  const values = [slope?.below, slope?.above].map((column) => column?.[epsilon.value] ?? NaN);
  return { x: [x - half, x + half], y: values };
}

function paint(figure: Figure): void {
  const { ink, accent, one, surface } = theme.value;
  figure.restyle("curve_line", { line_color: ink });
  figure.restyle("tangent_line", { line_color: accent });
  figure.restyle("secant_line", { line_color: one });
  figure.restyle("secant_marks", { fill_color: surface, line_color: one });
  figure.restyle("curve_mark", { fill_color: accent, line_color: surface });
}

function describe({ at, value, range }: FunctionStudy): string {
  if (!range.value) return "The curve, once the function has run.";
  const [x] = at.value;
  return `The function’s curve, with a point at x = ${float(x)} where its value is ${float(value.value)}.`;
}

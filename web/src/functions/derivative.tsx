/** The derivative of a function of one number: by the backward pass, and by central differences. */
import { effect } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { Figure } from "../figures/figures";
import { FigureFrame } from "../figures/frame";
import { theme } from "../figures/theme";
import { float } from "../format";
import { Term } from "../ui/term";
import { endsOf } from "./curve";
import { roomyBounds, type Line } from "./lines";
import type { FunctionStudy } from "./study";

/** A mark at each so many places, beside the curve. */
const EVERY = 8;

interface Props {
  study: FunctionStudy;
  title?: string;
  about?: ComponentChildren;
  children?: ComponentChildren;
}

export function DerivativeFigure({ study, title = "Derivative", about, children }: Props) {
  const id = useId();
  return (
    <section class="card studied" aria-labelledby={id}>
      <div class="card-head">
        <h2 id={id}>{title}</h2>
        {about && <Term describedBy={id}>{about}</Term>}
      </div>
      <div class="studied-frame">
        <FigureFrame
          name="slope"
          label={describe(study)}
          class="studied-figure"
          feed={(figure) => feedDerivative(figure, study)}
        />
      </div>
      <p class="legend">
        <span class="legend-item key-tangent">backward pass</span>
        <span class="legend-item key-trial">central difference</span>
      </p>
      {children}
    </section>
  );
}

/** Keeps the figure in step with the study, until what it returns is called. */
export function feedDerivative(figure: Figure, study: FunctionStudy): () => void {
  const stops = [
    effect(() => paint(figure)),
    effect(() => {
      const { places = [], derivatives = [], differences = [] } = study.range.value ?? {};
      const [x, slopes] = [places[0] ?? [], derivatives[0] ?? []];
      const hasSlopes = Array.from(slopes).some(Number.isFinite);
      figure.setRange("x", ...endsOf(study)[0]);
      figure.setRange("y", ...roomyBounds(hasSlopes ? slopes : differences));
      figure.setColumns("slope", { ...finite(x, slopes, 1) });
      figure.setColumns("trials", { ...finite(x, differences, EVERY) });
    }),
    effect(() => {
      const [x] = study.at.value;
      figure.setColumns("slope_point", { x: [x], y: [study.derivative(0)] });
      figure.setColumns("slope_trial", { x: [x], y: [study.difference(0) ?? NaN] });
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

function finite(x: ArrayLike<number>, y: ArrayLike<number>, every: number): Line {
  const line: Line = { x: [], y: [] };
  for (let i = 0; i < Math.min(x.length, y.length); i += every) {
    line.x.push(x[i]!);
    line.y.push(Number.isFinite(y[i]) ? y[i]! : NaN);
  }
  return line;
}

function paint(figure: Figure): void {
  const { accent, one, surface } = theme.value;
  figure.restyle("slope_line", { line_color: accent });
  figure.restyle("slope_mark", { fill_color: accent, line_color: surface });
  figure.restyle("trial_marks", { line_color: one });
  figure.restyle("slope_trial_mark", { line_color: one });
}

function describe(study: FunctionStudy): string {
  if (!study.range.value) return "The derivative, once the function has run.";
  const [found, tried] = [study.derivative(0), study.difference(0)];
  const trial = tried === null ? "" : `, by a central difference ${float(tried)}`;
  return `The derivative’s curve: at x = ${float(study.at.value[0])} it is ${float(found)}${trial}.`;
}

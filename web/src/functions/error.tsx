/** How far the central difference is off, for each epsilon: truncation on one side, rounding on the other. */
import { effect } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { Figure } from "../figures/figures";
import { FigureFrame } from "../figures/frame";
import { theme } from "../figures/theme";
import { float } from "../format";
import { Term } from "../ui/term";
import { EPSILONS, epsilonText } from "./epsilons";
import type { FunctionStudy } from "./study";

/** What is smaller is drawn here, at the bottom: no number has so many digits. */
const LEAST = 1e-17;

interface Props {
  study: FunctionStudy;
  title?: string;
  about?: ComponentChildren;
  /** Along which argument, from 0. */
  argument?: number;
  children?: ComponentChildren;
}

export function ErrorFigure({ study, argument = 0, ...props }: Props) {
  const { title = "Error of the central difference", about, children } = props;
  const id = useId();
  return (
    <section class="card studied" aria-labelledby={id}>
      <div class="card-head">
        <h2 id={id}>{title}</h2>
        {about && <Term describedBy={id}>{about}</Term>}
      </div>
      <p class="kinds" aria-hidden="true">
        <span>← rounding</span>
        <span>truncation →</span>
      </p>
      <div class="studied-frame">
        <FigureFrame
          name="error"
          label={describe(study, argument)}
          class="studied-figure"
          patient
          feed={(figure) => feedError(figure, study, argument)}
        />
      </div>
      {children}
    </section>
  );
}

/** The distance of the central difference from what the backward pass found, for each epsilon. */
export function errorsOf(study: FunctionStudy, argument: number): number[] {
  const found = study.look.value?.slopes[argument];
  if (!found || found.derivative === null) return [];
  const { derivative, differences } = found;
  return Array.from(differences, (one) => Math.abs(one - derivative));
}

/** Keeps the figure in step with the study, until what it returns is called. */
export function feedError(figure: Figure, study: FunctionStudy, argument: number): () => void {
  const stops = [
    effect(() => {
      const { accent, one, surface } = theme.value;
      figure.restyle("error_line", { line_color: accent });
      figure.restyle("error_dots", { fill_color: accent });
      figure.restyle("error_mark", { fill_color: one, line_color: surface });
    }),
    effect(() => {
      // While Python looks at another place, the curve of the last one stays.
      const errors = errorsOf(study, argument);
      if (errors.length === 0 && study.range.value) return;
      const drawn = errors.map((error) => (error < LEAST ? LEAST : error));
      const top = Math.max(1, ...drawn.filter(Number.isFinite));
      const chosen = study.epsilon.value;
      figure.setRange("y", LEAST / 2, 10 * top);
      figure.setColumns("errors", { epsilon: EPSILONS.slice(0, drawn.length), error: drawn });
      figure.setColumns("error_now", {
        epsilon: EPSILONS.slice(chosen, chosen + 1),
        error: [drawn[chosen] ?? NaN],
      });
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

function describe(study: FunctionStudy, argument: number): string {
  const errors = errorsOf(study, argument);
  if (errors.length === 0) return "The error for each epsilon.";
  const least = errors.reduce((best, one, i) => (one < errors[best]! ? i : best), 0);
  const now = study.epsilon.value;
  return (
    `With epsilon ${epsilonText(EPSILONS[now]!)} the central difference is off by ` +
    `${float(errors[now] ?? NaN, 3)}; least with ${epsilonText(EPSILONS[least]!)}, ` +
    `by ${float(errors[least] ?? NaN, 3)}.`
  );
}

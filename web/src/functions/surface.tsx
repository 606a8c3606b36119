/** A function of two numbers from above, or one of its derivatives, with a point to move. */
import { effect, useComputed, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { Figure } from "../figures/figures";
import { FigureFrame } from "../figures/frame";
import { blend, theme } from "../figures/theme";
import { float } from "../format";
import type { Ends } from "../protocol/functions";
import { Term } from "../ui/term";
import { boundsOf, snapped } from "./lines";
import { Movable } from "./movable";
import type { FunctionStudy } from "./study";

const SHADES = 33;

/** What is shown: the function itself, or its derivative along an argument. */
export type Of = "value" | 0 | 1;

interface Props {
  study: FunctionStudy;
  of: Of;
  title: string;
  about?: ComponentChildren;
  children?: ComponentChildren;
}

export function SurfaceFigure({ study, of, title, about, children }: Props) {
  const id = useId();
  const figure = useSignal<Figure | null>(null);
  const ends = useComputed(() => sidesOf(study));
  const at = useComputed(() => ({ x: study.at.value[0], y: study.at.value[1] }));
  const bounds = useComputed(() => levelsOf(study, of));
  return (
    <section class="card studied" aria-labelledby={id}>
      <div class="card-head">
        <h2 id={id}>{title}</h2>
        {about && <Term describedBy={id}>{about}</Term>}
      </div>
      <div class="studied-frame">
        <FigureFrame
          name="surface"
          label={describe(study, of, title)}
          class="studied-figure is-square"
          feed={(made) => {
            figure.value = made;
            return feedSurface(made, study, of);
          }}
        />
        <Movable
          figure={figure}
          at={at}
          ends={ends}
          onMove={({ x, y }) => {
            const [across, up] = ends.peek();
            study.at.value = [snapped(x, across), snapped(y, up)];
          }}
        />
      </div>
      <p class="legend">
        <span class="legend-item">
          <span>{float(bounds.value[0], 3)}</span>
          <span class="ramp" aria-hidden="true" />
          <span>{float(bounds.value[1], 3)}</span>
        </span>
        <span class="legend-item">here {float(valueOf(study, of), 5)}</span>
      </p>
      {children}
    </section>
  );
}

function sidesOf({ shown }: FunctionStudy): readonly [Ends, Ends] {
  return shown.value?.ranges ?? [
    [0, 1],
    [0, 1],
  ];
}

function columnOf({ range }: FunctionStudy, of: Of): Float64Array | undefined {
  return of === "value" ? range.value?.values : range.value?.derivatives[of];
}

function valueOf(study: FunctionStudy, of: Of): number {
  return of === "value" ? study.value.value : study.derivative(of);
}

/** What the first and the last colour stand for; of a derivative the middle one is 0. */
export function levelsOf(study: FunctionStudy, of: Of): Ends {
  const [low, high] = boundsOf(columnOf(study, of) ?? []);
  const most = Math.max(Math.abs(low), Math.abs(high));
  return of === "value" ? [low, high] : [-most, most];
}

/** Keeps the figure in step with the study, until what it returns is called. */
export function feedSurface(figure: Figure, study: FunctionStudy, of: Of): () => void {
  const stops = [
    effect(() => paint(figure)),
    effect(() => {
      const [[left, right], [bottom, top]] = sidesOf(study);
      figure.setRange("x", left, right);
      figure.setRange("y", bottom, top);
      const values = columnOf(study, of);
      const side = study.range.value?.places[0]?.length ?? 0;
      if (!values || values.length !== side * side) return;
      // The outermost values are those at the very edge: half of each square lies outside.
      const [dw, dh] = [(right - left) / (side - 1), (top - bottom) / (side - 1)];
      const place = { x: [left - dw / 2], y: [bottom - dh / 2], dw: [side * dw], dh: [side * dh] };
      const [low, high] = levelsOf(study, of);
      figure.style("height_colors", { low, high });
      figure.setImage("heights", values, side, place);
    }),
    effect(() => {
      const [x, y] = study.at.value;
      const [across, up] = sidesOf(study);
      figure.setColumns("cross", { xs: [across, [x, x]], ys: [[y, y], up] });
      figure.setColumns("spot", { x: [x], y: [y] });
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

function paint(figure: Figure): void {
  const colors = theme.value;
  const fall = blend(colors["zero-soft"], colors["half-soft"], SHADES);
  const rise = blend(colors["half-soft"], colors["one-soft"], SHADES);
  figure.style("height_colors", { palette: [...fall, ...rise.slice(1)] });
  figure.restyle("cross_lines", { line_color: colors.ink });
  figure.restyle("spot_mark", { fill_color: colors.accent, line_color: colors.surface });
}

function describe(study: FunctionStudy, of: Of, title: string): string {
  const range = study.range.value;
  if (!range) return `${title}, once the function has run.`;
  const [x, y] = study.at.value;
  const there = valueOf(study, of);
  return `${title} as colours over the plane: at (${float(x)}, ${float(y)}) it is ${float(there)}.`;
}

/** The output along x₁ alone, across the middle of the plane: for data that x₂ says nothing about. */
import { effect } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { Figure } from "../figures/figures";
import { FigureFrame } from "../figures/frame";
import { theme } from "../figures/theme";
import type { Run } from "./run";

interface Props {
  run: Run;
  /** What stands beside the title. */
  head?: ComponentChildren;
}

export function SectionFigure({ run, head }: Props) {
  const id = useId();
  return (
    <section class="card boundary" aria-labelledby={id}>
      <div class="card-head">
        <h2 id={id}>Decision boundary</h2>
        {head}
      </div>
      <div class="boundary-stage">
        <FigureFrame
          name="section"
          label="The output for each x₁, at x₂ = 0.5, and the points at the height of their label."
          class="boundary-figure"
          feed={(figure) => feedSection(figure, run)}
        />
      </div>
      <p class="small">
        The output for each x₁, with x₂ = 0.5. Each point stands at the height of its label: above
        0.5 the network says 1.
      </p>
    </section>
  );
}

/** Keeps the figure in step with the run, until what it returns is called. */
export function feedSection(figure: Figure, { shown, points }: Run): () => void {
  const stops = [
    effect(() => {
      const colors = theme.value;
      figure.style("section_figure", { outline_line_color: colors.line });
      figure.restyle("section_line", { line_color: colors.ink });
      figure.restyle("marks_0", { fill_color: colors.zero, line_color: colors.surface });
      figure.restyle("marks_1", { fill_color: colors.one, line_color: colors.surface });
    }),
    effect(() => {
      const { x1 = [], label = [] } = points.value ?? {};
      for (const wanted of [0, 1]) {
        const chosen = x1.filter((_, i) => label[i] === wanted);
        figure.setColumns(`points_${wanted}`, { x1: chosen, label: chosen.map(() => wanted) });
      }
    }),
    effect(() => {
      const grid = shown.value;
      if (!grid) return;
      const { side, values } = grid;
      const middle = side * Math.floor(side / 2);
      const x1 = Array.from({ length: side }, (_, i) => (i + 0.5) / side);
      figure.setColumns("section", { x1, output: Array.from(values.slice(middle, middle + side)) });
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

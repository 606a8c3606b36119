/** The plane as the network sees it, with the points on it. */
import { effect, type ReadonlySignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { Figure } from "../figures/figures";
import { FigureFrame } from "../figures/frame";
import { blend, theme } from "../figures/theme";
import type { Point, Points } from "../protocol/training";
import { Term } from "../ui/term";
import { contour, refine } from "./contour";
import { allPoints, wrongPoints } from "./inspection";
import type { Run } from "./run";

const SHADES = 33;
/** Pixels along a side of the picture: the browser smooths each of them, in every frame. */
const FINE = 128;

interface Props {
  run: Run;
  title?: string;
  /** What it shows, behind a question mark. */
  about?: ComponentChildren;
  /** The point that is looked at. */
  chosen?: ReadonlySignal<Point | null>;
  /** What stands beside the title. */
  head?: ComponentChildren;
  /** What lies over the plane. */
  children?: ComponentChildren;
}

export function BoundaryFigure({ run, title = "Decision boundary", about, ...rest }: Props) {
  const { chosen, head, children } = rest;
  const id = useId();
  return (
    <section class="card boundary" aria-labelledby={id}>
      <div class="card-head">
        <h2 id={id}>{title}</h2>
        {about && <Term describedBy={id}>{about}</Term>}
        {head}
      </div>
      <div class="boundary-stage">
        <FigureFrame
          name="boundary"
          label={describe(run)}
          class="boundary-figure"
          patient
          feed={(figure) => feedBoundary(figure, run, chosen)}
        />
        {children}
      </div>
      <Legend hasHeldOut={(run.heldOut.value?.label.length ?? 0) > 0} />
    </section>
  );
}

/** Keeps the figure in step with the run, until what it returns is called. */
export function feedBoundary(
  figure: Figure,
  run: Run,
  chosen?: ReadonlySignal<Point | null>,
): () => void {
  const { shown, points, heldOut } = run;
  const stops = [
    effect(() => paint(figure)),
    effect(() => placePoints(figure, "points", points.value)),
    effect(() => placePoints(figure, "held", heldOut.value)),
    effect(() => {
      const all = allPoints(points.value, heldOut.value);
      const isTrained = (shown.value?.epoch ?? 0) > 0;
      const wrong = isTrained ? wrongPoints(run).flatMap((i) => all[i] ?? []) : [];
      figure.setColumns("wrong", columnsOf(wrong));
    }),
    effect(() => figure.setColumns("chosen", columnsOf(chosen?.value ? [chosen.value] : []))),
    effect(() => {
      const grid = shown.value;
      if (!grid) return;
      const fine = refine(grid, Math.max(1, Math.round(FINE / grid.side)));
      figure.setImage("boundary", fine.values, fine.side);
      figure.setColumns("contour", { ...contour(grid) });
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

function paint(figure: Figure): void {
  const colors = theme.value;
  const rise = blend(colors["half-soft"], colors["one-soft"], SHADES);
  const fall = blend(colors["zero-soft"], colors["half-soft"], SHADES);
  figure.style("boundary_colors", { palette: [...fall, ...rise.slice(1)] });
  figure.style("boundary_figure", { outline_line_color: colors.line });
  figure.restyle("contour_line", { line_color: colors.ink });
  figure.restyle("marks_0", { fill_color: colors.zero, line_color: colors.surface });
  figure.restyle("marks_1", { fill_color: colors.one, line_color: colors.surface });
  figure.restyle("hollow_0", { line_color: colors.zero });
  figure.restyle("hollow_1", { line_color: colors.one });
  figure.restyle("wrong_rings", { line_color: colors.ink });
  figure.restyle("chosen_ring", { line_color: colors.accent });
}

function columnsOf(points: readonly Point[]) {
  return { x1: points.map(({ x1 }) => x1), x2: points.map(({ x2 }) => x2) };
}

function placePoints(figure: Figure, kind: "points" | "held", data: Points | null): void {
  for (const label of [0, 1]) {
    const of = (column: "x1" | "x2") =>
      data ? data[column].filter((_, i) => data.label[i] === label) : [];
    figure.setColumns(`${kind}_${label}`, { x1: of("x1"), x2: of("x2") });
  }
}

function describe({ isEmpty, points, shown: state }: Run): string {
  if (isEmpty.value) return "No points yet.";
  const data = points.value;
  if (!data) return "The points, once Python is ready.";
  const ones = data.label.filter((label) => label === 1).length;
  const shown = state.value;
  const right = shown?.epoch ? `${shown.correct} are on the right side.` : "Not trained yet.";
  return `${ones} points with label 1 and ${data.label.length - ones} with label 0. ${right}`;
}

function Legend({ hasHeldOut }: { hasHeldOut: boolean }) {
  return (
    <div class="run-legend">
      <span class="legend-item">
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" class="mark-zero">
          <path d="M8 2.5 14 13.5H2Z" />
        </svg>
        label 0
      </span>
      <span class="legend-item">
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" class="mark-one">
          <circle cx="8" cy="8" r="5.5" />
        </svg>
        label 1
      </span>
      <span class="legend-item">
        <svg viewBox="0 0 20 16" width="20" height="16" aria-hidden="true" class="mark-line">
          <path d="M1 8H19" />
        </svg>
        undecided
      </span>
      <span class="legend-item">
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" class="mark-ring">
          <circle cx="8" cy="8" r="6.5" />
        </svg>
        wrong
      </span>
      {hasHeldOut && (
        <span class="legend-item">
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" class="mark-held">
            <circle cx="8" cy="8" r="5" />
          </svg>
          held out
        </span>
      )}
      <span class="legend-item">
        <span>output 0</span>
        <span class="legend-ramp" aria-hidden="true" />
        <span>1</span>
      </span>
    </div>
  );
}

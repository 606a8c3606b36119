/**
 * Prints what the page feeds its figures: which columns to which source, and which properties of
 * which model it sets. `test_figures.py` looks whether the figures have them.
 */
import "../page/page";
import { signal } from "@preact/signals";
import type { Figure, Row } from "../../web/src/figures/figures";
import { theme } from "../../web/src/figures/theme";
import { show } from "../../web/src/graph/canvas";
import { feedCurve } from "../../web/src/functions/curve";
import { feedDerivative } from "../../web/src/functions/derivative";
import { feedError } from "../../web/src/functions/error";
import { feedSurface } from "../../web/src/functions/surface";
import { draw } from "../../web/src/graph/drawing";
import { layOut } from "../../web/src/graph/layout";
import { walkTo } from "../../web/src/graph/walk";
import { feedBoundary } from "../../web/src/training/boundary";
import { feedLoss } from "../../web/src/training/loss";
import { Records } from "../../web/src/training/records";
import type { Run } from "../../web/src/training/run";
import { studied } from "../page/functions";
import { firstExample } from "../page/graphs";

/** The keys of all objects that were given to a name. */
class Names {
  private readonly known = new Map<string, Set<string>>();
  add(name: string, values: object): void {
    const keys = this.known.get(name) ?? new Set();
    for (const key of Object.keys(values)) keys.add(key);
    this.known.set(name, keys);
  }
  toJSON(): Record<string, string[]> {
    return Object.fromEntries([...this.known].map(([name, keys]) => [name, [...keys].sort()]));
  }
}

/** A figure that only notes what is done to it. */
class RecordingFigure implements Partial<Pick<Figure, keyof Figure>> {
  readonly sources = new Names();
  readonly models = new Names();
  readonly glyphs = new Names();

  setColumns(source: string, columns: Record<string, ArrayLike<unknown>>): void {
    this.sources.add(source, columns);
  }
  setRows(source: string, rows: Row[]): void {
    for (const row of rows) this.sources.add(source, row);
  }
  setImage(source: string, image: Float64Array, _: number, place: object = {}): void {
    this.sources.add(source, { image, ...place });
  }
  style(name: string, properties: Record<string, unknown>): void {
    this.models.add(name, properties);
  }
  restyle(renderer: string, properties: Record<string, unknown>): void {
    this.glyphs.add(renderer, properties);
  }
  setRange(): void {}
  resize(): void {}
  remove(): void {}
}

const run = {
  points: signal({ x1: [0.1, 0.9], x2: [0.5, 0.5], label: [0, 1] }),
  boundary: signal({ side: 2, values: Float64Array.of(0, 1, 0, 1) }),
  drawn: signal(Records.none),
  goal: signal(500),
} as unknown as Run;

const figure = () => new RecordingFigure() as unknown as Figure;
const [boundary, loss, graph] = [figure(), figure(), figure()];
feedBoundary(boundary, run);
feedLoss(loss, run);
const [curve, slope, error, surface] = [figure(), figure(), figure(), figure()];
feedCurve(curve, studied(1));
feedDerivative(slope, studied(1));
feedError(error, studied(1), 0);
feedSurface(surface, studied(2), "value");
const example = firstExample();
const drawing = draw(layOut(example), walkTo(example, 1), theme.value);
show(graph, drawing);

console.log(JSON.stringify({ figures: { boundary, curve, error, graph, loss, slope, surface } }));

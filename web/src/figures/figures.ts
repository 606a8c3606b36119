/**
 * Figures described in Python at build time, embedded and fed here.
 *
 * `web/figures/<name>.py` says what a figure looks like and names its data sources; the page
 * gets it as JSON, shows it with BokehJS, and sets the sources' columns. A figure may be on the
 * page several times: each has a document of its own, in which its sources are looked up.
 */
import { effect } from "@preact/signals";
import { fetchJson, findAssets } from "../python/assets";
import {
  embed,
  loadBokeh,
  type Bokeh,
  type Columns,
  type Embedded,
  type Model,
  type Plot,
  type Renderer,
  type Source,
} from "./bokeh";
import { theme, type Theme } from "./theme";

export type { Columns } from "./bokeh";
export type Row = Record<string, string | number>;

async function fetchFigure(name: string): Promise<unknown> {
  const address = findAssets().figures[name];
  if (!address) throw new Error(`There is no figure called ${name}.`);
  return fetchJson(address);
}

/**
 * Puts a figure into `element`; its axes follow the theme until it is removed. Once the signal is
 * aborted there is no figure: the promise is rejected, and nothing is left of it.
 */
export async function embedFigure(
  name: string,
  element: HTMLElement,
  signal: AbortSignal,
): Promise<Figure> {
  const [bokeh, item] = await Promise.all([loadBokeh(), fetchFigure(name)]);
  const embedded = await embed(bokeh, item, element, signal);
  if (signal.aborted) embedded.remove();
  signal.throwIfAborted();
  return new Figure(name, bokeh, embedded);
}

/** The figures on the page, in the order in which they appeared. */
const onPage = new Set<Figure>();

/** Those that have one of these names. */
export function figuresCalled(names: readonly string[]): Figure[] {
  return [...onPage].filter(({ name }) => names.includes(name));
}

export type Picture = "png" | "svg";

export class Figure {
  private readonly plot: Plot;
  private readonly stopFollowing: () => void;

  constructor(
    readonly name: string,
    private readonly bokeh: Bokeh,
    private readonly embedded: Embedded,
  ) {
    const plot = embedded.document.roots()[0];
    if (!plot) throw new Error(`The figure ${name} is empty.`);
    this.plot = plot;
    onPage.add(this);
    this.stopFollowing = effect(() => paintAxes(plot, theme.value));
  }

  /** How much room it keeps around its frame, in pixels, where Python says so. */
  get border(): number {
    return this.plot.min_border;
  }

  /** Replaces the columns of a source: all that it has, and of one length. */
  setColumns(source: string, columns: Columns): void {
    const found = this.find(source) as Source;
    const missing = Object.keys(found.data).find((column) => !(column in columns));
    if (missing !== undefined) this.lack(missing, source);
    found.data = columns;
  }

  /** The same, row by row. */
  setRows(source: string, rows: Row[]): void {
    const names = Object.keys((this.find(source) as Source).data);
    const column = (of: string) => rows.map((row) => row[of] ?? this.lack(of, source));
    this.setColumns(source, Object.fromEntries(names.map((of) => [of, column(of)])));
  }

  /**
   * Where the frame is in the plot, in pixels; null until it has been laid out. Its axes are to the
   * left and below: above it and to its right is only the border.
   */
  get frame(): Frame | null {
    const { inner_width: width, inner_height: height, outer_width: outer } = this.plot;
    const { min_border_top: top, min_border_right: right } = this.plot;
    return width && height ? { left: outer - right - width, top, width, height } : null;
  }

  /**
   * Shows square `values` (row by row, the first at the bottom) in a source of one image; `place`
   * has its other columns, where it has any.
   */
  setImage(source: string, values: Float64Array, side: number, place: Columns = {}): void {
    const { ndarray } = this.bokeh.loader["core/util/ndarray"];
    this.setColumns(source, { image: [ndarray(values, { shape: [side, side] })], ...place });
  }

  /** Sets properties of a model by the name it got in Python. */
  style(name: string, properties: Record<string, unknown>): void {
    this.find(name).setv(properties);
  }

  /** The same for the glyph of a renderer: what draws a line, or marks. */
  restyle(renderer: string, properties: Record<string, unknown>): void {
    (this.find(renderer) as Renderer).glyph.setv(properties);
  }

  setRange(axis: "x" | "y", start: number, end: number): void {
    this.plot[`${axis}_range`].setv({ start, end });
  }

  resize(width: number, height: number): void {
    this.plot.setv({ width, height });
  }

  /** The figure as it is now, as a file. */
  picture(kind: Picture): Promise<Blob> {
    return this.embedded.picture(kind);
  }

  /** Takes the figure off the page. */
  remove(): void {
    onPage.delete(this);
    this.stopFollowing();
    this.embedded.remove();
  }

  private find(wanted: string): Model {
    const found = this.embedded.document.get_model_by_name(wanted);
    if (!found) throw new Error(`The figure ${this.name} has nothing called ${wanted}.`);
    return found;
  }

  private lack(column: string, source: string): never {
    throw new Error(`The figure ${this.name} needs ${column} in ${source}.`);
  }
}

export interface Frame {
  left: number;
  top: number;
  width: number;
  height: number;
}

function paintAxes(plot: Plot, colors: Theme): void {
  for (const model of [...plot.below, ...plot.left, ...plot.center]) {
    if (model.type === "LinearAxis" || model.type === "LogAxis") {
      model.setv({ axis_label_text_color: colors.muted, major_label_text_color: colors.muted });
    } else if (model.type === "Grid") {
      model.setv({ grid_line_color: colors.line });
    }
  }
}

/**
 * Figures described in Python at build time, embedded and fed here.
 *
 * `web/figures/<name>.py` says what a figure looks like and names its data sources; the page
 * gets it as JSON, shows it with BokehJS, and sets the sources' columns. BokehJS is loaded when
 * the first figure is wanted.
 */
import { effect } from "@preact/signals";
import { findAssets } from "../python/assets";
import { theme, type Theme } from "./theme";

type Column = ArrayLike<unknown>;

interface Model {
  type: string;
  setv(properties: Record<string, unknown>): void;
}
interface Source extends Model {
  data: Record<string, Column>;
}
interface Renderer extends Model {
  glyph: Model;
}
interface Range extends Model {
  start: number;
  end: number;
}
interface Plot extends Model {
  below: Model[];
  left: Model[];
  center: Model[];
  x_range: Range;
  y_range: Range;
}
interface BokehDocument {
  roots(): Plot[];
  get_model_by_name(name: string): Model | null;
}
interface Views {
  roots: { model: { document: BokehDocument | null } }[];
  clear(): void;
}
interface Bokeh {
  documents: BokehDocument[];
  embed: { embed_item(item: unknown, target: HTMLElement): Promise<Views> };
  loader: { "core/util/ndarray": { ndarray: MakeArray } };
  set_log_level(level: string): void;
}
type MakeArray = (values: ArrayLike<number>, shape: { shape: number[] }) => ArrayLike<number>;

export interface Figure {
  /** Replaces the columns of a source; they all have to be of one length. */
  setColumns(source: string, columns: Record<string, Column>): void;
  /** Shows square `values` (row by row, the first at the bottom) in a source of one image. */
  setImage(source: string, values: Float64Array, side: number): void;
  /** Sets properties of a model by the name it got in Python. */
  style(name: string, properties: Record<string, unknown>): void;
  /** The same for the glyph of a renderer: what draws a line, or marks. */
  restyle(renderer: string, properties: Record<string, unknown>): void;
  setRange(axis: "x" | "y", start: number, end: number): void;
  resize(width: number, height: number): void;
  /** Takes the figure off the page. */
  remove(): void;
}

let loading: Promise<Bokeh> | null = null;

function loadBokeh(): Promise<Bokeh> {
  loading ??= new Promise<Bokeh>((resolve, reject) => {
    const script = document.createElement("script");
    script.src = findAssets().bokeh;
    script.onload = () => {
      const { Bokeh } = window as unknown as { Bokeh: Bokeh };
      Bokeh.set_log_level("warn");
      resolve(Bokeh);
    };
    script.onerror = () => {
      loading = null; // The next figure tries again.
      script.remove();
      reject(new Error("The drawing library could not be loaded."));
    };
    document.head.append(script);
  });
  return loading;
}

async function fetchFigure(name: string): Promise<unknown> {
  const address = findAssets().figures[name];
  if (!address) throw new Error(`There is no figure called ${name}.`);
  const response = await fetch(address);
  if (!response.ok) throw new Error(`The figure ${name} could not be loaded.`);
  return response.json();
}

/** Puts a figure into `element`; its axes follow the theme until it is removed. */
export async function embedFigure(name: string, element: HTMLElement): Promise<Figure> {
  const [bokeh, item] = await Promise.all([loadBokeh(), fetchFigure(name)]);
  const views = await bokeh.embed.embed_item(item, element);
  const document = views.roots[0]?.model.document;
  const plot = document?.roots()[0];
  if (!document || !plot) throw new Error(`The figure ${name} is empty.`);

  const find = (wanted: string): Model => {
    const model = document.get_model_by_name(wanted);
    if (!model) throw new Error(`The figure ${name} has nothing called ${wanted}.`);
    return model;
  };
  const stopFollowing = effect(() => paintAxes(plot, theme.value));
  return {
    setColumns(source, columns) {
      (find(source) as Source).data = columns;
    },
    setImage(source, values, side) {
      const { ndarray } = bokeh.loader["core/util/ndarray"];
      (find(source) as Source).data = { image: [ndarray(values, { shape: [side, side] })] };
    },
    style: (wanted, properties) => find(wanted).setv(properties),
    restyle: (renderer, properties) => (find(renderer) as Renderer).glyph.setv(properties),
    setRange: (axis, start, end) => plot[`${axis}_range`].setv({ start, end }),
    resize: (width, height) => plot.setv({ width, height }),
    remove() {
      stopFollowing();
      views.clear();
      const at = bokeh.documents.indexOf(document);
      if (at >= 0) bokeh.documents.splice(at, 1);
    },
  };
}

function paintAxes(plot: Plot, colors: Theme): void {
  for (const model of [...plot.below, ...plot.left, ...plot.center]) {
    if (model.type === "LinearAxis") {
      model.setv({ axis_label_text_color: colors.muted, major_label_text_color: colors.muted });
    } else if (model.type === "Grid") {
      model.setv({ grid_line_color: colors.line });
    }
  }
}

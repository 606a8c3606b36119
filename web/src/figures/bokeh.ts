/** BokehJS as far as the page uses it, loaded when the first figure is wanted. */
import { findAssets } from "../python/assets";

export type Column = ArrayLike<unknown>;
export type Columns = Record<string, Column>;

export interface Model {
  type: string;
  setv(properties: Record<string, unknown>): void;
}
export interface Source extends Model {
  data: Columns;
}
export interface Renderer extends Model {
  glyph: Model;
}
interface Range extends Model {
  start: number;
  end: number;
}
export interface Plot extends Model {
  min_border: number;
  below: Model[];
  left: Model[];
  center: Model[];
  x_range: Range;
  y_range: Range;
}
export interface BokehDocument {
  roots(): Plot[];
  get_model_by_name(name: string): Model | null;
  clear(): void;
}
export interface Views {
  roots: { model: { document: BokehDocument | null } }[];
  clear(): void;
}
export interface Bokeh {
  documents: BokehDocument[];
  embed: { embed_item(item: unknown, target: HTMLElement): Promise<Views> };
  loader: { "core/util/ndarray": { ndarray: MakeArray } };
  set_log_level(level: string): void;
}
type MakeArray = (values: ArrayLike<number>, shape: { shape: number[] }) => ArrayLike<number>;

let loading: Promise<Bokeh> | null = null;

export function loadBokeh(): Promise<Bokeh> {
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

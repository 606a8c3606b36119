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
  min_border_top: number;
  min_border_right: number;
  readonly inner_width: number;
  readonly inner_height: number;
  readonly outer_width: number;
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
interface Views {
  roots: { export(kind: "png" | "svg"): { to_blob(): Promise<Blob> } }[];
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

/** A figure on the page, and how to take it off. */
export interface Embedded {
  document: BokehDocument;
  picture(kind: "png" | "svg"): Promise<Blob>;
  remove(): void;
}

let lastEmbedding: Promise<unknown> = Promise.resolve();

/** Puts a figure into `target`: one at a time, so that it is known what is whose. */
export function embed(
  bokeh: Bokeh,
  item: unknown,
  target: HTMLElement,
  signal: AbortSignal,
): Promise<Embedded> {
  const embedding = lastEmbedding.then(() => {
    signal.throwIfAborted();
    return embedAlone(bokeh, item, target);
  });
  lastEmbedding = embedding.catch(() => undefined);
  return embedding;
}

async function embedAlone(bokeh: Bokeh, item: unknown, target: HTMLElement): Promise<Embedded> {
  const { documents } = bokeh;
  const known = new Set(documents);
  const viewport = watchViewport();
  const embedding = bokeh.embed.embed_item(item, target);
  const views = await embedding.catch(() => null).finally(viewport.stopWatching);
  const document = documents.find((one) => !known.has(one));
  leaveOutOfTabs(target);
  const remove = () => {
    viewport.stopListening();
    views?.clear();
    document?.clear();
    documents.splice(0, documents.length, ...documents.filter((one) => one !== document));
  };
  if (views && document) {
    const picture = async (kind: "png" | "svg") => {
      const [root] = views.roots;
      if (!root) throw new Error("There is nothing to be saved.");
      return root.export(kind).to_blob();
    };
    return { document, picture, remove };
  }
  remove();
  await embedding;
  throw new Error("BokehJS has made nothing of a figure.");
}

/** No figure here answers to keys: BokehJS 3.9 makes each a stop of the keyboard, without a name. */
function leaveOutOfTabs(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>("*")) {
    if (element.classList.contains("bk-events")) element.tabIndex = -1;
    if (element.shadowRoot) leaveOutOfTabs(element.shadowRoot);
  }
}

/**
 * BokehJS 3.9 has each plot listen to the visual viewport and never takes that back, so that the
 * browser would keep every plot there ever was. Here somebody else does.
 */
function watchViewport() {
  const { visualViewport } = window;
  const stops: (() => void)[] = [];
  if (visualViewport) {
    visualViewport.addEventListener = (kind: string, listener: EventListener) => {
      EventTarget.prototype.addEventListener.call(visualViewport, kind, listener);
      stops.push(() => visualViewport.removeEventListener(kind, listener));
    };
  }
  return {
    stopWatching: () => void Reflect.deleteProperty(visualViewport ?? {}, "addEventListener"),
    stopListening: () => stops.forEach((stop) => stop()),
  };
}

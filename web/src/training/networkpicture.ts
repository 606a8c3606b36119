/** Draws a network diagram: what each neuron responds to, and the weights between them. */
import { blend, type Theme } from "../figures/theme";
import type { Neurons } from "../protocol/training";
import { TILE, type Diagram, type Edge } from "./diagram";

const SHADES = 32;
/** The widest line, for the largest weight, in pixels. */
const WIDEST = 5;

export interface Shown {
  diagram: Diagram;
  neurons: Neurons;
  parameters: ArrayLike<number>;
  /** The edge that is pointed at. */
  marked: Edge | null;
}

/** Draws on the whole canvas, `scale` pixels for each unit of the diagram. */
export function drawNetwork(
  canvas: HTMLCanvasElement,
  { diagram, neurons, parameters, marked }: Shown,
  colors: Theme,
  scale: number,
): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, diagram.width, diagram.height);
  drawEdges(context, diagram, parameters, colors, marked);
  const tiles = tilesOf(neurons);
  const shades = [
    ...blend(colors["zero-soft"], colors["half-soft"], SHADES),
    ...blend(colors["half-soft"], colors["one-soft"], SHADES),
  ].map(pixel);
  diagram.units.forEach(({ x, y }, i) => {
    const tile = tiles[i];
    if (tile) drawTile(context, tile, neurons.side, shades, x - TILE / 2, y - TILE / 2);
    context.strokeStyle = colors.muted;
    context.lineWidth = 1;
    context.strokeRect(x - TILE / 2, y - TILE / 2, TILE, TILE);
  });
}

function drawEdges(
  context: CanvasRenderingContext2D,
  { edges }: Diagram,
  parameters: ArrayLike<number>,
  colors: Theme,
  marked: Edge | null,
): void {
  const largest = edges.reduce((most, { parameter }) => {
    const size = Math.abs(parameters[parameter] ?? 0);
    return Number.isFinite(size) ? Math.max(most, size) : most;
  }, 1e-9);
  for (const edge of edges) {
    const weight = parameters[edge.parameter] ?? 0;
    context.strokeStyle = edge === marked ? colors.accent : weight < 0 ? colors.zero : colors.one;
    context.globalAlpha = edge === marked ? 1 : 0.65;
    context.lineWidth = Math.max(0.3, (WIDEST * Math.min(Math.abs(weight), largest)) / largest);
    context.beginPath();
    context.moveTo(edge.from.x, edge.from.y);
    context.lineTo(edge.to.x, edge.to.y);
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** The values of each unit: those of the two inputs are the coordinates, from −1 to 1. */
function tilesOf({ side, values }: Neurons): Float64Array<ArrayBufferLike>[] {
  const size = side * side;
  const input = (of: (i: number) => number) =>
    Float64Array.from({ length: size }, (_, i) => (2 * of(i)) / Math.max(1, side - 1) - 1);
  const tiles: Float64Array<ArrayBufferLike>[] = [input((i) => i % side), input((i) => Math.floor(i / side))];
  for (let at = 0; at < values.length; at += size) tiles.push(values.subarray(at, at + size));
  return tiles;
}

let tileCanvas: HTMLCanvasElement | null = null;

function drawTile(
  context: CanvasRenderingContext2D,
  tile: Float64Array,
  side: number,
  shades: readonly number[],
  x: number,
  y: number,
): void {
  tileCanvas ??= document.createElement("canvas");
  if (tileCanvas.width !== side) tileCanvas.width = tileCanvas.height = side;
  const inner = tileCanvas.getContext("2d");
  if (!inner) return;
  const image = inner.createImageData(side, side);
  const pixels = new Uint32Array(image.data.buffer);
  const largest = tile.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
  tile.forEach((value, i) => {
    const share = (value / largest + 1) / 2;
    const row = side - 1 - Math.floor(i / side);
    pixels[row * side + (i % side)] = shades[Math.round(share * (shades.length - 1))] ?? 0;
  });
  inner.putImageData(image, 0, 0);
  context.drawImage(tileCanvas, x, y, TILE, TILE);
}

/** A colour as a canvas has it in memory: red first, then green, blue, and how opaque. */
function pixel(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    Number.parseInt(color.slice(at, at + 2), 16),
  );
  return new Uint32Array(Uint8Array.of(red, green, blue, 255).buffer)[0] ?? 0;
}

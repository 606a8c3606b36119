/** Where the neurons and weights of a network diagram are: pure geometry, from names alone. */
import type { Layer } from "../protocol/training";

export interface Unit {
  /** The column: 0 are the inputs. */
  column: number;
  /** Which neuron of its layer. */
  index: number;
  x: number;
  y: number;
}

export interface Edge {
  from: Unit;
  to: Unit;
  /** Where the weight is among the parameters, and what it is called. */
  parameter: number;
  name: string;
}

export interface Diagram {
  width: number;
  height: number;
  /** The inputs first, then the neurons of each layer that are shown, in their order. */
  units: Unit[];
  edges: Edge[];
  /** The layers of which not all neurons are shown. */
  cut: Layer[];
}

export const TILE = 22;
const GAP = 27;
const COLUMN = 92;
const EDGE = 20;
const INPUTS: Layer = { name: "", size: 2, shown: [0, 1] };

/**
 * Lays the layers out from left to right. A weight belongs to an edge by its name: "weight_2_5" of a
 * layer leads from the neuron 2 of the column before to its own neuron 5.
 */
export function layOutNetwork(layers: readonly Layer[], parameters: readonly string[]): Diagram {
  const columns = [INPUTS, ...layers];
  const tallest = Math.max(...columns.map(({ shown }) => shown.length));
  const height = tallest * GAP + EDGE;
  const units = columns.flatMap(({ shown }, column) =>
    shown.map((index, row) => ({
      ...{ column, index, x: EDGE + TILE / 2 + column * COLUMN },
      y: height / 2 + (row - (shown.length - 1) / 2) * GAP,
    })),
  );
  return {
    width: 2 * EDGE + TILE + (columns.length - 1) * COLUMN,
    height,
    units,
    edges: edgesOf(columns, units, parameters),
    cut: layers.filter(({ size, shown }) => shown.length < size),
  };
}

function edgesOf(columns: readonly Layer[], units: readonly Unit[], parameters: readonly string[]) {
  const places = new Map(units.map((unit) => [`${unit.column} ${unit.index}`, unit]));
  const column = new Map(columns.map(({ name }, i) => [name, i]));
  return parameters.flatMap((name, parameter): Edge[] => {
    const [, layer = "", from, to] = /^(.+)\.weight_(\d+)_(\d+)$/.exec(name) ?? [];
    const at = column.get(layer);
    const [start, end] = [places.get(`${(at ?? 0) - 1} ${from}`), places.get(`${at} ${to}`)];
    return start && end ? [{ from: start, to: end, parameter, name }] : [];
  });
}

/** The edge nearest to a place, if any is within `reach`. */
export function nearestEdge(
  { edges }: Diagram,
  at: { x: number; y: number },
  reach = 5,
): Edge | null {
  let [found, least]: [Edge | null, number] = [null, reach];
  for (const edge of edges) {
    const distance = distanceTo(edge, at);
    if (distance < least) [found, least] = [edge, distance];
  }
  return found;
}

function distanceTo({ from, to }: Edge, { x, y }: { x: number; y: number }): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const share = ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy);
  const along = Math.min(1, Math.max(0, share));
  return Math.hypot(x - from.x - along * dx, y - from.y - along * dy);
}

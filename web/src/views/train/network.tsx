/** The network as a small drawing: 2 inputs, two hidden layers, 1 output. */
import { count, counted } from "../../format";
import type { Run } from "../../training/run";
import { Term } from "../../ui/term";
import { settings } from "./settings";
import { words } from "./words";

/** Wider layers are drawn with a gap in the middle. */
const DRAWN = 7;
const WIDTH = 284;
const HEIGHT = 132;
const RADIUS = 6;
const COLUMNS = [26, 103, 181, 258];

export function NetworkDrawing({ run }: { run: Run }) {
  const { hidden } = settings.values.value;
  const { total, layers } = sizes(run.parameters.value);
  return (
    <section class="card network" aria-labelledby="network-title">
      <div class="card-head">
        <h2 id="network-title">Network</h2>
        <Term describedBy="network-title">{words.network}</Term>
      </div>
      <Drawing hidden={hidden} />
      <p class="network-line">
        <span class="network-sizes">
          2 → {hidden} → {hidden} → 1
        </span>{" "}
        {total}
      </p>
      <p class="small">
        First layer {layers[0]}, second {layers[1]}, last {layers[2]}: weights and biases.
      </p>
    </section>
  );
}

/** How many parameters there are in all, and in each layer; dashes until Python has told. */
function sizes(names: readonly string[] | null): { total: string; layers: string[] } {
  if (!names) return { total: "– parameters", layers: ["–", "–", "–"] };
  const counts = new Map<string, number>();
  for (const name of names) {
    const [layer = ""] = name.split(".");
    counts.set(layer, (counts.get(layer) ?? 0) + 1);
  }
  return { total: counted(names.length, "parameter"), layers: [...counts.values()].map(count) };
}

interface Unit {
  x: number;
  y: number;
}

function Drawing({ hidden }: { hidden: number }) {
  const layers = [2, hidden, hidden, 1].map((size, k) => place(size, COLUMNS[k] ?? 0));
  const label = `A network with 2 inputs, two hidden layers of ${hidden} and 1 output.`;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT + 20}`}
      class="network-drawing"
      role="img"
      aria-label={label}
    >
      {layers.slice(1).map((layer, k) => (
        <g class="network-weights" key={k}>
          {(layers[k] ?? []).flatMap((from) =>
            layer.map((to) => (
              <line key={`${from.y},${to.y}`} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
            )),
          )}
        </g>
      ))}
      {layers.map((layer, k) => (
        <g class="network-units" key={k}>
          {layer.map((unit) => (
            <circle key={unit.y} cx={unit.x} cy={unit.y} r={RADIUS} />
          ))}
          {isCut(k, hidden) && <Gap x={COLUMNS[k] ?? 0} />}
        </g>
      ))}
      {["x₁, x₂", "ReLU", "ReLU", "sigmoid"].map((text, k) => (
        <text key={k} x={COLUMNS[k]} y={HEIGHT + 14}>
          {text}
        </text>
      ))}
    </svg>
  );
}

function isCut(layer: number, hidden: number): boolean {
  return (layer === 1 || layer === 2) && hidden > DRAWN;
}

/** Units in a column; where there are too many, an empty place in the middle stands for them. */
function place(size: number, x: number): Unit[] {
  const rows = Math.min(size, DRAWN);
  const gap = Math.min(18, HEIGHT / rows);
  const middle = (rows - 1) / 2;
  const units = Array.from({ length: rows }, (_, i) => ({ x, y: HEIGHT / 2 + (i - middle) * gap }));
  return size > DRAWN ? units.filter((_, i) => i !== middle) : units;
}

function Gap({ x }: { x: number }) {
  return (
    <g class="network-gap">
      {[-4, 0, 4].map((dy) => (
        <circle key={dy} cx={x} cy={HEIGHT / 2 + dy} r={1.2} />
      ))}
    </g>
  );
}

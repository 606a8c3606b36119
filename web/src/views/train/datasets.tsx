/** The datasets as small pictures, to choose from. */
import type { Points } from "../../protocol/training";
import { ownPoints, settings } from "./settings";

/** Which label a place has, as `minitorch.datasets` has it; in the spiral by the nearer arm. */
const RULES: Record<string, (x1: number, x2: number) => boolean> = {
  Simple: (x1) => x1 < 0.5,
  Diag: (x1, x2) => x1 + x2 < 0.5,
  Split: (x1) => x1 < 0.2 || x1 > 0.8,
  Xor: (x1, x2) => x1 < 0.5 !== x2 < 0.5,
  Circle: (x1, x2) => (x1 - 0.5) ** 2 + (x2 - 0.5) ** 2 > 0.1,
};
const SIDE = 7;
const ARM = 12;

export function DatasetPictures() {
  const { dataset } = settings.values.value;
  return (
    <div class="datasets" role="group" aria-label="Datasets">
      {settings.table.dataset.choices.map((name) => (
        <button
          key={name}
          type="button"
          class="dataset"
          // The keyboard has the list above.
          tabIndex={-1}
          aria-pressed={name === dataset}
          aria-label={settings.table.dataset.nameOf(name)}
          title={settings.table.dataset.nameOf(name)}
          onClick={() => settings.change({ dataset: name })}
        >
          <Picture points={sample(name)} />
          {name === "Own" && ownPoints().label.length === 0 && <Plus />}
        </button>
      ))}
    </div>
  );
}

/** Nothing is there yet: it is for the learner to put. */
function Plus() {
  return (
    <svg viewBox="0 0 36 36" aria-hidden="true" class="dataset-plus">
      <path d="M18 10V26M10 18H26" />
    </svg>
  );
}

function Picture({ points }: { points: Points }) {
  return (
    <svg viewBox="0 0 36 36" aria-hidden="true">
      {points.label.map((label, i) => (
        <circle
          key={i}
          class={label === 1 ? "dot-one" : "dot-zero"}
          cx={3 + 30 * points.x1[i]!}
          cy={33 - 30 * points.x2[i]!}
          r={1.7}
        />
      ))}
    </svg>
  );
}

function sample(name: string): Points {
  const rule = RULES[name];
  if (rule) return onGrid(rule);
  return name === "Spiral" ? spiral() : ownPoints();
}

function onGrid(rule: (x1: number, x2: number) => boolean): Points {
  const places = Array.from({ length: SIDE * SIDE }, (_, i) => [
    ((i % SIDE) + 0.5) / SIDE,
    (Math.floor(i / SIDE) + 0.5) / SIDE,
  ]);
  return columns(places.map(([x1 = 0, x2 = 0]) => [x1, x2, Number(rule(x1, x2))]));
}

function spiral(): Points {
  return columns(
    Array.from({ length: 2 * ARM }, (_, i) => {
      const t = (10 * (i >> 1)) / ARM;
      const turn = t + Math.PI * (i % 2);
      return [0.5 + (t * Math.cos(turn)) / 20, 0.5 + (t * Math.sin(turn)) / 20, i % 2];
    }),
  );
}

function columns(rows: number[][]): Points {
  const of = (k: number) => rows.map((row) => row[k] ?? 0);
  return { x1: of(0), x2: of(1), label: of(2) };
}

/** One point of a run, looked at by itself: its loss, its graph, and where it pushes each weight. */
import { computed, effect, signal, untracked, type Signal } from "@preact/signals";
import { inspect } from "./calls";
import type { Inspected, Point, Points } from "../protocol/training";
import type { Run } from "./run";

/** A larger computation is not drawn. */
export const MAX_NODES = 500;
/** A point is hit from so far away, as a share of the square. */
const REACH = 0.04;

export interface Inspection {
  /** The point that was chosen; null: none. */
  readonly point: Signal<Point | null>;
  /** What it does with the parameters that are shown; null until that is known. */
  readonly found: Signal<Inspected | null>;
  /** Where the walk back through its graph is. */
  readonly step: Signal<number>;
  /** Chooses the point nearest to a place; none, where there is none near by. */
  pickAt(x1: number, x2: number): void;
  /** Chooses the next point on the wrong side. */
  pickWrong(): void;
  pick(point: Point | null): void;
}

/** Looks at single points of a run: again whenever it rests with other parameters. */
export function createInspection(run: Run): Inspection {
  const point = signal<Point | null>(null);
  const found = signal<Inspected | null>(null);
  const step = signal(0);
  const isAtRest = computed(() => run.phase.value === "ready");
  let asked = 0;

  const look = async (at: Point, parameters: Float64Array) => {
    const mine = ++asked;
    const answer = await run
      .ask((home) => inspect(parameters, at, MAX_NODES, home))
      .catch(() => null);
    if (mine !== asked || point.peek() !== at) return;
    found.value = answer;
    step.value = 0;
  };
  const pick = (chosen: Point | null) => {
    point.value = chosen;
    found.value = null;
    const state = run.shownAt.peek();
    if (chosen && state && !isAtRest.peek()) void look(chosen, state.parameters);
  };
  // Points of another model are no longer there.
  effect(() => {
    void run.points.value;
    untracked(() => pick(null));
  });
  effect(() => {
    const [at, state] = [point.value, run.shownAt.value];
    if (at && state && isAtRest.value) void look(at, state.parameters);
  });

  return {
    ...{ point, found, step, pick },
    pickAt(x1, x2) {
      const all = allPoints(run.points.peek(), run.heldOut.peek());
      const [nearest] = all
        .map((one) => ({ one, distance: Math.hypot(one.x1 - x1, one.x2 - x2) }))
        .sort((a, b) => a.distance - b.distance);
      pick(nearest && nearest.distance < REACH ? nearest.one : null);
    },
    pickWrong() {
      const all = allPoints(run.points.peek(), run.heldOut.peek());
      const wrong = wrongPoints(run);
      const now = all.findIndex((one) => isSame(one, point.peek()));
      const next = wrong.find((index) => index > now) ?? wrong[0];
      if (next !== undefined) pick(all[next] ?? null);
    },
  };
}

/** The indices of the points on the wrong side, those that are held out counted last. */
export function wrongPoints({ points, heldOut, shown }: Run): number[] {
  const outputs = shown.value?.outputs ?? new Float64Array();
  return allPoints(points.value, heldOut.value).flatMap(({ label }, i) => {
    const output = outputs[i];
    return output === undefined || output > 0.5 === (label === 1) ? [] : [i];
  });
}

export function allPoints(...parts: (Points | null)[]): Point[] {
  return parts.flatMap((part) =>
    (part?.label ?? []).map((label, i) => ({ x1: part!.x1[i]!, x2: part!.x2[i]!, label })),
  );
}

function isSame(one: Point, other: Point | null): boolean {
  return one.x1 === other?.x1 && one.x2 === other.x2 && one.label === other.label;
}

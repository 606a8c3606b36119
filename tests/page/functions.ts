/** Functions as Python studies them: x² over one argument, x · y over two. */
import { signal } from "@preact/signals";
import { EPSILONS } from "../../web/src/functions/epsilons";
import type { FunctionStudy } from "../../web/src/functions/study";
import type { FunctionLook, FunctionRange, Slope } from "../../web/src/protocol/functions";

const library = { name: "Reference", version: "1" } as const;

/** A function of one argument from -2 to 2, looked at in steps of 0.5. */
export function rangeOf(f: (x: number) => number, slope: (x: number) => number): FunctionRange {
  const x = Float64Array.from({ length: 9 }, (_, i) => -2 + i / 2);
  return {
    ...{ library, problem: null, output: "", parameters: ["x"], places: [x] },
    ...{ values: x.map(f), derivatives: [x.map(slope)], differences: x.map(slope) },
    ...{ undefined: "", plain: 0 },
  };
}

/** x · y, with -1, 0 and 1 for each. */
export function product(): FunctionRange {
  const [side, all] = [Float64Array.of(-1, 0, 1), Array.from({ length: 9 }, (_, i) => i)];
  const [x, y] = [all.map((i) => (i % 3) - 1), all.map((i) => Math.floor(i / 3) - 1)];
  return {
    ...{ library, problem: null, output: "", parameters: ["x", "y"], places: [side, side] },
    values: Float64Array.from(all, (i) => x[i]! * y[i]!),
    derivatives: [Float64Array.from(y), Float64Array.from(x)],
    ...{ differences: new Float64Array(), undefined: "", plain: 0 },
  };
}

/** A close look at a function of one argument. */
export function lookAt(
  f: (x: number) => number,
  x: number,
  derivative: number | null,
): FunctionLook {
  const each = (value: (epsilon: number) => number) => Float64Array.from(EPSILONS, value);
  const slope: Slope = {
    derivative,
    differences: each((epsilon) => (f(x + epsilon / 2) - f(x - epsilon / 2)) / epsilon),
    below: each((epsilon) => f(x - epsilon / 2)),
    above: each((epsilon) => f(x + epsilon / 2)),
    ahead: each((epsilon) => f(x + epsilon)),
  };
  return {
    ...{ library, problem: null, output: "", value: f(x), undefined: "" },
    ...{ isPlain: false, slopes: [slope], graph: null, nodeCount: 0 },
  };
}

/** As much of a study as the figures look at. */
export function studied(size: 1 | 2): FunctionStudy {
  const range = size === 1 ? rangeOf((x) => x * x, (x) => 2 * x) : product();
  return {
    at: signal([1, 1]),
    epsilon: signal(30),
    value: signal(1),
    range: signal(range),
    shown: signal({ code: "", ranges: [[-2, 2], [-2, 2]], library: null }),
    look: signal(lookAt((x) => x * x, 1, 2)),
    derivative: () => 2,
    difference: () => 2,
  } as unknown as FunctionStudy;
}

/** What is to be said of a function at a point, in a sentence or two. Pure. */
import type { FunctionLook, FunctionRange, Slope } from "../protocol/functions";
import { EPSILONS, USUAL } from "./epsilons";

/** Central differences are good to about six digits, so only a clear difference counts. */
const TOLERANCE = 1e-3;
/** What a jump's difference is multiplied by, at least, when epsilon is a thousandth. */
const GROWTH = 300;

/** What to know of the whole range: where there is nothing, and where nothing happens. */
export function remarkOnRange(range: FunctionRange): string | null {
  if (range.plain === range.values.length && range.plain > 0) return LEFT;
  if (range.undefined) return `Where the curve has gaps it is not defined: ${range.undefined}.`;
  const isLevel = range.derivatives.every((column) => column.every((one) => one === 0));
  if (!isLevel) return null;
  return range.values.every((one) => one === range.values[0]) ? CONSTANT : STEPS;
}

/** What to know of the point, and of the chosen epsilon there. */
export function remarkOnPoint(look: FunctionLook, argument: number, chosen: number): string | null {
  if (look.undefined) return `Here the function is not defined: ${look.undefined}.`;
  const slope = look.slopes[argument];
  if (!slope || look.value === null || look.isPlain || slope.derivative === null) return null;
  const usual = slope.differences[USUAL] ?? NaN;
  if (isFar(slope.derivative, usual)) return whyFar(slope, look.value, usual);
  if (!isFar(slope.derivative, slope.differences[chosen] ?? NaN)) return null;
  return chosen > USUAL ? TRUNCATION : ROUNDING;
}

function whyFar(slope: Slope, value: number, usual: number): string | null {
  if (!Number.isFinite(usual)) return EDGE;
  const wide = slope.differences[USUAL + 9] ?? NaN;
  if (Math.abs(usual) > GROWTH * Math.max(Math.abs(wide), TOLERANCE)) return JUMP;
  const half = EPSILONS[USUAL]! / 2;
  const [before, after] = [value - slope.below[USUAL]!, slope.above[USUAL]! - value];
  return isFar(before / half, after / half) ? CORNER : CUT;
}

function isFar(one: number, other: number): boolean {
  const scale = Math.max(1, Math.abs(one), Math.abs(other));
  return !(Math.abs(one - other) <= TOLERANCE * scale);
}

const LEFT =
  "The result is a plain number and no Scalar: it has left the graph, so the backward pass finds " +
  "no derivative. Compute with the Scalars themselves, without float() or .data.";
const CONSTANT = "The function is the same everywhere here: nothing changes it, so its derivative is 0.";
const STEPS = "The function jumps, and is level in between: where it has a derivative, that is 0.";
const TRUNCATION =
  "Epsilon is so large that the curve bends between the two points: the secant misses the tangent. " +
  "That is truncation.";
const ROUNDING =
  "Epsilon is so small that the two values agree in nearly all their digits: what is left of their " +
  "difference is rounding.";
const EDGE = "Close by, the function is not defined: there is no central difference.";
const JUMP =
  "Here the function jumps: the smaller epsilon is, the larger the central difference gets, and it " +
  "means nothing.";
const CORNER =
  "Here the function has a corner, with one slope on its left and another on its right. The backward " +
  "pass takes one of them, and a central difference what is between.";
const CUT =
  "The backward pass finds another slope than there is. Somewhere on the way a value has left the " +
  "graph, or an operation’s backward is wrong.";

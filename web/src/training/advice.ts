/**
 * What a run's numbers say when it goes wrong or could go better, and what to try.
 *
 * Each finding is a function that looks at the run and says what it sees, or nothing; the first
 * that sees something is told. They look at losses and outputs alone, so they hold for any model.
 */
import { counted } from "../format";
import recipes from "./recipes.json";
import type { Boundary, Points } from "../protocol/training";

/** Settings to change, to train again with. */
export interface Change {
  hidden?: number;
  rate?: number;
  epochs?: number;
  seed?: number;
}

export interface Advice {
  /** What is seen, and what it means. */
  text: string;
  /** What the button does, such as "Train with rate 0.1"; null: there is nothing to press. */
  act: string | null;
  /** What it changes, for a new model; null: it goes on with this one, for more epochs. */
  change: Change | null;
}

/** A run as advice sees it. */
export interface Told {
  settings: { dataset: string; hidden: number; rate: number; epochs: number; seed: number };
  points: Points;
  /** Of each epoch. */
  loss: Float64Array;
  boundary: Boundary | null;
  /** Whether the loss is no longer finite. */
  hasDiverged: boolean;
}

/** Epochs that are too few to judge by. */
const TOO_FEW = 50;
/** An epoch leaps if its loss is so many times that of the one before. */
const LEAP = 1.05;
/** A run leaps if so large a share of its last epochs does. */
const LEAPING = 0.1;
const LAST = 200;
/** Outputs that differ by less all over the square are the same. */
const SAME = 1e-6;
/** Losses have come to rest if the last half has lowered them by less than this share. */
const AT_REST = 0.02;
/** A loss per point that says: hardly better than guessing (which is log 2 = 0.69). */
const GUESSING = 0.5;
const LARGEST_RATE_KNOWN_TO_WORK = 0.1;
const RATES = [1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001];

/** What there is to say of a run that has ended, or was paused; null: nothing, all is well. */
export function advise(told: Told): Advice | null {
  if (told.hasDiverged) return diverged(told);
  if (told.loss.length < TOO_FEW || wrong(told) === 0) return null;
  for (const look of [sameEverywhere, leaping, stillFalling, stuck, restsNearlyRight]) {
    const found = look(told);
    if (found) return found;
  }
  return null;
}

function diverged({ settings }: Told): Advice {
  return again(
    "The loss is no longer a number. The steps were so large that parameters grew beyond " +
      "what a number can hold.",
    { rate: smaller(settings) },
  );
}

function sameEverywhere({ settings, boundary }: Told): Advice | null {
  if (!boundary || spread(boundary.values) > SAME) return null;
  const output = boundary.values[0] ?? NaN;
  const isFarOut = output < 1e-3 || output > 1 - 1e-3;
  const text = isFarOut
    ? `The output is ${output < 0.5 ? 0 : 1} for every point: it is so far out that the sigmoid ` +
      "is flat there, its derivative is 0, and nothing changes any more (it is saturated)."
    : "The output is the same for every point: all ReLUs of a layer give 0, so their " +
      "derivatives are 0, and nothing can wake them (they are dead).";
  return settings.rate > LARGEST_RATE_KNOWN_TO_WORK
    ? again(`${text} A step that was too large has led there.`, { rate: smaller(settings) })
    : again(`${text} Other initial parameters may do better.`, { seed: settings.seed + 1 });
}

function leaping({ settings, loss }: Told): Advice | null {
  const last = loss.subarray(-LAST);
  const leaps = last.filter((value, i) => i > 0 && value > LEAP * (last[i - 1] ?? NaN)).length;
  if (leaps < LEAPING * last.length) return null;
  return again(
    "The loss leaps up and down: the steps are so large that they overshoot the low they " +
      "are heading for.",
    { rate: smaller(settings), epochs: Math.max(settings.epochs, recipe(settings).epochs) },
  );
}

function stillFalling({ settings, loss, points }: Told): Advice | null {
  if (fall(loss) < AT_REST) return null;
  const perPoint = (loss.at(-1) ?? NaN) / points.label.length;
  if (settings.rate < LARGEST_RATE_KNOWN_TO_WORK && perPoint > GUESSING) {
    return again("The loss falls, but slowly: the steps are small.", {
      rate: LARGEST_RATE_KNOWN_TO_WORK,
    });
  }
  if (isTooSmall(settings) && perPoint > GUESSING) return null;
  return {
    text: "The loss is still falling: it has not come to its end yet.",
    act: "Train on",
    change: null,
  };
}

function stuck(told: Told): Advice | null {
  const { settings, loss, points } = told;
  const perPoint = (loss.at(-1) ?? NaN) / points.label.length;
  const at = `The loss has stopped at ${perPoint.toPrecision(2)} a point.`;
  if (isTooSmall(settings)) {
    const units = `${counted(settings.hidden, "unit")} in each hidden layer`;
    const text = `${at} ${units} can’t bend the boundary enough for ${settings.dataset}.`;
    return again(text, recipe(settings));
  }
  if (perPoint < GUESSING) return null;
  return again(
    `${at} All derivatives are almost 0 there. Other initial parameters may lead past that place.`,
    { seed: settings.seed + 1 },
  );
}

function restsNearlyRight(told: Told): Advice {
  const { settings } = told;
  const points = counted(wrong(told), "point");
  const text = `${points} ${wrong(told) === 1 ? "is" : "are"} still on the wrong side.`;
  const best = recipe(settings);
  return settings.rate <= best.rate && settings.epochs >= best.epochs
    ? again(`${text} Other initial parameters may do better.`, { seed: settings.seed + 1 })
    : again(`${text} Smaller steps, and more of them, help.`, best);
}

// ----------------------------------------------------------------------------------- how to look

function again(text: string, change: Change): Advice {
  return { text, act: `Train again with ${inWords(change)}`, change };
}

function inWords({ hidden, rate, epochs, seed }: Change): string {
  const words = [];
  if (hidden !== undefined) words.push(counted(hidden, "hidden unit"));
  if (rate !== undefined) words.push(`rate ${rate}`);
  if (epochs !== undefined) words.push(counted(epochs, "epoch"));
  if (seed !== undefined) words.push(`seed ${seed}`);
  return words.join(", ");
}

/** A rate that is known to work; from there down, the next smaller one. */
function smaller({ dataset, rate }: Told["settings"]): number {
  const known = recipe({ dataset }).rate;
  return known < rate ? known : (RATES.find((one) => one < rate) ?? rate / 10);
}

interface Recipe {
  hidden: number;
  rate: number;
  epochs: number;
}

const RECIPES: Record<string, Recipe | undefined> = recipes;

/** What is known to solve a dataset; points of the learner's own are taken for the hardest. */
function recipe({ dataset }: { dataset: string }): Recipe {
  return RECIPES[dataset] ?? recipes.Spiral;
}

function isTooSmall(settings: Told["settings"]): boolean {
  return settings.hidden < recipe(settings).hidden;
}

function spread(values: Float64Array): number {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high - low;
}

/** By what share the second half of the losses has fallen, leaps smoothed away. */
function fall(loss: Float64Array): number {
  const window = Math.max(1, Math.floor(loss.length / 10));
  const middle = Math.floor(loss.length / 2);
  const before = mean(loss.subarray(middle - window, middle));
  const now = mean(loss.subarray(-window));
  return before > 0 ? (before - now) / before : 0;
}

function mean(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

function wrong({ points, boundary }: Told): number {
  return points.label.length - (boundary?.correct ?? 0);
}

/**
 * Who trains: the worker holds one model at a time, and a page may have several runs.
 *
 * Runs take turns: a model is opened as soon as the epoch at work is done, and one run trains at a
 * time. Whoever finds that the worker no longer holds its model opens it again, from the
 * parameters that the page has kept.
 */
import { generationOn, isSameLibrary } from "../python/client";
import type { Home } from "./calls";

/** One run, as the others know it. */
export interface Holder {
  /** Stops training for another to open its model; it goes on in its next turn. */
  giveWay(): void;
  /** Stops training, as the button does. */
  pause(): void;
}

let holder: { run: Holder; home: Home; generation: number } | null = null;
let training: Holder | null = null;
let atTurn: Holder | null = null;
let opening = 0;
let queue: Promise<void> = Promise.resolve();

/** Whether the worker at home there holds the model of this run. */
export function isHeldFor(run: Holder, home: Home): boolean {
  if (holder?.run !== run || holder.home.code !== home.code) return false;
  if (!isSameLibrary(holder.home.library, home.library)) return false;
  return holder.generation === generationOn(home.library, home.code).peek();
}

/** Notes that the worker at home there now holds the model of this run. */
export function holdFor(run: Holder, home: Home): void {
  holder = { run, home, generation: generationOn(home.library, home.code).peek() };
}

/** Only one run trains at a time: the one that did is paused. */
export function trainAlone(run: Holder): void {
  if (training !== run) training?.pause();
  training = run;
}

/** Forgets a run whose page has let go of it. */
export function release(run: Holder): void {
  if (holder?.run === run) holder = null;
  if (training === run) training = null;
}

/** Whether another run waits to open its model: it takes a moment, so it comes before training. */
export function opensSoon(): boolean {
  return opening > 0;
}

/** Does `work` once all runs that have asked before are done with theirs. */
export async function inTurn(
  run: Holder,
  isOpening: boolean,
  work: () => Promise<void>,
): Promise<void> {
  if (isOpening && atTurn !== run) atTurn?.giveWay();
  if (isOpening) opening += 1;
  const mine = queue.then(async () => {
    if (isOpening) opening -= 1;
    atTurn = run;
    await work();
  });
  queue = mine.catch(() => undefined).then(() => void (atTurn = null));
  await mine;
}

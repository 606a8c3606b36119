/**
 * Who trains: the worker holds one model at a time, and a page may have several runs.
 *
 * Runs take turns. Whoever finds that the worker no longer holds its model opens it again, from the
 * parameters that the page has kept.
 */
import { generationOn, isSameLibrary } from "../python/client";
import type { Files } from "../protocol/starting";

/** One run, as the others know it. */
export interface Holder {
  /** Ends what it is doing soon, for another wants its turn; it goes on in its next one. */
  giveWay(): void;
  /** Stops training, as the button does. */
  pause(): void;
}

let holder: { run: Holder; library: Files | null; generation: number } | null = null;
let training: Holder | null = null;
let atTurn: Holder | null = null;
let waiting = 0;
let queue: Promise<void> = Promise.resolve();

/** Whether the worker in use for a library holds the model of this run. */
export function isHeldFor(run: Holder, library: Files | null): boolean {
  if (holder?.run !== run || !isSameLibrary(holder.library, library)) return false;
  return holder.generation === generationOn(library).peek();
}

/** Notes that the worker in use for a library now holds the model of this run. */
export function holdFor(run: Holder, library: Files | null): void {
  holder = { run, library, generation: generationOn(library).peek() };
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

/** Whether a run waits for its turn while another has it. */
export function othersWait(): boolean {
  return waiting > 0;
}

/** Does `work` once all runs that have asked before are done with theirs. */
export async function inTurn(run: Holder, work: () => Promise<void>): Promise<void> {
  if (atTurn !== run) atTurn?.giveWay();
  waiting += 1;
  const mine = queue.then(async () => {
    waiting -= 1;
    atTurn = run;
    await work();
  });
  queue = mine.catch(() => undefined).then(() => void (atTurn = null));
  await mine;
}

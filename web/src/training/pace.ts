/** How fast a run goes by: slow enough to be watched, in step with the frames of the screen. */
import type { Engine, Pace } from "../protocol/training";

/** When the figures are drawn: while it trains, to be watched, or once when it is done. */
export type Drawing = "animated" | "end";

/** What the animation of a run takes, however many epochs it has. */
const SECONDS_TO_WATCH = 2.5;
/** One for each frame: a short run is not stretched. */
const SLOWEST = 60;
/** A hidden page has no frames; the run goes on without them. */
const HIDDEN_MS = 100;

/** The pace for a call that trains this many epochs. */
export function paceOf(drawing: Drawing, engine: Engine, epochs: number): Pace {
  if (drawing === "end") return null;
  return engine === "eager" ? Infinity : Math.max(SLOWEST, epochs / SECONDS_TO_WATCH);
}

/** Resolves when the next frame has been drawn: on a slow machine, others get their turn too. */
export function afterFrame(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, HIDDEN_MS);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      setTimeout(resolve);
    });
  });
}

/** Training in slices: Python computes for a moment, and the worker listens in between. */
import type { Handlers } from "../protocol/messages";
import type { Boundary, Comparison, TrainingOpened, TrainingUpdate } from "../protocol/training";
import { now, setTimeout } from "./own";
import { ask } from "./python";
import { pacer, turnOfTheEventLoop } from "./turns";

/** How long Python computes at a time, in seconds: Pause is heard in between. */
const SLICE = 0.03;
/** The same where each frame of the screen gets an update. */
const PACED_SLICE = 0.01;
/** How long, in seconds, the plane may take when training is paused, or else stays as it was. */
const LAST_DRAWING = 0.5;
/** And that of a model that is opened, which else is trained before it is drawn. */
const FIRST_DRAWING = 5;
/** And a look at an earlier plane at a time: each time it gives the model all its parameters. */
const LOOK = 0.1;
/** Compiling in advance waits for so long, in milliseconds, for something better to do. */
const IDLE_MS = 150;

/** What trains now, until it is paused or something else begins. */
let run: { isPaused: boolean } | null = null;
/** Counts what was begun: what waits for quiet finds that there was none. */
let begun = 0;
/** Counts the looks at earlier planes: the latest is the one that is wanted. */
let looks = 0;

function begin(): { isPaused: boolean } {
  begun += 1;
  return (run = { isPaused: false });
}

export const training: Handlers = {
  async "training.open"(_, settings, from) {
    const mine = begin();
    const last = now() + 1000 * FIRST_DRAWING;
    const opened = ask<TrainingOpened>("training.open", settings, from, SLICE);
    let { update } = opened;
    while (update.drawing !== null && now() < last) {
      await turnOfTheEventLoop();
      if (run !== mine) break;
      update = ask<TrainingUpdate>("training.state", SLICE);
    }
    if (run === mine) prepareLater();
    return { ...opened, update };
  },

  async "training.train"(tell, epochs, pace, rate) {
    const mine = begin();
    ask("training.start", epochs, rate);
    const isPaced = pace !== null && Number.isFinite(pace);
    const due = isPaced ? pacer(pace) : () => epochs;
    const slice = isPaced ? PACED_SLICE : SLICE;
    let shown: Promise<void> | undefined;
    for (let isOver = false; !isOver; ) {
      // While the page shows one update, the next is computed.
      const update = ask<TrainingUpdate>("training.advance", due(), slice, pace !== null);
      await shown;
      shown = tell(update);
      isOver = update.finished || update.problem !== null;
      if (!isOver) await turnOfTheEventLoop();
      if (run !== mine) break;
      if (mine.isPaused && !isOver) {
        await shown;
        shown = tell(ask("training.state", LAST_DRAWING));
        isOver = true;
      }
    }
    await shown;
  },

  "training.pause"() {
    begun += 1;
    if (run) run.isPaused = true;
  },

  async "training.look"(_, parameters) {
    const [mine, then] = [++looks, begun];
    for (;;) {
      const boundary = ask<Boundary | null>("training.look", parameters, LOOK);
      if (boundary) return boundary;
      await turnOfTheEventLoop();
      if (mine !== looks || then !== begun) return null;
    }
  },

  async "training.compare"(_, settings, seconds) {
    const mine = begun;
    ask("training.startComparison", settings, seconds);
    for (;;) {
      const result = ask<Comparison | null>("training.advanceComparison", SLICE);
      if (result) return result;
      await turnOfTheEventLoop();
      if (mine !== begun) return null;
    }
  },
};

/** After opening, when nothing else is asked for: compiles, so that Train begins at once. */
function prepareLater(): void {
  const opened = begun;
  setTimeout(() => {
    if (opened !== begun) return;
    try {
      ask("training.prepare");
    } catch {
      // Train will meet the same, where there is somebody to tell.
    }
  }, IDLE_MS);
}

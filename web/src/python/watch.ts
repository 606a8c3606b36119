/** Whether a Python that was asked for something still listens. */
import type { Life } from "./life";

/** It is asked for a sign of life this often, in milliseconds. */
const BEAT_MS = 500;
/** Of a page that sleeps, or waits for its turn, no more than this counts between two beats. */
const LONGEST_MS = 1.5 * BEAT_MS;

/**
 * Tells whenever a worker begins to be silent for too long, and when it is heard again.
 *
 * @param patience How many milliseconds of silence are too many.
 * @returns what ends it.
 */
export function watch(life: Life, patience: number, tell: (hangs: boolean) => void): () => void {
  let silence = 0;
  let isWaiting = false;
  let last = performance.now();
  const update = (now: number) => {
    const before = silence;
    silence = now;
    if (before >= patience !== now >= patience) tell(now >= patience);
  };
  const beat = async () => {
    isWaiting = true;
    await life.ask("beat", []);
    isWaiting = false;
    update(0);
  };
  const look = () => {
    const now = performance.now();
    update(silence + Math.min(now - last, LONGEST_MS));
    last = now;
    if (!isWaiting) void beat();
    timer = setTimeout(look, BEAT_MS);
  };
  let timer = setTimeout(look, BEAT_MS);
  return () => {
    clearTimeout(timer);
    update(0);
  };
}

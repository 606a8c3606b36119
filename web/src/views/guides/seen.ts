/** When a part of a guide begins: when it is seen, or when there is nothing better to do. */
import { effect } from "@preact/signals";
import { whenSeen } from "../../figures/seen";
import { status } from "../../python/client";

/** Between Python being ready and the parts that nobody has seen yet; and between two of these. */
const REST_MS = 5_000;
const PAUSE_MS = 500;

/** When the next part may begin that nobody sees. */
let nextTurn = 0;

/**
 * Calls `then` once the element comes into sight, or else when Python has been ready for a while:
 * what is printed has to be there before. Returns what calls it off.
 */
export function sooner(element: Element, then: () => void): () => void {
  let timer = 0;
  const stops = [whenSeen(element, () => begin())];
  const stop = () => {
    stops.forEach((one) => one());
    clearTimeout(timer);
  };
  const begin = () => {
    stop();
    then();
  };
  stops.push(
    effect(() => {
      if (!timer && status.value.phase === "ready") timer = window.setTimeout(begin, turn());
    }),
  );
  return stop;
}

function turn(): number {
  const now = performance.now();
  nextTurn = Math.max(nextTurn + PAUSE_MS, now + REST_MS);
  return nextTurn - now;
}

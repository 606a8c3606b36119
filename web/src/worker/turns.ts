/** When Python works and when it listens. */
import { MessageChannel, now } from "./own";

/** Tells how many epochs are due at each call, at so many a second; at least one. */
export function pacer(epochsPerSecond: number): () => number {
  let last = now();
  let due = 0;
  return () => {
    const at = now();
    due += ((at - last) / 1000) * epochsPerSecond;
    last = at;
    const whole = Math.max(1, Math.floor(due));
    due = Math.max(0, due - whole);
    return whole;
  };
}

/** Lets messages in. A message to itself is quicker than a timer, which waits 4 ms. */
export function turnOfTheEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port2.onmessage = () => {
      // Neither waits for the garbage collector, which comes late where Python has the memory.
      port2.onmessage = null;
      port1.close();
      resolve();
    };
    port1.postMessage(null);
  });
}

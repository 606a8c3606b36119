/** What keeps Python busy for so long that others notice, and the button that stops it. */
import { effect, signal, type ReadonlySignal } from "@preact/signals";
import { busy, busyOnTheirs, type Running } from "../python/client";

/** What is over sooner is not spoken of. */
const PATIENCE_MS = 700;

/** What has been running for a while, in words: "your expression"; else null. */
export const busyWith = noticed(busy);
/** The same on the learner's library, which has a Python of its own. */
export const theirsBusyWith = noticed(busyOnTheirs);

function noticed(running: ReadonlySignal<Running | null>): ReadonlySignal<string | null> {
  const what = signal<string | null>(null);
  effect(() => {
    const now = running.value;
    what.value = null;
    if (!now) return;
    const timer = setTimeout(() => {
      what.value = now.what;
    }, PATIENCE_MS);
    return () => clearTimeout(timer);
  });
  return what;
}

/** Stands beside words that say what is running. */
export function StopBusy({ onTheirs = false }: { onTheirs?: boolean }) {
  const [what, running] = onTheirs ? [theirsBusyWith, busyOnTheirs] : [busyWith, busy];
  if (what.value === null) return null;
  return (
    <button
      type="button"
      class="quiet stop-busy"
      aria-label={`Stop ${what.value}`}
      onClick={() => running.value?.stop()}
    >
      Stop
    </button>
  );
}

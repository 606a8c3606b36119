/** What keeps Python busy for so long that others notice, and the button that stops it. */
import { effect, signal } from "@preact/signals";
import { busy } from "../python/client";

/** What is over sooner is not spoken of. */
const PATIENCE_MS = 700;

/** What has been running for a while, in words: "your expression"; else null. */
export const busyWith = signal<string | null>(null);

effect(() => {
  const now = busy.value;
  busyWith.value = null;
  if (!now) return;
  const timer = setTimeout(() => {
    busyWith.value = now.what;
  }, PATIENCE_MS);
  return () => clearTimeout(timer);
});

/** Stands beside words that say what is running. */
export function StopBusy() {
  const what = busyWith.value;
  if (what === null) return null;
  return (
    <button
      type="button"
      class="quiet stop-busy"
      aria-label={`Stop ${what}`}
      onClick={() => busy.value?.stop()}
    >
      Stop
    </button>
  );
}

/** What keeps Python busy for so long that others notice, and the button that stops it. */
import { effect, signal, type ReadonlySignal } from "@preact/signals";
import { busy, busyTrainingOn, type Running } from "../python/client";
import type { Files } from "../protocol/starting";

/** What is over sooner is not spoken of. */
const PATIENCE_MS = 700;

const noticed = new Map<ReadonlySignal<Running | null>, ReadonlySignal<Running | null>>();

/** What has been running for a while, or hangs; else null. */
export function busyWith(): Running | null {
  return noticedOf(busy).value;
}

/** The same of the Python that trains on a library. */
export function trainingBusyWith(library: Files | null): Running | null {
  return noticedOf(busyTrainingOn(library)).value;
}

function noticedOf(running: ReadonlySignal<Running | null>): ReadonlySignal<Running | null> {
  const found = noticed.get(running) ?? noticedAfter(running);
  noticed.set(running, found);
  return found;
}

function noticedAfter(running: ReadonlySignal<Running | null>): ReadonlySignal<Running | null> {
  const found = signal<Running | null>(null);
  effect(() => {
    const now = running.value;
    found.value = now?.hangs ? now : null;
    if (!now || now.hangs) return;
    const timer = setTimeout(() => (found.value = now), PATIENCE_MS);
    return () => clearTimeout(timer);
  });
  return found;
}

/** Stands beside words that say what is running. */
export function StopBusy({ running }: { running: Running }) {
  return (
    <button
      type="button"
      class="quiet stop-busy"
      aria-label={`Stop ${running.what}`}
      onClick={running.stop}
    >
      Stop
    </button>
  );
}

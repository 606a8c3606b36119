/**
 * The work, kept in the browser: it survives reloads, crashes and a closed tab, and two tabs show
 * the same. Where both write at once, the one's text stays and the other's is what Undo brings back.
 */
import { effect } from "@preact/signals";
import { openCollection, type Entry } from "../store/collection";
import type { Course } from "./course";
import { createWork, type Saved, type Work } from "./work";

const KEY = "work";
/** Typing is written down when it pauses for so long, in milliseconds, or the page is left. */
const PAUSE_MS = 300;

const kept = () => openCollection<Saved>("assignment", { what: "your code" });

/** What was kept of the work, for those that need no more than to know of it. */
export async function findSaved(): Promise<Saved | null> {
  return (await kept().get(KEY))?.value ?? null;
}

/** Calls back whenever some work is kept, by this tab or another. */
export function listenForWork(listener: () => void): void {
  kept().listen((key) => key === KEY && listener());
}

/** The work as it was left, or from the skeleton on; from here it is kept by itself. */
export async function openWork(course: Course): Promise<Work> {
  const entry = await kept().get(KEY);
  const work = createWork(course, entry?.value ?? null);
  keepWork(work, entry);
  return work;
}

function keepWork(work: Work, found: Entry<Saved> | null): void {
  const collection = kept();
  let entry = found;
  let written = work.saved.peek();
  let timer = 0;

  /** Takes over what is kept now; what another tab wrote at the same time is not lost by it. */
  const take = (now: Entry<Saved>) => {
    entry = now;
    const others = now.others.map((copy) => copy.value.files);
    for (const files of others) work.keepBoth(files, "What another tab wrote");
    if (others.length > 0) void write([now, ...now.others]);
  };
  const write = async (basedOn: Parameters<typeof collection.put>[2] = entry) => {
    clearTimeout(timer);
    timer = 0;
    written = work.saved.peek();
    take(await collection.put(KEY, written, basedOn));
  };
  const isBehind = () => work.saved.peek() !== written;
  const writeNow = () => {
    if (isBehind()) void write();
  };

  effect(() => {
    if (work.saved.value === written) return;
    clearTimeout(timer);
    timer = window.setTimeout(writeNow, PAUSE_MS);
  });
  window.addEventListener("pagehide", writeNow);
  document.addEventListener("visibilitychange", writeNow);

  collection.listen((key, isOwn) => {
    if (key === KEY && !isOwn) void follow();
  });
  const follow = async () => {
    const now = await collection.get(KEY);
    // What is being typed here is written in a moment, and meets the other's then.
    if (!now || isBehind()) return;
    written = now.value;
    work.adopt(now.value);
    take(now);
  };
}

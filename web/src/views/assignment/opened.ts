/** The one work of this page, its tests and portraits: they survive a look at another view. */
import { signal } from "@preact/signals";
import { openTheWork } from "../../workspace/library";
import type { Work } from "../../workspace/work";
import { createCheck, type Check } from "./check";
import { createGallery, type Gallery } from "./gallery";

export interface Opened {
  work: Work;
  check: Check;
  gallery: Gallery;
}

export const opened = signal<Opened | null>(null);
export const failure = signal<string | null>(null);

export async function open(): Promise<void> {
  if (opened.peek()) return;
  failure.value = null;
  try {
    const work = await openTheWork();
    opened.value ??= { work, check: createCheck(work), gallery: createGallery(work) };
  } catch (error) {
    failure.value = (error as Error).message;
  }
}

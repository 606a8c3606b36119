/** The one work of this page, and its tests: they survive a look at another view. */
import { signal } from "@preact/signals";
import { openTheWork } from "../../workspace/library";
import type { Work } from "../../workspace/work";
import { createCheck, type Check } from "./check";

export const opened = signal<{ work: Work; check: Check } | null>(null);
export const failure = signal<string | null>(null);

export async function open(): Promise<void> {
  if (opened.peek()) return;
  failure.value = null;
  try {
    const work = await openTheWork();
    opened.value ??= { work, check: createCheck(work) };
  } catch (error) {
    failure.value = (error as Error).message;
  }
}

/** What Python is doing, in words. */
import { signal } from "@preact/signals";
import { findAssets } from "./assets";
import type { LoadProgress, PythonInfo } from "../protocol/starting";

export interface PythonStatus {
  phase: "loading" | "ready" | "busy" | "failed";
  text: string;
  loaded?: number;
  total?: number;
  info: PythonInfo | null;
}

/** That of the page's own Python, which has our library. */
export const status = signal<PythonStatus>({
  phase: "loading",
  text: "Python has not started yet",
  info: null,
});

/** Whether code waits for the part of Python's standard library that is still on its way. */
export const waiting = signal(false);

export function showWaiting(waits: boolean): void {
  waiting.value = waits;
}

export function showLoading({ stage, loaded }: LoadProgress): void {
  const total = findAssets().bytes;
  status.value = { phase: "loading", text: stage, info: null, loaded, total };
}

export function showReady(info: PythonInfo, isBusy: boolean): void {
  status.value = { phase: isBusy ? "busy" : "ready", text: "Python ready", info };
}

export function showFailed(why: string): void {
  status.value = { phase: "failed", text: why, info: null };
}

/** What Python is doing of itself while somebody waits for an answer. */
export function showDoing({ stage, loaded }: LoadProgress): void {
  status.value = { phase: "busy", text: stage, info: status.peek().info, loaded };
}

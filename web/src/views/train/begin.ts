/** Keeps the run in step with the settings and with Python, from the first look at it on. */
import { effect, untracked } from "@preact/signals";
import { isReturn } from "../../address/address";
import { generation } from "../../python/client";
import { findRun, keep, keepNow } from "./keep";
import {
  begin as beginRun,
  findAside,
  invalidate,
  model,
  modelKey,
  moveGoal,
  phase,
  reopen,
  switchEngine,
  workerReplaced,
  worthKeeping,
} from "./run";
import { settings } from "./settings";

/** A number is typed digit by digit: wait for the last one before making a model. */
const TYPING_MS = 250;

let begun = false;

export function begin(): void {
  if (begun) return;
  begun = true;
  effect(followPython);
  effect(followSettings());
  beginRun(findRun(modelKey(), parameters()));
  effect(() => keep(worthKeeping.value, model.value));
  effect(keepAtRest);
  // A page that is left may never be asked again.
  window.addEventListener("pagehide", keepNow);
  document.addEventListener("visibilitychange", keepNow);
}

function followSettings(): () => void {
  let known = modelKey();
  let used = settings.values.value.engine;
  let timer = 0;
  return () => {
    const key = modelKey();
    const { epochs, engine } = settings.values.value;
    untracked(() => {
      const switched = engine !== used;
      used = engine;
      if (key === known) {
        moveGoal(epochs);
        if (switched) switchEngine();
        return;
      }
      known = key;
      invalidate();
      clearTimeout(timer);
      // Who goes back finds what was there; a new link or setting means a new model.
      const kept = isReturn() ? (findAside(key) ?? findRun(key, parameters())) : null;
      timer = window.setTimeout(() => reopen(kept), TYPING_MS);
    });
  };
}

function parameters(): number {
  const { hidden } = settings.values.value;
  return 3 * hidden + hidden * (hidden + 1) + hidden + 1;
}

function keepAtRest(): void {
  if (phase.value !== "running" && phase.value !== "stepping") untracked(keepNow);
}

function followPython(): void {
  void generation.value;
  untracked(workerReplaced);
}

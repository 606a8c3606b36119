/** Keeps the run in step with the settings and with Python, from the first look at it on. */
import { effect, untracked } from "@preact/signals";
import { values } from "../../address";
import { status } from "../../client";
import { invalidate, moveGoal, reopen, reset, workerReplaced } from "./run";

/** A number is typed digit by digit: wait for the last one before making a model. */
const TYPING_MS = 250;

let begun = false;

export function begin(): void {
  if (begun) return;
  begun = true;
  effect(followPython);
  reset();
  let known = modelKey();
  let timer = 0;
  effect(() => {
    const key = modelKey();
    const { epochs } = values.train.value;
    untracked(() => {
      if (key === known) return moveGoal(epochs);
      known = key;
      invalidate();
      clearTimeout(timer);
      timer = window.setTimeout(reopen, TYPING_MS);
    });
  });
}

/** What makes one model differ from another. */
function modelKey(): string {
  const { epochs: _, ...model } = values.train.value;
  return JSON.stringify(model);
}

function followPython(): void {
  const { phase } = status.value;
  if (phase === "loading" || phase === "failed") untracked(workerReplaced);
}

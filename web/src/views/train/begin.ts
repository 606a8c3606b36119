/** Keeps the run in step with the settings and with Python, from the first look at it on. */
import { effect, untracked } from "@preact/signals";
import { values } from "../../address";
import { generation } from "../../client";
import { invalidate, moveGoal, reopen, reset, switchEngine, workerReplaced } from "./run";

/** A number is typed digit by digit: wait for the last one before making a model. */
const TYPING_MS = 250;

let begun = false;

export function begin(): void {
  if (begun) return;
  begun = true;
  effect(followPython);
  reset();
  let known = modelKey();
  let used = values.train.value.engine;
  let timer = 0;
  effect(() => {
    const key = modelKey();
    const { epochs, engine } = values.train.value;
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
      timer = window.setTimeout(reopen, TYPING_MS);
    });
  });
}

/** What makes one model differ from another. */
function modelKey(): string {
  const { dataset, points, hidden, rate, seed } = values.train.value;
  return JSON.stringify([dataset, points, hidden, rate, seed]);
}

function followPython(): void {
  void generation.value;
  untracked(workerReplaced);
}

/**
 * The training run: what the view shows of it, and what the buttons do to it.
 *
 * It lives here, outside any component, so that a trained model survives a look at another view.
 * The page keeps the latest parameters (`checkpoint`): whenever the worker is lost, the run can
 * go on in a new one.
 */
import { batch, computed, signal, untracked } from "@preact/signals";
import { WorkerGone, explain, startPython, status } from "../../python/client";
import { openTraining, train } from "../../training/calls";
import type { PythonProblem } from "../../protocol/problems";
import type {
  Boundary,
  Checkpoint,
  Points,
  TrainSettings,
  TrainingUpdate,
  WhatRan,
} from "../../protocol/training";
import type { Run } from "./keep";
import { meter } from "./meter";
import { afterFrame, paceOf } from "./pace";
import { Records } from "./records";
import { settings } from "./settings";

/** "lost": Python ended under the run, which waits for the learner to go on. */
export type Phase = "opening" | "ready" | "running" | "stepping" | "pausing" | "lost";

export const phase = signal<Phase>("opening");
export const points = signal<Points | null>(null);
export const boundary = signal<Boundary | null>(null);
export const records = signal(Records.none);
/** The records that figures and log show: all of them, unless they wait for the end. */
export const drawn = signal(Records.none);
/** What computes the run, once that is known. */
export const ran = signal<WhatRan | null>(null);
export const problem = signal<PythonProblem | null>(null);
/** Epochs a second, as the learner sees them pass; null when nothing runs. */
export const speed = signal<number | null>(null);
/** The epoch to train up to: it grows when a run that reached it is trained further. */
export const goal = signal(settings.values.value.epochs);
/** What was pressed while the model was not ready yet: it happens as soon as it is. */
export const wish = signal<"train" | "step" | null>(null);
const checkpoint = signal<Checkpoint | null>(null);
/** The settings that the model was made from, as `modelKey` writes them. */
export const model = signal("");

export const epoch = computed(() => checkpoint.value?.epoch ?? 0);
export const latest = computed(() => records.value.last);
export const training = computed(
  () => phase.value === "running" || phase.value === "pausing" || wish.value === "train",
);

/** What a reload may not lose: nothing as long as nothing was trained. */
export const worthKeeping = computed((): Run | null => {
  if (!checkpoint.value || epoch.value === 0) return null;
  return {
    model: model.value,
    epochs: untracked(() => settings.values.value.epochs),
    goal: goal.value,
    checkpoint: checkpoint.value,
    records: records.value,
  };
});

/** The last few runs whose settings were left, by their models. */
const aside = new Map<string, Run>();
const ASIDE = 5;
/** Counts openings: whatever belongs to an earlier one comes too late to matter. */
let current = 0;
/** Whether the worker in use holds our model. */
let held = false;
/** Whether the settings have changed since the last opening. */
let invalid = false;
let abort: AbortController | null = null;
let settled: Promise<void> = Promise.resolve();
let stepTarget = 0;

// ------------------------------------------------------------------------------- the buttons

export function start(): void {
  if (phase.value === "opening" || phase.value === "stepping") wish.value = "train";
  if (phase.value !== "ready") return;
  if (epoch.value >= goal.value) goal.value = epoch.value + settings.values.value.epochs;
  launch("running", () => goal.value);
}

export function step(): void {
  if (phase.value === "opening") wish.value = "step";
  // Pressed faster than an epoch takes: one more.
  if (phase.value === "stepping") stepTarget += 1;
  if (phase.value !== "ready") return;
  stepTarget = epoch.value + 1;
  launch("stepping", () => stepTarget);
}

export function pause(): void {
  wish.value = null;
  if (phase.value !== "running") return;
  phase.value = "pausing";
  abort?.abort();
}

/** A new, untrained model from the settings. */
export function reset(): void {
  wish.value = null;
  void open(null);
}

/** The first model: a run that the tab has kept, or an untrained one. It waits for Train. */
export function begin(kept: Run | null): void {
  if (kept) takeUp(kept);
  void open(checkpoint.value);
}

/** After Python was lost: another worker, the last known parameters, and on. */
export async function goOn(): Promise<void> {
  startPython();
  wish.value = "train";
  await open(checkpoint.value);
}

// --------------------------------------------------------------------- what happens elsewhere

/**
 * The settings no longer describe this model: whatever runs ends, another one is on its way. It
 * is put aside, for whoever comes back to its settings (as Back does) wants it as it was.
 */
export function invalidate(): void {
  const run = worthKeeping.value;
  if (run) putAside(run);
  current += 1;
  invalid = true;
  wish.value = null;
  phase.value = "opening";
  abort?.abort();
}

/** A model from the new settings, unless Reset was quicker; what was pressed still counts. */
export function reopen(kept: Run | null): void {
  if (!invalid) return;
  if (kept) begin(kept);
  else void open(null);
}

/** What was trained from these settings before. */
export function findAside(key: string): Run | null {
  return aside.get(key) ?? null;
}

/** The other engine goes on where this one is: epochs, parameters and all. */
export function switchEngine(): void {
  if (phase.value === "running") wish.value = "train";
  if (phase.value !== "lost") void open(checkpoint.value);
}

/** The number of epochs is no part of the model: changing it only moves the goal. */
export function moveGoal(epochs: number): void {
  goal.value = Math.max(epochs, epoch.value);
}

/** The worker has ended, or another one is starting: our model is not in it. */
export function workerReplaced(): void {
  held = false;
  // Nothing was trained, so there is nothing to ask the learner about.
  if (phase.value === "lost" && epoch.value === 0 && status.value.phase !== "failed") reset();
}

// ------------------------------------------------------------------------------ how it is done

async function open(from: Checkpoint | null): Promise<void> {
  abort?.abort();
  const mine = ++current;
  invalid = false;
  phase.value = "opening";
  await settled;
  if (mine !== current) return;
  try {
    const opened = await openTraining(trainSettings(), from);
    if (mine !== current) return;
    held = true;
    batch(() => {
      if (!from) forget();
      model.value = modelKey();
      problem.value = null;
      ran.value = null;
      points.value = opened.points;
      takeIn(opened.update);
    });
    becomeReady();
  } catch (error) {
    if (mine !== current) return;
    // What is still known is of another model: nothing may go on from it.
    if (!from) batch(forget);
    fail(error);
  }
}

function putAside(run: Run): void {
  aside.delete(run.model);
  aside.set(run.model, run);
  for (const oldest of aside.keys()) if (aside.size > ASIDE) aside.delete(oldest);
}

/** The state of a run from before; its model is opened next. */
function takeUp(run: Run): void {
  const { epochs } = settings.values.value;
  batch(() => {
    checkpoint.value = run.checkpoint;
    model.value = run.model;
    records.value = drawn.value = run.records;
    goal.value = epochs === run.epochs ? run.goal : Math.max(epochs, epoch.value);
  });
}

/** The old model is gone, and what it had learned. */
function forget(): void {
  aside.delete(modelKey());
  checkpoint.value = null;
  records.value = Records.none;
  problem.value = null;
  goal.value = settings.values.value.epochs;
}

function launch(as: "running" | "stepping", target: () => number): void {
  problem.value = null;
  phase.value = as;
  settled = run(target);
}

/** Asks for epochs until the target is reached, which may move while they are trained. */
async function run(target: () => number): Promise<void> {
  const mine = current;
  const stop = new AbortController();
  abort = stop;
  try {
    if (!held) {
      // The worker was replaced while nothing ran: the new one gets our model, unnoticed.
      await openTraining(trainSettings(), checkpoint.value);
      held = mine === current;
    }
    while (!stop.signal.aborted && !problem.value && epoch.value < target()) {
      const before = epoch.value;
      const asked = target() - before;
      const pace = phase.value === "stepping" ? null : paceOf(settings.values.value, asked);
      const last = await train(asked, pace, follow(mine, before + asked, target, stop), stop.signal);
      if (mine === current) takeIn(last);
      if (epoch.value === before) break;
    }
    if (mine === current) becomeReady();
  } catch (error) {
    if (mine === current) fail(error);
  } finally {
    speed.value = null;
    if (abort === stop) abort = null;
  }
}

function follow(mine: number, end: number, target: () => number, stop: AbortController) {
  const measure = meter();
  return async (update: TrainingUpdate): Promise<void> => {
    if (mine !== current) return;
    batch(() => {
      takeIn(update);
      speed.value = phase.value === "running" ? measure(epoch.value) : null;
    });
    const goalMovedBack = epoch.value < end && epoch.value >= target();
    if (goalMovedBack) stop.abort();
    // Nothing is computed that nobody gets to see.
    if (update.boundary && !update.finished) await afterFrame();
  };
}

function takeIn(update: TrainingUpdate): void {
  // What is drawn after a pause may arrive when the run has gone on.
  if (update.checkpoint.epoch < epoch.value) return;
  records.value = records.value.with(update.records);
  checkpoint.value = update.checkpoint;
  // A step may lead past the goal, and so may a run whose goal is moved back.
  goal.value = Math.max(goal.value, epoch.value);
  if (update.ran) ran.value = update.ran;
  if (update.problem) problem.value = update.problem;
  if (update.boundary) boundary.value = update.boundary;
  const waits = phase.value === "running" && !update.boundary && drawsAtTheEnd();
  if (!waits) drawn.value = records.value;
}

function drawsAtTheEnd(): boolean {
  return settings.values.value.drawing === "end";
}

export function trainSettings(): TrainSettings {
  const { drawing: _, ...others } = settings.values.value;
  return others;
}

/** What makes one model differ from another. */
export function modelKey(): string {
  const { dataset, points, hidden, rate, seed } = settings.values.value;
  return JSON.stringify([dataset, points, hidden, rate, seed]);
}

function becomeReady(): void {
  const wanted = wish.value;
  wish.value = null;
  phase.value = "ready";
  if (wanted === "train") start();
  if (wanted === "step") step();
}

function fail(error: unknown): void {
  wish.value = null;
  if (error instanceof WorkerGone) {
    phase.value = "lost";
    workerReplaced();
    return;
  }
  phase.value = "ready";
  // Not the learner's doing, but better read than waited for.
  problem.value = {
    kind: error instanceof Error ? error.name : "Error",
    line: null,
    hint: "Reset makes a new model. If that doesn’t help, load the page again.",
    ...explain(error),
  };
}

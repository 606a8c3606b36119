/** What is known of a run, for a page to show: its data, where it has come to, and its log. */
import { batch, computed, signal } from "@preact/signals";
import type { PythonProblem } from "../protocol/problems";
import type { Library } from "../protocol/starting";
import type {
  Boundary,
  Checkpoint,
  Points,
  TrainingOpened,
  TrainingUpdate,
  WhatRan,
} from "../protocol/training";
import { Records } from "./records";
import type { SavedRun } from "./saved";
import { Snapshots } from "./snapshots";

/** A plane that is drawn for longer, in milliseconds, is told of. */
const LONG_MS = 500;

/** An earlier state of a run, and what it made of the plane. */
export interface Look {
  checkpoint: Checkpoint;
  boundary: Boundary;
}

/**
 * The page keeps the latest parameters (`checkpoint`): whenever the worker is lost, or holds the
 * model of another run, this one can go on from there.
 */
export class Known {
  readonly points = signal<Points | null>(null);
  /** Where it is, with the parameters. */
  readonly checkpoint = signal<Checkpoint | null>(null);
  /** What the model never sees, to judge it by. */
  readonly heldOut = signal<Points | null>(null);
  /** The names of the model's parameters, such as "layer1.bias_0"; null until it is open. */
  readonly parameters = signal<readonly string[] | null>(null);
  readonly boundary = signal<Boundary | null>(null);
  /** An earlier epoch that is looked at, until it is trained further. */
  readonly looked = signal<Look | null>(null);
  /** What the figures show: the state of the run, or the epoch that is looked at. */
  readonly shown = computed(() => this.looked.value?.boundary ?? this.boundary.value);
  /** The parameters of what is shown. */
  readonly shownAt = computed(() => this.looked.value?.checkpoint ?? this.checkpoint.value);
  /** The parameters every so often, to look back at. */
  readonly snapshots = signal(Snapshots.none);
  readonly records = signal(Records.none);
  /** The records that figures and log show: all of them, unless they wait for the end. */
  readonly drawn = signal(Records.none);
  /** What computes the run, once that is known. */
  readonly ran = signal<WhatRan | null>(null);
  /** The library that made what is shown. */
  readonly madeBy = signal<Library | null>(null);
  /** What there is to know of the model, such as that it is not the learner's own. */
  readonly note = signal<string | null>(null);
  readonly problem = signal<PythonProblem | null>(null);
  /** The settings that the model was made from, as `modelKey` writes them. */
  readonly model = signal("");
  readonly epoch = computed(() => this.checkpoint.value?.epoch ?? 0);
  /** How many points of the next epoch have been gone through already. */
  readonly within = signal(0);
  /** How much of a plane that takes long to be drawn is done, from 0 to 1; null: none does. */
  readonly drawing = signal<number | null>(null);
  private drawsSince: number | null = null;
  /** The epochs behind it, the part of the one at work with them. */
  readonly passed = computed(
    () => this.epoch.value + this.within.value / (this.points.value?.label.length || 1),
  );
  /** The epoch to train up to: it grows when a run that reached it is trained further. */
  readonly goal = signal(0);

  /** Takes in what is told of the model when it is opened. */
  protected meet({ points, heldOut, parameters, note, update }: TrainingOpened): void {
    this.points.value = points;
    this.heldOut.value = heldOut;
    this.note.value = note;
    this.parameters.value = parameters;
    this.madeBy.value = update.library;
  }

  /** Takes in what is told of the training; `waits`: figures and log wait for the end of it. */
  protected takeIn(update: TrainingUpdate, waits: boolean): void {
    this.records.value = this.records.value.with(update.records);
    this.checkpoint.value = update.checkpoint;
    this.within.value = update.within;
    this.tellOfDrawing(update.drawing);
    this.snapshots.value = this.snapshots.value.with(update.checkpoint);
    // A step may lead past the goal, and so may a run whose goal is moved back.
    this.goal.value = Math.max(this.goal.value, this.epoch.value);
    if (update.ran) this.ran.value = update.ran;
    if (update.problem) this.problem.value = update.problem;
    if (update.boundary) this.boundary.value = update.boundary;
    if (!waits) this.drawn.value = this.records.value;
  }

  private tellOfDrawing(part: number | null): void {
    if (part === null) this.drawsSince = null;
    else this.drawsSince ??= performance.now();
    const isLong = this.drawsSince !== null && performance.now() - this.drawsSince >= LONG_MS;
    this.drawing.value = isLong ? part : null;
  }

  /** Takes up a run that was saved, where so many epochs are `asked` for now. */
  protected take({ model, epochs, goal, checkpoint, records }: SavedRun, asked: number): void {
    batch(() => {
      this.checkpoint.value = checkpoint;
      this.model.value = model;
      this.records.value = this.drawn.value = records;
      this.goal.value = asked === epochs ? goal : Math.max(asked, checkpoint.epoch);
    });
  }

  /** Forgets it all: a model that is not there yet shall be trained up to `goal`. */
  protected forget(goal: number): void {
    this.points.value = null;
    this.heldOut.value = null;
    this.looked.value = null;
    this.snapshots.value = Snapshots.none;
    this.parameters.value = null;
    this.boundary.value = null;
    this.checkpoint.value = null;
    this.within.value = 0;
    this.tellOfDrawing(null);
    this.records.value = this.drawn.value = Records.none;
    this.problem.value = null;
    this.note.value = null;
    this.madeBy.value = null;
    this.goal.value = goal;
  }

  /** What a reload may not lose: nothing as long as nothing was trained. */
  protected save(epochs: number): SavedRun | null {
    const checkpoint = this.checkpoint.value;
    if (!checkpoint || checkpoint.epoch === 0) return null;
    return {
      model: this.model.value,
      epochs,
      goal: this.goal.value,
      checkpoint,
      records: this.records.value,
    };
  }
}

/**
 * What is wanted of a run. Buttons and settings only say so: a model to be opened, epochs to be
 * trained. `work.ts` makes it so.
 */
import { batch, computed, signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import { isSameLibrary } from "../python/client";
import type { Home } from "./calls";
import type { Files } from "../protocol/starting";
import type { Checkpoint, TrainSettings } from "../protocol/training";
import { Known } from "./known";
import type { Drawing } from "./pace";
import { modelKey, type SavedRun } from "./saved";
import { trainAlone, type Holder } from "./session";

/** "lost": Python ended under the run, which waits for the learner to go on. */
export type Phase = "opening" | "ready" | "running" | "stepping" | "pausing" | "lost";

export interface RunOptions {
  /** Another model is opened as soon as they ask for one; another engine goes on with this one. */
  settings: ReadonlySignal<TrainSettings>;
  drawing: ReadonlySignal<Drawing>;
  /** The learner's files to train on; null: on our library. From one to the other, a new model. */
  library?: ReadonlySignal<Files | null>;
  /** A run to begin with: it waits for Train. */
  saved?: SavedRun | null;
  /** Looks for a run of the model that the settings now ask for; null: an untrained model. */
  find?(model: string): SavedRun | null;
}

/** A model to be opened: untrained, where this one has come to, or where a saved run had. */
export interface Opening {
  from: Checkpoint | null;
  saved: SavedRun | null;
}

export const UNTRAINED: Opening = { from: null, saved: null };

export abstract class Wishes extends Known implements Holder {
  /** What was pressed, until it is done. */
  readonly aim = signal<"train" | "step" | null>(null);

  readonly phase = computed((): Phase => {
    if (this.isLost.value) return "lost";
    if (this.opening.value) return "opening";
    if (this.aim.value) return this.aim.value === "train" ? "running" : "stepping";
    return this.isCalling.value ? "pausing" : "ready";
  });
  /** Whether it is on a library of theirs that is trained. */
  readonly isTheirs = computed(() => this.asked.value !== null);
  /** Whether it waits for somebody to ask: a link, or a reload, runs no learner's code. */
  readonly isHeldBack = computed(() => {
    const { code } = this.options.settings.value;
    if (code !== null && this.allowed.value !== code) return true;
    return this.isTheirs.value && !this.wasPressed.value;
  });
  /** Whether it is to be trained on points of the learner's own, of which there are none yet. */
  readonly isEmpty = computed(() => this.options.settings.value.own?.label.length === 0);
  /** Whether the learner has changed their files since the model was made, or last opened. */
  readonly isStale = computed(() => {
    const [used, now] = [this.used.value, this.asked.value];
    return used !== null && now !== null && !isSameLibrary(used, now);
  });

  protected readonly opening = signal<Opening | null>(null);
  protected readonly isLost = signal(false);
  protected readonly options: RunOptions;
  protected settings: TrainSettings;
  /** The learner's files as they are now, and as they were when the model was opened. */
  protected readonly asked: ReadonlySignal<Files | null>;
  protected readonly used = signal<Files | null>(null);
  protected readonly isCalling = signal(false);
  /** Whether any button of this run was pressed. */
  private readonly wasPressed = signal(false);
  /** The text of a model that a button was pressed for: no other text runs. */
  private readonly allowed = signal<string | null>(null);
  /** Whether Train was pressed and nothing was trained for it yet. */
  protected isAsked = false;
  /** How many epochs Step has asked for that are not trained yet. */
  protected steps = 0;
  /** The call to train that is being answered. */
  protected call: AbortController | null = null;

  constructor(options: RunOptions) {
    super();
    this.options = options;
    this.settings = options.settings.value;
    this.asked = options.library ?? signal(null);
    this.goal.value = this.settings.epochs;
  }

  /** Where it is trained. */
  get home(): Home {
    return { library: this.asked.peek(), code: this.settings.code };
  }

  abstract readonly pause: () => void;

  giveWay(): void {
    this.call?.abort();
  }

  /** Opens a new, untrained model of the settings. */
  readonly reset = (): void => {
    this.allow(this.settings.code);
    this.wantNothing();
    this.want(UNTRAINED);
  };

  /** Lets the text of a model run, if the settings ask for it: the learner has pressed a button. */
  allow(code: string | null): void {
    this.wasPressed.value = true;
    this.allowed.value = code;
  }

  // --------------------------------------------------------------------------- what is wanted

  protected aimAt(what: "train" | "step"): void {
    trainAlone(this);
    batch(() => {
      this.allow(this.settings.code);
      this.looked.value = null;
      this.problem.value = null;
      this.aim.value = what;
    });
    void this.work();
  }

  protected wantNothing(): void {
    this.aim.value = null;
    this.isAsked = false;
    this.steps = 0;
  }

  /** Wants another model from here on: whatever is trained meanwhile is of the old one. */
  protected want(opening: Opening): void {
    batch(() => {
      this.isLost.value = false;
      // An object of its own, by which the answer to this wish is known from one to another.
      this.opening.value = { ...opening };
    });
    this.call?.abort();
    void this.work();
  }

  /** How many epochs are wanted from here. */
  protected left(): number {
    return this.aim.value === "step" ? this.steps : this.goal.value - this.epoch.value;
  }

  /** Train, pressed at the goal, leads beyond it. */
  protected extendGoal(): void {
    const isThere = this.epoch.value >= this.goal.value;
    if (this.isAsked && isThere) this.goal.value = this.epoch.value + this.settings.epochs;
    this.isAsked = false;
  }

  /** Does what is wanted, until nothing more is. */
  protected abstract work(): Promise<void>;

  protected key(): string {
    return modelKey(this.settings, this.isTheirs.value);
  }

  protected override forget(goal: number): void {
    super.forget(goal);
    this.used.value = null;
  }
}

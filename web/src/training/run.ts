/**
 * A run of training: what a page shows of it, and what its buttons and settings do to it.
 *
 * Buttons and settings only say what is wanted: a model to be opened, epochs to be trained. One
 * loop (`work`) makes it so, one call after the other, until nothing more is wanted. So everything
 * happens in the order in which it was asked for.
 *
 * The page keeps the latest parameters (`checkpoint`): whenever the worker is lost, or holds the
 * model of another run, this one can go on from there.
 */
import { batch, computed, effect, signal, untracked } from "@preact/signals";
import type { ReadonlySignal, Signal } from "@preact/signals";
import {
  Stopped,
  WorkerGone,
  generationOn,
  isSameLibrary,
  problemOf,
  startPython,
  status,
} from "../python/client";
import { openTraining, train } from "./calls";
import type { PythonProblem } from "../protocol/problems";
import type { Files, Library } from "../protocol/starting";
import type {
  Boundary,
  Checkpoint,
  Pace,
  Points,
  TrainSettings,
  TrainingOpened,
  TrainingUpdate,
  WhatRan,
} from "../protocol/training";
import { meter } from "./meter";
import { afterFrame, paceOf, type Drawing } from "./pace";
import { Records } from "./records";
import { modelKey, type SavedRun } from "./saved";
import { holdFor, inTurn, isHeldFor, opensSoon, release, trainAlone } from "./session";
import type { Holder } from "./session";

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

/** Makes a run and opens its model. Whoever makes one lets go of it with `dispose`. */
export function createRun(options: RunOptions): Run {
  return untracked(() => new Run(options));
}

/** A model to be opened: untrained, where this one has come to, or where a saved run had. */
interface Opening {
  from: Checkpoint | null;
  saved: SavedRun | null;
}

const UNTRAINED: Opening = { from: null, saved: null };

export class Run implements Holder {
  readonly points = signal<Points | null>(null);
  /** The names of the model's parameters, such as "layer1.bias_0"; null until it is open. */
  readonly parameters = signal<readonly string[] | null>(null);
  readonly boundary = signal<Boundary | null>(null);
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
  /** Epochs a second, as the learner sees them pass; null when nothing runs. */
  readonly speed = signal<number | null>(null);
  /** The epoch to train up to: it grows when a run that reached it is trained further. */
  readonly goal: Signal<number>;
  /** The settings that the model was made from, as `modelKey` writes them. */
  readonly model = signal("");
  /** What was pressed, until it is done. */
  readonly aim = signal<"train" | "step" | null>(null);

  readonly epoch = computed(() => this.checkpoint.value?.epoch ?? 0);
  readonly phase = computed((): Phase => {
    if (this.isLost.value) return "lost";
    if (this.opening.value) return "opening";
    if (this.aim.value) return this.aim.value === "train" ? "running" : "stepping";
    return this.isCalling.value ? "pausing" : "ready";
  });
  /** Whether it is on a library of theirs that is trained. */
  readonly isTheirs = computed(() => this.asked.value !== null);
  /** Whether it waits for somebody to ask: a link, or a reload, runs no learner's code. */
  readonly isHeldBack = computed(() => this.isTheirs.value && !this.wasPressed.value);
  /** Whether the learner has changed their files since the model was made, or last opened. */
  readonly isStale = computed(() => {
    const [used, now] = [this.used.value, this.asked.value];
    return used !== null && now !== null && !isSameLibrary(used, now);
  });
  /** Whether there is something to pause, or it is being paused. */
  readonly isTraining = computed(
    () => this.aim.value === "train" || this.phase.value === "pausing",
  );
  /** What a reload may not lose: nothing as long as nothing was trained. */
  readonly saved = computed((): SavedRun | null => this.save());

  private readonly checkpoint = signal<Checkpoint | null>(null);
  private readonly opening = signal<Opening | null>(null);
  private readonly isCalling = signal(false);
  private readonly isLost = signal(false);
  private readonly options: RunOptions;
  private settings: TrainSettings;
  /** As `key` writes what the settings now ask for. */
  private wantedModel: string;
  /** The learner's files as they are now, and as they were when the model was opened. */
  private readonly asked: ReadonlySignal<Files | null>;
  private readonly used = signal<Files | null>(null);
  /** Whether any button of this run was pressed. */
  private readonly wasPressed = signal(false);
  /** Whether Train was pressed and nothing was trained for it yet. */
  private isAsked = false;
  /** How many epochs Step has asked for that are not trained yet. */
  private steps = 0;
  private call: AbortController | null = null;
  private isAtWork = false;
  private isDisposed = false;
  private readonly stopEffects: (() => void)[];

  constructor(options: RunOptions) {
    this.options = options;
    this.settings = options.settings.value;
    this.asked = options.library ?? signal(null);
    this.wantedModel = this.key();
    this.goal = signal(this.settings.epochs);
    const { saved = null } = options;
    if (saved) this.take(saved);
    this.want({ from: saved?.checkpoint ?? null, saved });
    this.stopEffects = this.follow();
  }

  /** The learner's files as they are now; null: our library. */
  get library(): Files | null {
    return this.asked.peek();
  }

  dispose(): void {
    this.isDisposed = true;
    this.stopEffects.forEach((stop) => stop());
    this.call?.abort();
    release(this);
  }

  // ----------------------------------------------------------------------------- the buttons

  /** Trains up to the goal; from there, as many epochs as the settings say. */
  readonly start = (): void => {
    if (this.isLost.value || this.aim.value === "train") return;
    this.isAsked = true;
    this.steps = 0;
    this.aimAt("train");
  };

  /** Trains one epoch, and one more each time it is pressed. */
  readonly step = (): void => {
    if (this.isLost.value || this.aim.value === "train") return;
    this.steps += 1;
    this.aimAt("step");
  };

  readonly pause = (): void => {
    if (this.aim.value !== "train") return;
    this.wantNothing();
    this.call?.abort();
  };

  /** Opens a new, untrained model of the settings. */
  readonly reset = (): void => {
    this.wasPressed.value = true;
    this.wantNothing();
    this.want(UNTRAINED);
  };

  /** After Python was lost: another worker, the last known parameters, and on. */
  readonly goOn = (): void => {
    startPython();
    this.want({ from: this.checkpoint.value, saved: null });
    this.start();
  };

  giveWay(): void {
    this.call?.abort();
  }

  private aimAt(what: "train" | "step"): void {
    trainAlone(this);
    batch(() => {
      this.wasPressed.value = true;
      this.problem.value = null;
      this.aim.value = what;
    });
    void this.work();
  }

  private wantNothing(): void {
    this.aim.value = null;
    this.isAsked = false;
    this.steps = 0;
  }

  /** Wants another model from here on: whatever is trained meanwhile is of the old one. */
  private want(opening: Opening): void {
    batch(() => {
      this.isLost.value = false;
      // An object of its own, by which the answer to this wish is known from one to another.
      this.opening.value = { ...opening };
    });
    this.call?.abort();
    void this.work();
  }

  // ------------------------------------------------------------------- what happens elsewhere

  private follow(): (() => void)[] {
    const { settings, drawing } = this.options;
    return [
      effect(() => {
        const next = settings.value;
        void this.isTheirs.value;
        untracked(() => this.apply(next));
      }),
      effect(() => {
        void drawing.value;
        // The next call to train is asked for at the new pace.
        untracked(() => this.giveWay());
      }),
      effect(() => {
        void generationOn(this.asked.value).value;
        untracked(() => this.replaceUntrained());
      }),
    ];
  }

  private apply(next: TrainSettings): void {
    const before = this.settings;
    this.settings = next;
    const model = this.key();
    if (model !== this.wantedModel) {
      this.wantedModel = model;
      this.wantNothing();
      const saved = this.options.find?.(model) ?? null;
      this.want({ from: saved?.checkpoint ?? null, saved });
      return;
    }
    // The number of epochs is no part of the model.
    if (next.epochs !== before.epochs) this.goal.value = Math.max(next.epochs, this.epoch.value);
    // The other engine goes on where this one is, or was about to begin.
    const here = { from: this.checkpoint.value, saved: null };
    const isLost = this.isLost.value;
    if (next.engine !== before.engine && !isLost) this.want(this.opening.value ?? here);
  }

  private key(): string {
    return modelKey(this.settings, this.isTheirs.value);
  }

  /**
   * Nothing was trained when the worker was lost, so there is nothing to ask the learner about. A
   * library of theirs that has ended its worker would end the next one too.
   */
  private replaceUntrained(): void {
    const canStart = status.value.phase !== "failed" && !this.isTheirs.value;
    if (this.isLost.value && this.epoch.value === 0 && canStart) this.reset();
  }

  // ------------------------------------------------------------------------------ how it is done

  private async work(): Promise<void> {
    if (this.isAtWork) return;
    this.isAtWork = true;
    while (this.hasWork()) {
      await inTurn(this, this.opening.value !== null, () => this.doNext());
    }
    this.isAtWork = false;
  }

  private hasWork(): boolean {
    if (this.isDisposed || this.isHeldBack.value) return false;
    return this.opening.value !== null || (this.aim.value !== null && !this.isLost.value);
  }

  private async doNext(): Promise<void> {
    // Waiting for its turn, it may have lost its reason.
    if (!this.hasWork()) return;
    if (this.opening.value) await this.open(this.opening.value);
    else if (!opensSoon()) await this.train();
  }

  private async open(wanted: Opening): Promise<void> {
    const isWanted = () => this.opening.value === wanted;
    const library = this.asked.value;
    try {
      const opened = await openTraining(this.settings, wanted.from, library);
      const from = wanted.from?.epoch ?? 0;
      if (!leads(opened.update, from, from)) throw new Error(MADE_UP);
      holdFor(this, library);
      if (!isWanted()) return;
      batch(() => {
        this.turnTo(wanted);
        this.opening.value = null;
        this.problem.value = null;
        this.ran.value = null;
        this.meet(opened, library);
        this.takeIn(opened.update);
      });
    } catch (error) {
      if (!isWanted()) return;
      this.turnTo(wanted);
      // What was saved is not always sound.
      if (wanted.saved && !(error instanceof WorkerGone)) this.want(UNTRAINED);
      else this.fail(error);
    }
  }

  private async train(): Promise<void> {
    this.extendGoal();
    const [before, asked] = [this.epoch.value, this.left()];
    if (asked <= 0) return this.wantNothing();
    const call = (this.call = new AbortController());
    const library = this.asked.value;
    this.isCalling.value = true;
    try {
      await this.hold(library);
      if (call.signal.aborted) return;
      const listen = this.listener(before + asked, call);
      await train(asked, this.paceFor(asked), listen, call.signal, library);
      const isStuck = this.epoch.value === before && !call.signal.aborted;
      if (this.problem.value || isStuck) this.wantNothing();
    } catch (error) {
      if (!this.opening.value) this.fail(error);
    } finally {
      batch(() => {
        this.isCalling.value = false;
        this.speed.value = null;
      });
      this.call = null;
    }
  }

  private paceFor(epochs: number): Pace {
    if (this.aim.value === "step") return null;
    const engine = this.isTheirs.value ? "eager" : this.settings.engine;
    return paceOf(this.options.drawing.value, engine, epochs);
  }

  /** How many epochs are wanted from here. */
  private left(): number {
    return this.aim.value === "step" ? this.steps : this.goal.value - this.epoch.value;
  }

  /** Train, pressed at the goal, leads beyond it. */
  private extendGoal(): void {
    const isThere = this.epoch.value >= this.goal.value;
    if (this.isAsked && isThere) this.goal.value = this.epoch.value + this.settings.epochs;
    this.isAsked = false;
  }

  /** Sees that the worker holds our model: it may be another worker, or hold another run's. */
  private async hold(library: Files | null): Promise<void> {
    if (isHeldFor(this, library)) return;
    // A model of theirs that was not trained yet begins as their files now say.
    const isNew = library !== null && this.epoch.value === 0;
    const opened = await openTraining(this.settings, isNew ? null : this.checkpoint.value, library);
    holdFor(this, library);
    batch(() => {
      this.meet(opened, library);
      if (isNew) this.takeIn(opened.update);
    });
  }

  private meet({ points, parameters, note, update }: TrainingOpened, library: Files | null): void {
    this.points.value = points;
    this.note.value = note;
    this.parameters.value = parameters;
    this.madeBy.value = update.library;
    this.used.value = library;
  }

  /** Takes in what is told of a call that trains up to the epoch `end`. */
  private listener(end: number, call: AbortController) {
    const measure = meter();
    return async (update: TrainingUpdate): Promise<void> => {
      if (this.opening.value || this.isDisposed) return;
      if (!leads(update, this.epoch.value, end)) {
        this.problem.value = problemOf(new Error(MADE_UP), HINT);
        return call.abort();
      }
      batch(() => {
        const before = this.epoch.value;
        this.takeIn(update);
        this.steps = Math.max(0, this.steps - (this.epoch.value - before));
        this.speed.value = this.aim.value === "train" ? measure(this.epoch.value) : null;
      });
      const isGoalMovedBack = this.epoch.value < end && this.left() <= 0;
      if (isGoalMovedBack) call.abort();
      // Nothing is computed that nobody gets to see.
      if (update.boundary && !update.finished && !call.signal.aborted) await afterFrame();
    };
  }

  private takeIn(update: TrainingUpdate): void {
    this.records.value = this.records.value.with(update.records);
    this.checkpoint.value = update.checkpoint;
    // A step may lead past the goal, and so may a run whose goal is moved back.
    this.goal.value = Math.max(this.goal.value, this.epoch.value);
    if (update.ran) this.ran.value = update.ran;
    if (update.problem) this.problem.value = update.problem;
    if (update.boundary) this.boundary.value = update.boundary;
    const drawsAtTheEnd = this.options.drawing.value === "end";
    const waits = this.aim.value === "train" && !update.boundary && drawsAtTheEnd;
    if (!waits) this.drawn.value = this.records.value;
  }

  // ---------------------------------------------------------------------- from model to model

  /** From here on, what is known is of the model that was wanted. */
  private turnTo({ from, saved }: Opening): void {
    batch(() => {
      if (saved || !from) this.forget();
      if (saved) this.take(saved);
      this.model.value = this.key();
    });
  }

  private take({ model, epochs, goal, checkpoint, records }: SavedRun): void {
    const asked = this.settings.epochs;
    batch(() => {
      this.checkpoint.value = checkpoint;
      this.model.value = model;
      this.records.value = this.drawn.value = records;
      this.goal.value = asked === epochs ? goal : Math.max(asked, checkpoint.epoch);
    });
  }

  private forget(): void {
    this.points.value = null;
    this.parameters.value = null;
    this.boundary.value = null;
    this.checkpoint.value = null;
    this.records.value = this.drawn.value = Records.none;
    this.problem.value = null;
    this.note.value = null;
    this.madeBy.value = null;
    this.used.value = null;
    this.goal.value = this.settings.epochs;
  }

  private save(): SavedRun | null {
    const checkpoint = this.checkpoint.value;
    if (!checkpoint || checkpoint.epoch === 0) return null;
    return {
      model: this.model.value,
      epochs: this.settings.epochs,
      goal: this.goal.value,
      checkpoint,
      records: this.records.value,
    };
  }

  private fail(error: unknown): void {
    batch(() => {
      this.wantNothing();
      this.opening.value = null;
      const isGone = error instanceof WorkerGone;
      // What their library has ended once is not begun again unasked.
      if (isGone && this.isTheirs.value && this.epoch.value === 0) {
        this.problem.value = problemOf(new Error(error instanceof Stopped ? STOPPED : ENDED));
      } else if (isGone) this.isLost.value = true;
      else this.problem.value = problemOf(error, HINT);
    });
    this.replaceUntrained();
  }
}

/** Whether an update tells of the epochs that follow `from`, and of none beyond `end`. */
function leads({ records, checkpoint }: TrainingUpdate, from: number, end: number): boolean {
  const last = records.first + records.loss.length - 1;
  return records.first === from + 1 && last === checkpoint.epoch && last <= end;
}

const MADE_UP = "Python told of epochs that can’t be.";
const STOPPED = "You stopped your library.";
const ENDED = "Python ended while it was running your library. Your files are safe.";
/** For what is not the learner's doing, but better read than waited for. */
const HINT = "Reset makes a new model. If that doesn’t help, load the page again.";

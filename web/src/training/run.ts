/**
 * A run of training: what a page shows of it, and what its buttons and settings do to it.
 *
 * What is known of it is in `known.ts`, what is wanted in `wishes.ts`, and how that comes about in
 * `work.ts`.
 */
import { computed, effect, untracked } from "@preact/signals";
import { generationOn, startPython } from "../python/client";
import type { Home } from "./calls";
import type { Files } from "../protocol/starting";
import type { TrainSettings } from "../protocol/training";
import type { SavedRun } from "./saved";
import { inTurn, isHeldFor, release } from "./session";
import type { RunOptions } from "./wishes";
import { Work } from "./work";

export type { RunOptions };

/** Makes a run and opens its model. Whoever makes one lets go of it with `dispose`. */
export function createRun(options: RunOptions): Run {
  return untracked(() => new Run(options));
}

export class Run extends Work {
  /** Whether there is something to pause, or it is being paused. */
  readonly isTraining = computed(
    () => this.aim.value === "train" || this.phase.value === "pausing",
  );
  /** What a reload may not lose. */
  readonly saved = computed((): SavedRun | null => this.save(this.settings.epochs));

  /** As `key` writes what the settings now ask for. */
  private wantedModel: string;
  private readonly stopEffects: (() => void)[];

  constructor(options: RunOptions) {
    super(options);
    this.wantedModel = this.key();
    const { saved = null } = options;
    if (saved) this.take(saved, this.settings.epochs);
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
    if (!this.canBegin()) return;
    this.isAsked = true;
    this.steps = 0;
    this.aimAt("train");
  };

  /** Trains one epoch, and one more each time it is pressed. */
  readonly step = (): void => {
    if (!this.canBegin()) return;
    this.steps += 1;
    this.aimAt("step");
  };

  private canBegin(): boolean {
    return !this.isLost.value && !this.isEmpty.value && this.aim.value !== "train";
  }

  readonly pause = (): void => {
    if (this.aim.value !== "train") return;
    this.wantNothing();
    this.giveWay();
  };

  /** Goes on with other parameters, such as one that was set by hand, from the same epoch. */
  readonly place = (parameters: Float64Array): void => {
    this.wantNothing();
    this.want({ from: { epoch: this.epoch.peek(), parameters }, saved: null });
  };

  /** After Python was lost: another worker, the last known parameters, and on. */
  readonly goOn = (): void => {
    startPython();
    this.want({ from: this.checkpoint.value, saved: null });
    this.start();
  };

  /**
   * Asks the worker something about the model, which it is given where it no longer holds it. Null
   * if there is no model, or none that may run.
   */
  async ask<T>(what: (home: Home) => Promise<T>): Promise<T | null> {
    const canAnswer = () => this.checkpoint.peek() && !this.isLost.peek() && !this.isHeldBack.peek();
    if (!canAnswer()) return null;
    if (isHeldFor(this, this.home)) return what(this.home);
    let answer: T | null = null;
    await inTurn(this, false, async () => {
      if (!canAnswer() || this.isDisposed) return;
      await this.hold(this.home);
      answer = await what(this.home);
    });
    return answer;
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
        void generationOn(this.asked.value, settings.value.code).value;
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
    // The next call to train is asked for at the new rate.
    if (next.rate !== before.rate) this.giveWay();
    // The other engine goes on where this one is, or was about to begin.
    const here = { from: this.checkpoint.value, saved: null };
    const isLost = this.isLost.value;
    if (next.engine !== before.engine && !isLost) this.want(this.opening.value ?? here);
  }
}

/**
 * How what is wanted of a run comes about: one loop (`work`) makes it so, one call after the other,
 * until nothing more is wanted. So everything happens in the order in which it was asked for.
 */
import { batch, signal } from "@preact/signals";
import { WorkerGone, problemOf, status } from "../python/client";
import { openTraining, runsTheirs, train, type Home } from "./calls";
import type { Pace, TrainingOpened, TrainingUpdate } from "../protocol/training";
import { meter } from "./meter";
import { afterFrame, paceOf } from "./pace";
import { holdFor, inTurn, isHeldFor, opensSoon } from "./session";
import { HINT, MADE_UP, leads, whyGone } from "./told";
import { UNTRAINED, Wishes, type Opening } from "./wishes";

export abstract class Work extends Wishes {
  /** Epochs a second, as the learner sees them pass; null when nothing runs. */
  readonly speed = signal<number | null>(null);
  protected isDisposed = false;
  private isAtWork = false;

  protected async work(): Promise<void> {
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
    const { home } = this;
    if (this.isEmpty.value) return this.rest(wanted);
    try {
      const opened = await openTraining(this.settings, wanted.from, home);
      const from = wanted.from?.epoch ?? 0;
      if (!leads(opened.update, from, from)) throw new Error(MADE_UP);
      holdFor(this, home);
      if (!isWanted()) return;
      batch(() => {
        this.turnTo(wanted);
        this.opening.value = null;
        this.problem.value = null;
        this.ran.value = null;
        this.meetAt(home, opened);
        this.hear(opened.update);
      });
    } catch (error) {
      if (!isWanted()) return;
      this.turnTo(wanted);
      // What was saved is not always sound.
      if (wanted.saved && !(error instanceof WorkerGone)) this.want(UNTRAINED);
      else this.fail(error);
    }
  }

  /** There is nothing to train on yet: so it is, and nothing is wrong. */
  private rest(wanted: Opening): void {
    batch(() => {
      this.turnTo(wanted);
      this.opening.value = null;
      this.ran.value = null;
    });
  }

  private async train(): Promise<void> {
    this.extendGoal();
    const [before, asked] = [this.epoch.value, this.left()];
    if (asked <= 0) return this.wantNothing();
    const call = (this.call = new AbortController());
    const { home } = this;
    this.isCalling.value = true;
    try {
      await this.hold(home);
      if (call.signal.aborted) return;
      const listen = this.listener(before + asked, call);
      await train(asked, this.paceFor(asked), this.settings.rate, listen, call.signal, home);
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

  /** Sees that the worker holds our model: it may be another worker, or hold another run's. */
  protected async hold(home: Home): Promise<void> {
    if (isHeldFor(this, home)) return;
    // A model of theirs that was not trained yet begins as their files now say.
    const isNew = home.library !== null && this.epoch.value === 0;
    const opened = await openTraining(this.settings, isNew ? null : this.checkpoint.value, home);
    holdFor(this, home);
    batch(() => {
      this.meetAt(home, opened);
      if (isNew) this.hear(opened.update);
    });
  }

  private meetAt({ library }: Home, opened: TrainingOpened): void {
    this.meet(opened);
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
        this.hear(update);
        this.steps = Math.max(0, this.steps - (this.epoch.value - before));
        this.speed.value = this.aim.value === "train" ? measure(this.passed.value) : null;
      });
      const isGoalMovedBack = this.epoch.value < end && this.left() <= 0;
      if (isGoalMovedBack) call.abort();
      // Nothing is computed that nobody gets to see.
      if (update.boundary && !update.finished && !call.signal.aborted) await afterFrame();
    };
  }

  private hear(update: TrainingUpdate): void {
    const drawsAtTheEnd = this.options.drawing.value === "end";
    this.takeIn(update, this.aim.value === "train" && !update.boundary && drawsAtTheEnd);
  }

  /** From here on, what is known is of the model that was wanted. */
  private turnTo({ from, saved }: Opening): void {
    const { epochs } = this.settings;
    batch(() => {
      if (saved || !from) this.forget(epochs);
      if (saved) this.take(saved, epochs);
      this.model.value = this.key();
    });
  }

  private fail(error: unknown): void {
    batch(() => {
      this.wantNothing();
      this.opening.value = null;
      const isGone = error instanceof WorkerGone;
      // What their library has ended once is not begun again unasked.
      if (isGone && runsTheirs(this.home) && this.epoch.value === 0) {
        this.problem.value = problemOf(whyGone(error, this.home));
      } else if (isGone) this.isLost.value = true;
      else this.problem.value = problemOf(error, HINT);
    });
    this.replaceUntrained();
  }

  /**
   * Nothing was trained when the worker was lost, so there is nothing to ask the learner about. A
   * library of theirs that has ended its worker would end the next one too.
   */
  protected replaceUntrained(): void {
    const canStart = status.value.phase !== "failed" && !runsTheirs(this.home);
    if (this.isLost.value && this.epoch.value === 0 && canStart) this.reset();
  }
}

/**
 * The parameters of a run every so often, to look back at: many of a short run, and of a long or
 * large one fewer, further apart. All of them together have a limit.
 */
import type { Checkpoint } from "../protocol/training";

const MOST = 256;
/** In all of them together: 16 MB. */
const MOST_NUMBERS = 2_000_000;

/** Never changed once made: adding gives new Snapshots. */
export class Snapshots {
  static readonly none = new Snapshots([], 1);

  private constructor(
    /** The oldest first. */
    readonly all: readonly Checkpoint[],
    /** From one to the next there are at least so many epochs. */
    private readonly distance: number,
  ) {}

  /** With a checkpoint, if it is far enough from the last. */
  with(checkpoint: Checkpoint): Snapshots {
    const last = this.all.at(-1);
    if (last && checkpoint.epoch < last.epoch + this.distance) return this;
    const room = Math.max(2, Math.min(MOST, MOST_NUMBERS / checkpoint.parameters.length));
    const all = [...this.all, checkpoint];
    if (all.length <= room) return new Snapshots(all, this.distance);
    const span = checkpoint.epoch - (all[0]?.epoch ?? 0);
    return new Snapshots(
      all.filter((_, i) => i % 2 === 0),
      Math.max(2 * this.distance, Math.ceil((2 * span) / room)),
    );
  }

  /** The one of an epoch, or the last before it. */
  at(epoch: number): Checkpoint | null {
    return this.all.findLast((one) => one.epoch <= epoch) ?? this.all[0] ?? null;
  }
}

import { soon } from "./page";

/** Clocks and timers stand still, but for what a test lets pass; until `release`. */
export class StoppedClock {
  private now = performance.now();
  private last = 0;
  private readonly timers = new Map<number, { at: number; run(): void }>();
  private readonly real = { setTimeout, clearTimeout, now: performance.now };

  constructor() {
    const set = (then: (...args: unknown[]) => void, wait = 0, ...args: unknown[]) => {
      this.timers.set((this.last += 1), { at: this.now + wait, run: () => then(...args) });
      return this.last;
    };
    const clear = (timer: number) => void this.timers.delete(timer);
    Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
    performance.now = () => this.now;
  }

  /** Lets milliseconds pass: what is due meanwhile runs, each at its time. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds;
    await soon();
    for (;;) {
      const due = [...this.timers].filter(([, { at }]) => at <= end);
      const [next] = due.sort(([, a], [, b]) => a.at - b.at);
      if (!next) break;
      this.timers.delete(next[0]);
      this.now = Math.max(this.now, next[1].at);
      next[1].run();
      await soon();
    }
    this.now = end;
  }

  /** Lets the computer sleep: time passes, and nothing happens. */
  sleep(milliseconds: number): void {
    this.now += milliseconds;
  }

  release(): void {
    const { now, ...timers } = this.real;
    Object.assign(globalThis, timers);
    performance.now = now;
  }
}

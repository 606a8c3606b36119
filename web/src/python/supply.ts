/**
 * Which Python answers what. Training and a learner's programs never share one, nor do two
 * libraries: there is a supply for each use, with one worker at a time.
 *
 * When a worker of ours dies, is ended, or is not fit for another program, the next call takes the
 * one that stands by: started in advance, where there is room, and fresh, so that any use will do.
 */
import { signal } from "@preact/signals";
import { mend } from "./assets";
import { begin, type Life } from "./life";
import { showFailed, showLoading, showReady } from "./status";
import type { Files } from "../protocol/starting";

/** A call that runs and has a name for people. */
export interface Running {
  what: string;
  /** Whether it has been silent for so long that it may never answer. */
  hangs: boolean;
  stop(): void;
}

/** What a supply is for: other files, or another text, have another Python. */
export interface Purpose {
  /** The learner's files to import before ours, `minitorch/__init__.py` among them; null: none. */
  library: Files | null;
  /** A text of the learner's that is trained on; null: none. */
  code: string | null;
}

/** The spare is started when Python is ready and has not trained for this long. */
const IDLE_MS = 1_000;
/** A worker with a learner's files is let go when nobody has asked it for this long. */
const UNUSED_MS = 300_000;
/** On devices with less memory, in gigabytes, there is no spare. */
const ROOM_FOR_TWO = 4;
/** Python that ends by itself this often within a minute is not started again unasked. */
const DEATHS_A_MINUTE = 3;

/** Whether a Python may be started in advance: on a small device, only those that are needed. */
export function hasRoomForTwo(): boolean {
  const { deviceMemory, hardwareConcurrency } = navigator as { deviceMemory?: number } & Navigator;
  // Where the browser doesn't tell, processors say something of the device.
  return (deviceMemory ?? 2 * hardwareConcurrency) >= ROOM_FOR_TWO;
}

/** Whether both are the same files; null is our library. */
export function isSameLibrary(some: Files | null, others: Files | null): boolean {
  if (some === others) return true;
  if (some === null || others === null) return false;
  const names = Object.keys(others);
  return (
    names.length === Object.keys(some).length &&
    names.every((name) => Object.hasOwn(some, name) && some[name] === others[name])
  );
}

// ------------------------------------------------------------------------------- one for a use

export class Supply {
  life: Life | null = null;
  /** How many calls have no answer yet, and how many of them compute all the time. */
  calls = 0;
  heavy = 0;
  /** Those that have a name, the oldest first. */
  readonly running = signal<readonly Running[]>([]);
  /** Rises when a worker is no longer in use: the next one knows nothing of what it held. */
  readonly generation = signal(0);
  purpose: Purpose = { library: null, code: null };
  private last: Promise<void> = Promise.resolve();
  private timer = 0;

  /** Whether any fresh worker of ours will do. */
  get isOurs(): boolean {
    return this.purpose.library === null;
  }

  /** What is done from here on is for these files and this text. */
  turnTo(purpose: Purpose): this {
    const { library, code } = this.purpose;
    const isSame = purpose.code === code && isSameLibrary(purpose.library, library);
    if (isSame) return this;
    // Whatever still runs there runs on files that are no more.
    this.end("The library has changed.");
    this.purpose = purpose;
    return this;
  }

  /** Takes files for the next worker to begin with; one that is in use goes on. */
  beginWith(library: Files | null): this {
    if (!this.life) this.purpose = { library, code: null };
    return this;
  }

  /** Takes up a call that has a name, until what it gives is called. */
  note(one: Running): () => void {
    this.running.value = [...this.running.value, one];
    return () => (this.running.value = this.running.value.filter((other) => other !== one));
  }

  /** Gives the worker in use, or the next one if there is none. */
  start(): Life {
    const { library } = this.purpose;
    return (this.life ??= library ? launch(library) : takeFresh());
  }

  /** Ends the worker in use, if it is still the same one, so that the next call finds another. */
  end(why = "Python was stopped.", one = this.life): void {
    if (!one) return;
    const isInUse = one === this.life;
    if (isInUse) this.letGo();
    one.end(why);
    if (isInUse && this.isOurs) standBy();
  }

  /** Lets go of the worker in use, which has ended or is about to. */
  letGo(): Life | null {
    const { life } = this;
    if (!life) return null;
    this.life = null;
    this.generation.value += 1;
    return life;
  }

  /** Waits until whoever has asked before has left, and gives what is called to leave. */
  async takeTurn(calledOff: Promise<never>): Promise<() => void> {
    let leave = (): void => undefined;
    const before = this.last;
    const mine = new Promise<void>((resolve) => (leave = resolve));
    this.last = before.then(() => mine);
    try {
      await Promise.race([before, calledOff]);
    } catch (error) {
      leave();
      throw error;
    }
    return leave;
  }

  /** Nothing disturbs what computes all the time. */
  keepQuiet(): void {
    clearTimeout(this.timer);
    clearTimeout(pool.timer);
  }

  /** Begins to wait for a moment in which nothing is asked. */
  waitForIdle(): void {
    clearTimeout(this.timer);
    if (this.isOurs) waitForSpare();
    else if (this.calls === 0) this.timer = window.setTimeout(() => this.end(), UNUSED_MS);
  }
}

/** Training and programs on our library and on theirs; training a text of theirs; tests. */
export const supplies = {
  training: new Supply(),
  programs: new Supply(),
  theirTraining: new Supply(),
  theirPrograms: new Supply(),
  ownCode: new Supply(),
  tests: new Supply(),
};

const all: readonly Supply[] = Object.values(supplies);

// ------------------------------------------------------------------------- what stands by for all

/** Of ours: the workers that nobody uses yet, and the one that the status tells of. */
const pool = {
  spares: [] as Life[],
  shown: null as Life | null,
  timer: 0,
  deaths: [] as number[],
  isMended: false,
};

/** Starts Python, unless it has been started. */
export function startPython(): void {
  if (inUse().length > 0 || pool.spares.length > 0) return;
  standBy();
  // Whoever has lost theirs may ask again.
  for (const { generation } of all) generation.value += 1;
}

/** Whether another Python stands by than the one in use, or the first that will be. */
export function hasSpare(): boolean {
  return pool.spares.filter(({ info }) => info).length > (inUse().length > 0 ? 0 : 1);
}

/** Shows what Python does when calls begin and end. */
export function showCalls(): void {
  const info = pool.shown?.info;
  if (info) showReady(info, all.some(({ calls }) => calls > 0));
}

function inUse(): Supply[] {
  return all.filter(({ life, isOurs }) => life !== null && isOurs);
}

/** Sees that the next call will find a worker. */
function standBy(): void {
  if (pool.spares.length === 0) pool.spares.push(launch(null));
  if (!pool.shown) show(pool.spares[0]!);
}

function takeFresh(): Life {
  // On a small device there is room for one that does nothing only if no other has to start.
  const hasNone = pool.spares.length === 0 && !hasRoomForTwo();
  if (hasNone) inUse().filter(isIdle).forEach((one) => one.letGo()?.end("Another is needed."));
  standBy();
  const fresh = pool.spares.find(({ info }) => info) ?? pool.spares[0]!;
  pool.spares = pool.spares.filter((one) => one !== fresh);
  show(fresh);
  return fresh;
}

function isIdle({ calls }: Supply): boolean {
  return calls === 0;
}

/** A worker; how its start goes is shown if it is the one that is waited for. */
function launch(files: Files | null): Life {
  const mine: Life = begin(
    (progress) => {
      if (mine === pool.shown) showLoading(progress);
    },
    (why) => afterEnd(mine, why),
    files,
  );
  mine.ready.then(() => {
    showCalls();
    waitForSpare();
  }, noop);
  return mine;
}

function show(one: Life | null): void {
  pool.shown = one;
  if (one?.info) showCalls();
  else if (one) showLoading({ stage: "Starting Python", loaded: 0 });
}

/** A worker has died, or was ended by who has let go of it. */
function afterEnd(dead: Life, why: string): void {
  const owner = all.find(({ life }) => life === dead);
  const isShown = dead === pool.shown;
  const isOurs = owner ? owner.isOurs : pool.spares.includes(dead);
  owner?.letGo();
  pool.spares = pool.spares.filter((one) => one !== dead);
  if (isShown) show(inUse()[0]?.life ?? pool.spares[0] ?? null);
  // Nobody misses one that stands by while others work.
  if (isOurs && (owner || isShown)) afterDeath(dead, why);
}

function afterDeath(dead: Life, why: string): void {
  const now = performance.now();
  pool.deaths.push(now);
  const isRare = pool.deaths.filter((at) => now - at < 60_000).length <= DEATHS_A_MINUTE;
  if (dead.info && isRare) standBy();
  else if (!pool.shown) {
    showFailed(why);
    if (!dead.info) void mendAndStart();
  }
}

/** A start may have failed for what is damaged: that is fetched anew, and once Python starts again. */
async function mendAndStart(): Promise<void> {
  if (!(await mend()) || pool.isMended) return;
  pool.isMended = true;
  startPython();
}

/**
 * Starts a spare when its start disturbs nobody. Code that runs for long does not count: it is just
 * what may have to be stopped.
 */
function waitForSpare(): void {
  clearTimeout(pool.timer);
  const isThere = pool.spares.length > (inUse().length > 0 ? 0 : 1);
  if (isThere || all.some(({ heavy }) => heavy > 0) || !hasRoomForTwo()) return;
  pool.timer = window.setTimeout(() => {
    if (pool.shown?.info) pool.spares.push(launch(null));
  }, IDLE_MS);
}

function noop(): void {}

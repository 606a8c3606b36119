/**
 * What is kept in the browser from visit to visit, as collections of values by their keys.
 *
 *   const drafts = openCollection<string>("drafts", { what: "your code" });
 *   const entry = await drafts.get("scalar.py");
 *   const written = await drafts.put("scalar.py", text, entry);
 *   if (written.others.length > 0) …  // another tab has written too: both are kept
 *
 * What can't be worked out again is put with what it is based on: it is written ahead as well, so
 * that it survives a tab that is closed, and never takes the place of what nobody here has seen.
 * What can be, such as results by `hashOf` of their inputs, is just put.
 *
 * Where the database fails, whatever the reason, the page goes on with what it has in memory, and
 * `unkept` (storage.ts) says what a reload would lose. Later changes try again.
 */
import { findAhead, forgetAhead, writeAhead } from "./ahead";
import { apply, next, takes, type Change, type Copy, type Version } from "./copies";
import { read, readAll, shorten, update } from "./database";
import { report } from "./storage";
import { TAB, hearTabs, tellTabs } from "./tabs";

/** What a key has: the copy that was written last, and others that it is not based on. */
export interface Entry<T> extends Copy<T> {
  readonly key: string;
  readonly others: readonly Copy<T>[];
}

/**
 * The copies that a change has seen and may take the place of, beside this page's own: an entry,
 * several copies (an entry with its others, to settle which one stays), or null for none.
 */
export type Base = Copy<unknown> | readonly Copy<unknown>[] | null;

export interface Collection<T> {
  /** null: there is nothing. */
  get(key: string): Promise<Entry<T> | null>;
  /**
   * Puts plain data, as JSON can have it; without `basedOn` anything that can be cloned, in place
   * of all that is there. Resolves, once it has been tried, with what the key has then.
   */
  put(key: string, value: T, basedOn?: Base): Promise<Entry<T>>;
  /** Deletes what it is based on; without `basedOn`, all that is there. */
  delete(key: string, basedOn?: Base): Promise<void>;
  entries(): Promise<Entry<T>[]>;
  /** Calls back after each change, of this page or another tab; until what it returns is called. */
  listen(listener: (key: string, isOwn: boolean) => void): () => void;
}

export interface Options {
  /** What a reload would lose, in words, as one thing: "your code". Without it nobody is told. */
  what?: string;
  /** How many keys to keep; the oldest go. */
  most?: number;
}

/** A page has one collection of a name: those who open it again share it. */
export function openCollection<T>(name: string, options: Options = {}): Collection<T> {
  const collection = opened.get(name) ?? new KeptCollection<T>(name, options);
  opened.set(name, collection as Collection<unknown>);
  return collection as Collection<T>;
}

const opened = new Map<string, Collection<unknown>>();

/** A change that the database has not got yet. */
interface Waiting<T> {
  change: Change<T>;
  isAhead: boolean;
  /** The database was asked to take it, and did not. */
  isRefused: boolean;
}

type Listener = (key: string, isOwn: boolean) => void;

/** The number of this page's latest change. */
let latest = 0;

class KeptCollection<T> implements Collection<T> {
  /** What the database has, or had when it could last be asked. */
  private readonly known = new Map<string, Copy<T>[]>();
  private readonly waiting = new Map<string, Waiting<T>[]>();
  private readonly listeners = new Set<Listener>();

  constructor(
    private readonly name: string,
    private readonly options: Options,
  ) {
    for (const [key, changes] of findAhead<T>(name)) {
      const waiting = changes.map((change) => ({ change, isAhead: true, isRefused: false }));
      this.waiting.set(key, waiting);
      void this.flush(key);
    }
    hearTabs(name, (key) => this.tell(key, false));
  }

  async get(key: string): Promise<Entry<T> | null> {
    await read<T>(this.name, key).then((copies) => this.known.set(key, copies), ignore);
    return this.entryOf(key);
  }

  async entries(): Promise<Entry<T>[]> {
    await readAll<T>(this.name).then((all) => {
      this.known.clear();
      for (const [key, copies] of all) this.known.set(key, copies);
    }, ignore);
    const keys = new Set([...this.known.keys(), ...this.waiting.keys()]);
    return [...keys].map((key) => this.entryOf(key)).filter((entry) => entry !== null);
  }

  async put(key: string, value: T, basedOn?: Base): Promise<Entry<T>> {
    const version = next(versions(basedOn), TAB, ++latest);
    const copy = { value: structuredClone(value), version, tab: TAB, time: Date.now() };
    const isCareful = basedOn !== undefined;
    const change = { over: isCareful ? version : null, copy };
    const isAhead = isCareful && writeAhead(this.name, key, change);
    await this.make(key, { change, isAhead, isRefused: false });
    void this.shorten();
    return this.entryOf(key) ?? { ...copy, key, others: [] };
  }

  async delete(key: string, basedOn?: Base): Promise<void> {
    const over = basedOn === undefined ? null : next(versions(basedOn), TAB, latest);
    const change = { over, copy: null };
    await this.make(key, { change, isAhead: false, isRefused: false });
  }

  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private tell(key: string, isOwn: boolean): void {
    for (const listener of this.listeners) listener(key, isOwn);
  }

  private waitingFor(key: string): Waiting<T>[] {
    return this.waiting.get(key) ?? [];
  }

  private entryOf(key: string): Entry<T> | null {
    const changes = this.waitingFor(key).map(({ change }) => change);
    const [first, ...others] = changes.reduce(apply<T>, this.known.get(key) ?? []);
    return first ? { ...first, key, others } : null;
  }

  private async make(key: string, made: Waiting<T>): Promise<void> {
    const waiting = this.waitingFor(key);
    // What it takes the place of need not wait any more, nor be found at the next start.
    const replaced = waiting.filter(({ change }) => change.copy && takes(made.change, change.copy));
    if (made.isAhead || !made.change.copy) {
      for (const { change } of replaced) forgetAhead(this.name, key, change);
    }
    this.waiting.set(key, [...waiting.filter((one) => !replaced.includes(one)), made]);
    this.tell(key, true);
    await this.flush(key);
    // Where there was no room for others, there may be now.
    const refused = [...this.waiting].filter(([, ones]) => ones.some(({ isRefused }) => isRefused));
    await Promise.all(refused.map(([other]) => other !== key && this.flush(other)));
  }

  /** Lets the database make the changes of a key that wait. */
  private async flush(key: string): Promise<void> {
    const ones = this.waitingFor(key);
    const changes = ones.map(({ change }) => change);
    try {
      const copies = await update<T>(this.name, key, (found) => changes.reduce(apply<T>, found));
      this.known.set(key, copies);
      this.waiting.set(
        key,
        this.waitingFor(key).filter((one) => !ones.includes(one)),
      );
      for (const change of changes) forgetAhead(this.name, key, change);
      tellTabs(this.name, key);
    } catch {
      for (const one of ones) one.isRefused = true;
    }
    this.say();
  }

  /** Says whether a reload would lose something. */
  private say(): void {
    const { what } = this.options;
    if (what) report(what, ![...this.waiting.values()].flat().some(isLosable));
  }

  private async shorten(): Promise<void> {
    const { most } = this.options;
    if (!most) return;
    const gone = await shorten(this.name, most).catch(() => []);
    for (const key of gone) this.known.delete(key);
  }
}

function ignore(): void {
  // What the page has in memory has to do.
}

function versions(basedOn: Base | undefined): Version[] {
  return [basedOn ?? []].flat().map(({ version }) => version);
}

function isLosable({ change, isAhead, isRefused }: Waiting<unknown>): boolean {
  return isRefused && !isAhead && change.copy !== null;
}

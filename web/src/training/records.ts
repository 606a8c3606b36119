/** The epochs of a run from the first on, as columns that grow: there may be many thousands. */
import type { EpochColumns } from "../protocol/training";

/** One epoch: `loss` is the sum over the points, `seconds` the time spent computing it. */
export interface EpochRecord {
  epoch: number;
  loss: number;
  correct: number;
  seconds: number;
  /** The same of the points that are held out; NaN without any. */
  heldLoss: number;
  heldCorrect: number;
}

export const COLUMNS = ["loss", "correct", "seconds", "heldLoss", "heldCorrect"] as const;
type Known = Pick<EpochColumns, "first" | "loss" | "correct" | "seconds"> & Partial<EpochColumns>;
type Column = (typeof COLUMNS)[number];
type Columns = Record<Column, Float64Array>;

/** Columns with room for more rows than are used; those of points held out are empty without any. */
interface Table {
  readonly columns: Columns;
  used: number;
}

/**
 * Never changed once made: adding epochs gives new Records. They share their columns with the old
 * ones, which look at fewer rows: only when the columns are full, or others have gone on in them
 * already, is anything copied.
 */
export class Records {
  static readonly none = new Records(0, tableOf(0));

  private constructor(
    readonly length: number,
    private readonly table: Table,
  ) {}

  private get columns(): Columns {
    return this.table.columns;
  }

  /** The loss of each epoch; that of epoch 1 comes first. */
  get loss(): Float64Array {
    return this.columns.loss.subarray(0, this.length);
  }

  /** That of the points that are held out; empty without any. */
  get heldLoss(): Float64Array {
    return this.columns.heldLoss.subarray(0, this.length);
  }

  /** Whether any points are held out. */
  get isSplit(): boolean {
    return this.columns.heldLoss.length > 0;
  }

  get last(): EpochRecord | null {
    return this.at(this.length);
  }

  /** The earliest that is known: there may have been no room to keep the first ones. */
  get first(): EpochRecord | null {
    return this.at(this.columns.seconds.findIndex((seconds) => !Number.isNaN(seconds)) + 1);
  }

  /** The record of an epoch, counted from 1; null where it is not known. */
  at(epoch: number): EpochRecord | null {
    if (epoch < 1 || epoch > this.length) return null;
    const value = (name: Column) => this.columns[name][epoch - 1] ?? NaN;
    if (Number.isNaN(value("seconds"))) return null;
    const entries = COLUMNS.map((name) => [name, value(name)]);
    return { epoch, ...(Object.fromEntries(entries) as Record<Column, number>) };
  }

  /** The `length` epochs after the first `start` ones, or those of them that there are. */
  part(start: number, length: number): Columns {
    const end = Math.min(start + length, this.length);
    return columnsOf((name) => this.columns[name].subarray(start, end));
  }

  /** Epochs a second while they were computed, over the last of them. */
  get speed(): number | null {
    const last = this.columns.seconds.subarray(Math.max(0, this.length - 100), this.length);
    const seconds = last.reduce((a, b) => a + b, 0);
    return seconds > 0 ? last.length / seconds : null;
  }

  /** With the epochs of `fresh` that are not here yet; columns that it lacks are not known. */
  with(fresh: Known): Records {
    const known = this.length + 1 - fresh.first;
    if (known < 0 || known >= fresh.loss.length) return this;
    const length = this.length + fresh.loss.length - known;
    const fits = this.table.used === this.length && length <= this.columns.loss.length;
    const table = fits ? this.table : tableOf(2 * length);
    for (const name of COLUMNS) {
      const old = this.columns[name].subarray(0, this.length);
      const column = fresh[name]?.subarray(known);
      if (isHeld(name) && old.length === 0 && !column?.some(isKnown)) continue;
      const room = roomFor(name, table);
      if (!fits) room.set(old);
      if (column) room.set(column, this.length);
      else room.fill(NaN, this.length, length);
    }
    table.used = length;
    return new Records(length, table);
  }
}

function tableOf(room: number): Table {
  return { columns: columnsOf((name) => new Float64Array(isHeld(name) ? 0 : room)), used: 0 };
}

/** A column of a table, which is made where it was not needed so far: what came before is not known. */
function roomFor(name: Column, { columns }: Table): Float64Array {
  if (columns[name].length === 0) columns[name] = new Float64Array(columns.loss.length).fill(NaN);
  return columns[name];
}

/** Whether a column is of points that are held out. */
export function isHeld(name: Column): boolean {
  return name.startsWith("held");
}

function isKnown(value: number): boolean {
  return !Number.isNaN(value);
}

function columnsOf(make: (name: Column) => Float64Array): Columns {
  const entries = COLUMNS.map((name) => [name, make(name)]);
  return Object.fromEntries(entries) as Columns;
}

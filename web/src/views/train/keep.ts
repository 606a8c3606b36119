/**
 * The run, kept in the tab, so that it can go on where it was after a reload.
 *
 * The log is kept in parts, of which only the last one still changes: what is written now and
 * then is short, however long the run. Where there is no room for all of it, the oldest part goes.
 */
import { inTab, report } from "../../store/storage";
import { COLUMNS, Records } from "../../training/records";
import type { EpochColumns } from "../../protocol/training";
import type { SavedRun } from "../../training/saved";

interface Stored extends Omit<SavedRun, "checkpoint" | "records"> {
  epoch: number;
  /** As `encode` writes them. */
  parameters: string;
}

const KEY = "run";
const partKey = (part: number) => `${KEY}.log${part}.`;
/** Epochs in a part of the log. */
const PART = 4096;
const WRITE_MS = 2000;

/** The last few runs, by their models: those whose settings were left, for whoever goes back. */
const aside = new Map<string, SavedRun>();
const ASIDE = 6;

let latest: SavedRun | null = null;
let written: SavedRun | null = null;
let timer = 0;
/** The parts from `oldest` on are stored; those before `full` are complete. */
let oldest = 0;
let full = 0;

/** Keeps what has become of the run of this model; null: there is none, and none is wanted. */
export function keep(run: SavedRun | null, model: string): void {
  aside.delete(model);
  if (run) {
    putAside(run);
    latest = run;
    timer ||= window.setTimeout(keepNow, WRITE_MS);
  } else if ([latest?.model, read()?.model].includes(model)) {
    latest = null;
    forget();
  }
}

/** What was trained of this model since the page was loaded. */
export function findAside(model: string): SavedRun | null {
  return aside.get(model) ?? null;
}

function putAside(run: SavedRun): void {
  aside.set(run.model, run);
  for (const oldest of aside.keys()) if (aside.size > ASIDE) aside.delete(oldest);
}

/** Writes what waits to be written. */
export function keepNow(): void {
  clearTimeout(timer);
  timer = 0;
  if (!latest) return;
  // The run of another model, or nothing: someone may have emptied the storage meanwhile.
  if (read()?.model !== latest.model) forget();
  if (latest === written) return;
  const isKept = write(latest);
  written = latest;
  report("your trained network", isKept);
  report("the beginning of the log", !isKept || oldest === 0);
}

/** The run of this model that the tab had before it was loaded again. */
export function findKept(model: string): SavedRun | null {
  const stored = read();
  if (stored?.model !== model) return null;
  const { epochs, goal, epoch } = stored;
  const checkpoint = { epoch, parameters: decode(stored.parameters) };
  const isSound = [epochs, goal, epoch].every((number) => Number.isInteger(number) && number > 0);
  // Whether the parameters fit the model, Python finds out.
  if (!isSound || checkpoint.parameters.length === 0) return null;
  const records = readLog(epoch);
  latest = written = { model, epochs, goal, checkpoint, records };
  return latest;
}

function forget(): void {
  inTab.forget(KEY);
  oldest = full = 0;
  written = null;
}

function write({ checkpoint, records, ...rest }: SavedRun): boolean {
  const { epoch, parameters } = checkpoint;
  const stored: Stored = { ...rest, epoch, parameters: encode(parameters) };
  if (!place(KEY, JSON.stringify(stored), full)) return false;
  for (let part = full; part * PART < records.length; part++) {
    const columns = records.part(part * PART, PART);
    const text = COLUMNS.map((name) => encode(columns[name])).join(" ");
    const isKept = place(partKey(part), text, part);
    oldest = isKept ? Math.min(oldest, part) : part + 1;
  }
  full = Math.floor(records.length / PART);
  return true;
}

/** Stores it; where there is no room, instead of the oldest parts of the log before `end`. */
function place(key: string, value: string, end: number): boolean {
  while (!inTab.remember(key, value)) {
    if (oldest >= end) return false;
    inTab.forget(partKey(oldest));
    oldest += 1;
  }
  return true;
}

function read(): Stored | null {
  try {
    return JSON.parse(inTab.recall(KEY) ?? "null") as Stored | null;
  } catch {
    return null;
  }
}

function readLog(length: number): Records {
  let records = Records.none;
  oldest = 0;
  full = Math.floor(length / PART);
  for (let part = 0; part * PART < length; part++) {
    const first = part * PART;
    const text = inTab.recall(partKey(part));
    if (text === null) oldest = part + 1;
    const columns = (text ?? "").split(" ").map(decode);
    const room = Math.min(PART, length - first);
    const entries = COLUMNS.map((name, i) => [name, fit(columns[i], room)] as const);
    const known = Object.fromEntries(entries) as Omit<EpochColumns, "first">;
    records = records.with({ first: first + 1, ...known });
  }
  return records;
}

/** A column with `length` rows: those that are not known are NaN. */
function fit(column: Float64Array | undefined, length: number): Float64Array {
  const fitted = new Float64Array(length).fill(NaN);
  fitted.set((column ?? fitted).subarray(0, length));
  return fitted;
}

/** Doubles as text, to the last bit. */
function encode(numbers: Float64Array): string {
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  let text = "";
  // A call does not take any number of arguments.
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(text);
}

/** What `encode` wrote; no numbers at all, if it was something else. */
function decode(text: string): Float64Array {
  try {
    return new Float64Array(Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0)).buffer);
  } catch {
    return new Float64Array();
  }
}

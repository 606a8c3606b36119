/** Points of the learner's own, as text: two coordinates and a label of 0 or 1 on each line. */
import { count, counted } from "../format";
import type { Points } from "../protocol/training";

/** More than the page draws and trains on. */
const MAX_POINTS = 1000;
/** Of lines that can't be read, so many are quoted. */
const QUOTED = 5;

export interface ReadPoints {
  points: Points;
  /** What was wrong with the text, and what was done about it, as sentences; empty: nothing. */
  notes: string[];
}

/**
 * Reads a CSV: fields are separated by commas, semicolons, tabs or spaces. A line with names above
 * the numbers is passed over, and so are empty lines and those that begin with #. Lines that can't
 * be read are named, and the others are kept. Coordinates outside the unit square are scaled.
 */
export function readPoints(text: string): ReadPoints {
  const points: Points = { x1: [], x2: [], label: [] };
  const bad: string[] = [];
  let [isFirst, left] = [true, 0];
  text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\r|\n/)
    .forEach((line, i) => {
      const written = line.trim();
      if (written === "" || written.startsWith("#")) return;
      const row = readRow(written);
      const isHeader = isFirst && fieldsOf(written).every((field) => Number.isNaN(readNumber(field)));
      isFirst = false;
      if (isHeader) return;
      if (typeof row === "string") bad.push(`Line ${count(i + 1)}: ${row}`);
      else if (points.label.length === MAX_POINTS) left += 1;
      else add(points, row);
    });
  const notes = bad.slice(0, QUOTED);
  if (bad.length > QUOTED) notes.push(`${counted(bad.length - QUOTED, "more line")} can’t be read.`);
  if (left > 0) notes.push(`${counted(left, "point")} beyond ${count(MAX_POINTS)} left out.`);
  const scaled = fit(points);
  if (scaled) notes.push(scaled);
  return { points, notes };
}

/** The same points as a CSV, with a line of names. */
export function writePoints({ x1, x2, label }: Points): string {
  return ["x1,x2,label", ...x1.map((x, i) => `${x},${x2[i]},${label[i]}`), ""].join("\n");
}

/** The numbers of a line, or what is wrong with it. */
function readRow(line: string): [number, number, number] | string {
  const fields = fieldsOf(line);
  if (fields.length !== 3) {
    return `two numbers and a label are needed, and there ${are(fields.length)}.`;
  }
  const [x1, x2, label] = fields.map(readNumber) as [number, number, number];
  const strange = [x1, x2].findIndex((value) => !Number.isFinite(value));
  if (strange >= 0) return `“${fields[strange]}” is not a number.`;
  if (label !== 0 && label !== 1) return `the label is “${fields[2]}”, and has to be 0 or 1.`;
  return [x1, x2, label];
}

function are(fields: number): string {
  return fields === 1 ? "is one field" : `are ${fields} fields`;
}

function fieldsOf(line: string): string[] {
  return split(line).map((field) => field.trim().replace(/^(["'])(.*)\1$/, "$2"));
}

/** Where semicolons or tabs separate, a comma may stand for the decimal point. */
function split(line: string): string[] {
  const separator = [";", "\t"].find((one) => line.includes(one));
  if (separator) return line.split(separator).map((field) => field.replace(",", "."));
  return line.includes(",") ? line.split(",") : line.split(/\s+/);
}

function readNumber(field: string): number {
  return field === "" ? NaN : Number(field.replace("−", "-"));
}

function add(points: Points, [x1, x2, label]: [number, number, number]): void {
  points.x1.push(x1);
  points.x2.push(x2);
  points.label.push(label);
}

/** Scales each coordinate to the unit square where it leaves it; says so. */
function fit(points: Points): string | null {
  const scaled = (["x1", "x2"] as const).filter((axis) => {
    const values = points[axis];
    const [low, high] = [Math.min(...values), Math.max(...values)];
    if (values.length === 0 || (low >= 0 && high <= 1)) return false;
    points[axis] = values.map((value) =>
      high > low ? value / (high - low) - low / (high - low) : 0.5,
    );
    return true;
  });
  if (scaled.length === 0) return null;
  const which = scaled.length === 2 ? "Both coordinates were" : `${scaled[0]} was`;
  return `${which} scaled to lie between 0 and 1.`;
}

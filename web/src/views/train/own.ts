/** What is done to the learner's own points: each change is one of the settings, which the run follows. */
import { signal } from "@preact/signals";
import { encodePoints, MAX_OWN, NO_POINTS } from "../../training/owntext";
import { readPoints } from "../../training/points";
import type { Points } from "../../protocol/training";
import type { Place } from "../../training/plane";
import { ownPoints, settings } from "./settings";

/** What a press on the plane does. */
export type Tool = "0" | "1" | "delete" | "look";
export const tool = signal<Tool>("1");
/** What was wrong with the last text that was read, or else with what was tried. */
export const notes = signal<string[]>([]);
/** A point is hit from so far away, as a share of the square. */
const REACH = 0.035;

export function change(points: Points): void {
  settings.change({ dataset: "Own", own: encodePoints(points) });
}

export function clear(): void {
  notes.value = [];
  change(NO_POINTS);
}

/** Takes a CSV's points in place of those there are; where there are none in it, says so only. */
export function read(text: string): void {
  const found = readPoints(text);
  notes.value = found.notes;
  if (found.points.label.length > 0) change(found.points);
  else if (found.notes.length === 0) notes.value = ["There are no points in it."];
}

/** A press on the plane: adds, moves or deletes; what it returns follows the pointer. */
export function press(at: Place): ((to: Place) => void) | void {
  const points = ownPoints();
  const hit = nearest(points, at);
  if (tool.value === "delete") {
    if (hit !== null) change(without(points, hit));
    return;
  }
  if (hit !== null) return (to) => change(moved(ownPoints(), hit, to));
  if (points.label.length >= MAX_OWN) {
    notes.value = [`More than ${MAX_OWN} points are not trained on here.`];
    return;
  }
  const index = points.label.length;
  change(withPoint(points, at, Number(tool.value)));
  return (to) => change(moved(ownPoints(), index, to));
}

/** The points of another dataset, as a start. */
export function copyFrom(points: Points): void {
  notes.value = [];
  change(points);
}

function nearest({ x1, x2 }: Points, at: Place): number | null {
  let [found, least]: [number | null, number] = [null, REACH];
  x1.forEach((value, i) => {
    const distance = Math.hypot(value - at.x1, (x2[i] ?? 0) - at.x2);
    if (distance < least) [found, least] = [i, distance];
  });
  return found;
}

function withPoint(points: Points, at: Place, label: number): Points {
  return {
    x1: [...points.x1, at.x1],
    x2: [...points.x2, at.x2],
    label: [...points.label, label],
  };
}

function moved(points: Points, index: number, to: Place): Points {
  const put = (values: number[], value: number) => values.map((old, i) => (i === index ? value : old));
  return { ...points, x1: put(points.x1, to.x1), x2: put(points.x2, to.x2) };
}

function without(points: Points, index: number): Points {
  const rest = (values: number[]) => values.filter((_, i) => i !== index);
  return { x1: rest(points.x1), x2: rest(points.x2), label: rest(points.label) };
}

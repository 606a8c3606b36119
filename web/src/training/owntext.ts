/** Points of the learner's own as a short text, for an address: seven characters each. */
import type { Points } from "../protocol/training";

/** Places between 0 and 1 that can be told apart. */
const STEPS = 10_000;
const DIGITS = 3;
const WIDTH = 2 * DIGITS + 1;
export const MAX_OWN = 1000;

export const NO_POINTS: Points = { x1: [], x2: [], label: [] };

export function encodePoints({ x1, x2, label }: Points): string {
  return label.map((of, i) => `${digits(x1[i])}${digits(x2[i])}${of}`).join("");
}

/** What `encodePoints` wrote; null for any other text. */
export function decodePoints(text: string): Points | null {
  if (text.length % WIDTH !== 0 || text.length > WIDTH * MAX_OWN) return null;
  const points: Points = { x1: [], x2: [], label: [] };
  for (let at = 0; at < text.length; at += WIDTH) {
    const [x1, x2] = [number(text, at), number(text, at + DIGITS)];
    const label = text[at + 2 * DIGITS];
    if (x1 === null || x2 === null || (label !== "0" && label !== "1")) return null;
    points.x1.push(x1);
    points.x2.push(x2);
    points.label.push(Number(label));
  }
  return points;
}

function digits(value = 0): string {
  return Math.round(Math.min(1, Math.max(0, value)) * STEPS)
    .toString(36)
    .padStart(DIGITS, "0");
}

function number(text: string, at: number): number | null {
  const written = text.slice(at, at + DIGITS);
  const value = /^[0-9a-z]+$/.test(written) ? Number.parseInt(written, 36) / STEPS : NaN;
  return value <= 1 ? value : null;
}

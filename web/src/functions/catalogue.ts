/**
 * The functions that the course tests with (`MathTest`), each over a range that shows its shape.
 * A test holds them to the library's own.
 */
import type { Ends } from "../protocol/functions";
import functions from "./catalogue.json";

export interface Known {
  name: string;
  /** As Python. */
  code: string;
  x: Ends;
  /** Of functions of two arguments. */
  y: Ends | null;
  /** Where there is something to see. */
  at: readonly [number, number];
  /** What it computes: "a³". */
  formula: string;
}

const SIDE: Ends = [-3, 3];

export const catalogue: readonly Known[] = functions.map(({ name, code, x, y, at }) => ({
  name,
  code,
  x: x as unknown as Ends,
  y: y ? (y as unknown as Ends) : null,
  at: [at[0] ?? 1, at[1] ?? 1],
  formula: /"""(.*?)"""/.exec(code)?.[1] ?? "",
}));

export function known(name: string): Known | null {
  return catalogue.find((one) => one.name === name) ?? null;
}

/** The range of a second argument where nobody has said one. */
export function secondRange(one: Known | null): Ends {
  return one?.y ?? SIDE;
}

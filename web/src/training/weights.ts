/** The weights of a model as a JSON file: each by its name. */
import type { Checkpoint } from "../protocol/training";

interface Written {
  epoch: number;
  parameters: Record<string, number>;
}

export function writeWeights({ epoch, parameters }: Checkpoint, names: readonly string[]): string {
  const entries = names.map((name, i) => [name, parameters[i]]);
  const written: Written = {
    epoch,
    parameters: Object.fromEntries(entries) as Written["parameters"],
  };
  return `${JSON.stringify(written, null, 1)}\n`;
}

/** The values in the order of `names`, or why they can't be had from the text. */
export function readWeights(text: string, names: readonly string[]): Float64Array | string {
  let found: unknown;
  try {
    found = (JSON.parse(text) as Partial<Written> | null)?.parameters;
  } catch {
    return "This file is not JSON.";
  }
  if (typeof found !== "object" || found === null) return "This file has no weights of a network.";
  const known = found as Record<string, unknown>;
  const missing = names.find((name) => !Object.hasOwn(known, name));
  const more = Object.keys(known).length - names.length;
  if (missing !== undefined || more > 0) {
    const which = missing === undefined ? `it has ${more} more` : `it has no ${missing}`;
    return `These weights are of another network: ${which}. Is the hidden size the same?`;
  }
  const wrong = names.find((name) => !Number.isFinite(known[name]));
  if (wrong !== undefined) return `The weight ${wrong} is not a number.`;
  return Float64Array.from(names, (name) => known[name] as number);
}

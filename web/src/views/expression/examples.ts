/** Expressions to begin with, each with its inputs: what the guides explain, and some more. */
import { writeHash } from "../../address/hash";
import found from "./examples.json";
import { INPUTS, SPARE, settings, type Input } from "./settings";
import { setCode } from "./text";

export interface Example {
  title: string;
  code: string;
  inputs: Partial<Record<Input, number>>;
}

export const examples: readonly Example[] = found;

/** All inputs, for an example says nothing of those that it does not use. */
function inputsOf({ inputs }: Example): Record<Input, number> {
  const names = [...INPUTS, ...SPARE];
  const values = names.map((name) => [name, inputs[name] ?? settings.table[name].initial]);
  return Object.fromEntries(values) as Record<Input, number>;
}

/** The address at which it stands. */
export function hrefOf(example: Example): string {
  return writeHash(settings, { ...inputsOf(example), code: example.code });
}

/** Puts it into the editor and the fields. */
export function take(example: Example): void {
  setCode(example.code);
  settings.change(inputsOf(example));
}

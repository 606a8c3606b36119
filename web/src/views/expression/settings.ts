/** What can be set in the Expression view: the inputs, and the learner's text. */
import { createSettings } from "../../address/settings";
import { hiding, real, text, type NumberSetting } from "../../address/table";
import { libraryChoice } from "../librarychoice";

/** The inputs that are always there. */
export const INPUTS = ["x", "y", "z"] as const;
/** Those that are there where the text names them. */
// prettier-ignore
export const SPARE = [
  "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m",
  "n", "o", "p", "q", "r", "s", "t", "u", "v", "w",
] as const;

export type Input = (typeof INPUTS)[number] | (typeof SPARE)[number];

const spare = Object.fromEntries(
  SPARE.map((name) => [name, { ...real(name, { initial: 1 }), isRare: true }]),
) as unknown as Record<(typeof SPARE)[number], NumberSetting>;

const inputs = {
  x: real("x", { initial: 2 }),
  y: real("y", { initial: 3 }),
  z: real("z", { initial: 1 }),
};

export const settings = createSettings("expression", {
  ...inputs,
  ...spare,
  rate: { ...real("Rate", { initial: 0.1 }), isRare: true },
  library: libraryChoice,
  hide: hiding([...INPUTS, "library"]),
  code: text("The expression", {
    initial: "(x * x) * y + 10.0 * x",
    maxLength: 4000,
    own: "your own text",
  }),
});

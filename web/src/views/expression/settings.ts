/** What can be set in the Expression view: the inputs, and the learner's text. */
import { createSettings } from "../../address/settings";
import { hiding, real, text } from "../../address/table";
import { libraryChoice } from "../librarychoice";

export const settings = createSettings("expression", {
  x: real("x", { initial: 2 }),
  y: real("y", { initial: 3 }),
  z: real("z", { initial: 1 }),
  library: libraryChoice,
  hide: hiding(["x", "y", "z", "library"]),
  code: text("The expression", {
    initial: "(x * x) * y + 10.0 * x",
    maxLength: 4000,
    own: "your own text",
  }),
});

/** What can be set in the Functions view: the function, its range, the point, and epsilon. */
import { createSettings } from "../../address/settings";
import { choice, hiding, real, text } from "../../address/table";
import names from "../../functions/names.json";
import { libraryChoice } from "../librarychoice";

/** Of the function that is chosen at first. */
const FIRST = { name: "cube", from: -2, to: 2, at: 1 };

const rare = (label: string, initial: number) => ({ ...real(label, { initial }), isRare: true });

export const settings = createSettings("functions", {
  function: choice<string>("Function", [...names, "own"], {
    initial: FIRST.name,
    names: { own: "Your own" },
    hints: { own: "f(x) or f(x, y)" },
  }),
  x: real("x", { initial: FIRST.at }),
  y: rare("y", FIRST.at),
  epsilon: rare("Epsilon", 1e-6),
  from: rare("x from", FIRST.from),
  to: rare("x to", FIRST.to),
  yfrom: rare("y from", -3),
  yto: rare("y to", 3),
  library: libraryChoice,
  hide: hiding([
    ...["function", "code", "range", "library", "x", "y", "epsilon"],
    ...["derivative", "error", "table", "graph"],
  ]),
  code: text("The function", {
    initial: "def f(x):\n    return x * sin(3 * x)",
    maxLength: 4000,
    own: "your own text",
  }),
});

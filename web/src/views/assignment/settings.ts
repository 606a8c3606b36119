/** What the address says of the Assignment view: the task, and what a teacher's link hides. */
import { createSettings, hides as isHidden } from "../../address/settings";
import { choice, hiding } from "../../address/table";

export const settings = createSettings(
  "assignment",
  {
    task: choice("Task", ["1.1", "1.2", "1.3", "1.4", "1.5"], { initial: "1.1" }),
    hide: hiding(["solutions", "hints"], { formerly: { both: ["solutions", "hints"] } }),
  },
  { tail: "task" },
);

/** Whether a link asked for something not to be offered. */
export function hides(what: "solutions" | "hints"): boolean {
  return isHidden(settings, what);
}

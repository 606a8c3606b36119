/** What the address says of the Assignment view: the task, and what a teacher's link hides. */
import { createSettings } from "../../address/settings";
import { choice } from "../../address/table";

export const settings = createSettings(
  "assignment",
  {
    task: choice("Task", ["1.1", "1.2", "1.3", "1.4", "1.5"], { initial: "1.1" }),
    hide: choice("Hide", ["nothing", "solutions", "hints", "both"], {
      initial: "nothing",
      isRare: true,
    }),
  },
  { tail: "task" },
);

/** Whether a link asked for something not to be offered. */
export function hides(what: "solutions" | "hints"): boolean {
  return [what, "both"].includes(settings.values.value.hide);
}

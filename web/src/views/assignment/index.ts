import type { View } from "../view";
import { settings } from "./settings";

export const assignment: View = {
  title: "Assignment",
  settings,
  load: async () => (await import("./view")).AssignmentView,
};

import type { View } from "../view";
import { settings } from "./settings";

export const expression: View = {
  title: "Expression",
  settings,
  load: async () => (await import("./view")).ExpressionView,
};

import type { View } from "../view";
import { settings } from "./settings";

export const expression: View = {
  title: "Expression",
  settings,
  load: async () => {
    const { ExpressionView, isReady } = await import("./view");
    await isReady;
    return ExpressionView;
  },
};

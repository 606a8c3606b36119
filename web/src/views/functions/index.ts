import type { View } from "../view";
import { settings } from "./settings";

export const functions: View = {
  title: "Functions",
  settings,
  load: async () => {
    const { FunctionsView, isReady } = await import("./view");
    await isReady;
    return FunctionsView;
  },
};

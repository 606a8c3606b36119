import type { View } from "../view";
import { settings } from "./settings";

export const start: View = {
  title: "Start",
  settings,
  load: async () => (await import("./view")).StartView,
};

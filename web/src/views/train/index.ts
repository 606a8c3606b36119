import type { View } from "../view";
import { settings } from "./settings";

export const train: View = {
  title: "Train",
  settings,
  load: async () => (await import("./view")).TrainView,
};

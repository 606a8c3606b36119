import type { View } from "../view";
import { settings } from "./settings";

export const train: View = {
  title: "Train",
  settings,
  load: async () => {
    const { TrainView, isReady } = await import("./view");
    await isReady;
    return TrainView;
  },
};

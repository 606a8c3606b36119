import type { View } from "../view";
import { settings } from "./settings";

export const guides: View = {
  title: "Guides",
  settings,
  load: async () => (await import("./view")).GuidesView,
};

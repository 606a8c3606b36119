/** What the address says of the Guides view: the guide, and a part of it. */
import { createSettings } from "../../address/settings";
import { choice, text } from "../../address/table";

export const NAMES = ["derivatives", "scalar", "autodifferentiation", "backpropagation"] as const;
export type GuideName = (typeof NAMES)[number];

export const settings = createSettings(
  "guides",
  {
    guide: choice<GuideName>("Guide", NAMES, { initial: "derivatives" }),
    part: text("Part", { initial: "", maxLength: 60, isRare: true }),
  },
  { tail: "guide" },
);

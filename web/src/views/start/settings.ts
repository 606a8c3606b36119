/** The first page has nothing to set. */
import { createSettings } from "../../address/settings";

export const settings = createSettings("start", {});

/** A view, as the navigation and the address know it before it is opened. */
import type { ComponentType } from "preact";
import type { Settings } from "../address/settings";

export interface View {
  /** What the navigation and the window's title call it. */
  readonly title: string;
  /** Its name in the address, and what can be set in it. */
  readonly settings: Settings;
  /** Fetches what only this view needs. */
  load(): Promise<ComponentType>;
}

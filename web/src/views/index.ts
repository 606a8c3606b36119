/**
 * The views, in the order of the navigation, and imported in that order: the first one is the first
 * page, whose program the build has the browser fetch beside this one (`web/tools/page.py`).
 */
import { start } from "./start";
import { guides } from "./guides";
import { assignment } from "./assignment";
import { expression } from "./expression";
import { functions } from "./functions";
import { train } from "./train";
import type { View } from "./view";

export const views: readonly [View, ...View[]] = [
  start,
  guides,
  assignment,
  expression,
  functions,
  train,
];

/**
 * The views, in the order of the navigation, and imported in that order: the first one is the first
 * page, whose program the build has the browser fetch beside this one (`web/tools/page.py`).
 */
import { train } from "./train";
import { expression } from "./expression";
import { functions } from "./functions";
import { assignment } from "./assignment";
import type { View } from "./view";

export const views: readonly [View, ...View[]] = [train, expression, functions, assignment];

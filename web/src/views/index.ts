/** The views, in the order of the navigation; the first one is the first page. */
import { assignment } from "./assignment";
import { expression } from "./expression";
import { train } from "./train";
import type { View } from "./view";

export const views: readonly [View, ...View[]] = [train, expression, assignment];

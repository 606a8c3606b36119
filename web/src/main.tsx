/** Where the page starts: the address is read, Python begins to load, the views appear. */
import { render } from "preact";
import { followAddress } from "./address";
import {
  compareEngines,
  evaluate,
  hasSpare,
  openTraining,
  runTests,
  startPython,
  train,
} from "./client";
import { stayUpToDate } from "./updates";
import { findText } from "./views/expression/text";
import { Shell } from "./views/shell";

followAddress();
findText();
startPython();
stayUpToDate();

const root = document.getElementById("app");
if (root) {
  // The text that stands here for those without scripts has done its work.
  root.replaceChildren();
  render(<Shell />, root);
}

const api = { compareEngines, evaluate, hasSpare, openTraining, runTests, train };
// For the browser's console: `await minitorch.evaluate({ code: "x * x", inputs: { x: 3 }, … })`.
Object.assign(window, { minitorch: api });

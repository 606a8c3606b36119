/** Where the page starts: the address is read, the views appear, Python begins to load. */
import { render } from "preact";
import { followAddress, view } from "./address/address";
import { evaluate } from "./graph/calls";
import { runTests } from "./python/checking";
import { hasSpare, startPython } from "./python/client";
import { compareEngines, openTraining, train } from "./training/calls";
import { stayUpToDate } from "./offline/updates";
import { openView } from "./shell/opening";
import { preparePrinting } from "./shell/printing";
import { Shell } from "./shell/shell";
import { views } from "./views";

followAddress(views.map(({ settings }) => settings));
const opened = openView(view.value);

const root = document.getElementById("app");
if (root) {
  // The text that stands here for those without scripts has done its work.
  root.replaceChildren();
  render(<Shell />, root);
}
// Only now: on a machine with few cores Python would make the view wait.
void opened.then(startPython);
stayUpToDate();
preparePrinting();

const api = {
  compareEngines,
  evaluate,
  hasSpare,
  openTraining,
  runTests,
  store: () => import("./store/collection"),
  train,
};
// For the browser's console: `await minitorch.evaluate({ code: "x * x", inputs: { x: 3 }, … })`.
Object.assign(window, { minitorch: api });

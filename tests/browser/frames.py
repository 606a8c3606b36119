"""Training sped up: one frame after the other, whatever the screen does.

Either in the Train view, which draws what its screen has time for, or from the view's own calls
down, with nothing drawn: that is several times as fast.
"""

from typing import NamedTuple

from playwright.sync_api import Page

from tests.browser.views import open_train, wait_for_spare

A_MINUTE = 3_600

# The view waits for a frame of the screen after each update, or for 100 ms where there is none.
# Here it does not wait; the figures are painted as often as the screen has frames all the same.
HURRY = """
window.frames = 0;
const later = window.setTimeout;
window.setTimeout = (run, delay, ...given) => {
  if (delay !== 100) return later(run, delay, ...given);
  window.frames += 1;
  const { port1, port2 } = new MessageChannel();
  port2.onmessage = () => {
    port1.close();
    run(...given);
  };
  port1.postMessage(null);
  return 0;
};
"""

# Presses Train again and again, and Reset in the end: the log of a run grows with it, as it has to.
DRAWN = """
async (frames) => {
  const button = (name) =>
    [...document.querySelectorAll("button")].find((one) => one.textContent === name);
  const train = button("Train");
  const end = window.frames + frames;
  while (window.frames < end) {
    if (!train.disabled) train.click();
    await new Promise((resume) => setTimeout(resume, 5));
  }
  while (train.disabled) await new Promise((resume) => setTimeout(resume, 5));
  button("Reset").click();
  const isNew = () => document.querySelector(".progress-line").textContent.includes("not trained");
  while (!isNew()) await new Promise((resume) => setTimeout(resume, 5));
}
"""

# An epoch and a boundary for each update, as slowly as a watched run goes.
UNDRAWN = """
async (frames) => {
  const model = { dataset: "Simple", points: 10, hidden: 2, rate: 0.01, seed: 1, epochs: 1 };
  await minitorch.openTraining({ ...model, engine: "compiled" }, null);
  let updates = 0;
  const count = (update) => void (updates += update.boundary ? 1 : 0);
  await minitorch.train(frames, 1, model.rate, count, new AbortController().signal);
  if (updates < frames) throw new Error(`${updates} updates for ${frames} epochs`);
}
"""


class Memory(NamedTuple):
    """Bytes of the page's own objects."""

    page: float


def open_hurried(page: Page, site: str) -> None:
    """Open the Train view so that it can hurry: one epoch in each frame."""
    page.add_init_script(HURRY)
    open_train(page, site, dataset="Simple", points=10, hidden=2, rate=0.01, seed=1, epochs=150)
    page.set_default_timeout(0)
    wait_for_spare(page)  # which takes memory too


def train(page: Page, how: str, frames: int) -> Memory:
    """Train `DRAWN` or `UNDRAWN` for so many frames; give the memory that is in use then."""
    page.evaluate(how, frames)
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    used = session.send("Runtime.getHeapUsage")
    session.detach()
    own = used["usedSize"] + used.get("backingStorageSize", 0)
    return Memory(own)

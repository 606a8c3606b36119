"""An hour of training, sped up: memory stays as it was after the first minute."""

from typing import Any

from playwright.sync_api import Page

from tests.browser.views import open_train, wait_until

FRAMES_A_MINUTE = 3_600
FRAMES = 200_000

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

# Presses Train again and again.
TRAIN = """
async (frames) => {
  const train = [...document.querySelectorAll("button")].find((one) => one.textContent === "Train");
  const start = performance.now();
  while (window.frames < frames) {
    if (!train.disabled) train.click();
    await new Promise((resume) => setTimeout(resume, 5));
  }
  while (train.disabled) await new Promise((resume) => setTimeout(resume, 5));
  return (performance.now() - start) / 1000;
}
"""


def memory(page: Page) -> dict[str, Any]:
    """Bytes of the page and its workers, and of Python's own memory."""
    measured = page.evaluate("performance.measureUserAgentSpecificMemory()")
    code = "from pyodide_js import _module\nprint(_module.HEAP8.length)\nx"
    request = {"code": code, "inputs": {"x": 1}, "maxNodes": 1}
    python = page.evaluate("request => minitorch.evaluate(request)", request)
    print(python)
    return {"javascript": measured["bytes"], "python": int(python["output"])}


def test_memory_does_not_grow(page: Page, site: str) -> None:
    page.add_init_script(HURRY)
    open_train(page, site, dataset="Simple", points=10, hidden=2, rate=0.01, seed=1, epochs=150)
    page.set_default_timeout(600_000)
    wait_until(page, "() => minitorch.hasSpare()")
    print(page.evaluate(TRAIN, FRAMES_A_MINUTE))
    before = memory(page)
    print(page.evaluate(TRAIN, FRAMES))
    after = memory(page)
    print(before, after, page.evaluate("frames"))
    for what in before:
        assert after[what] <= 1.2 * before[what], (what, before, after)

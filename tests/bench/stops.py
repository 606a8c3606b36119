"""How long Stop takes in the page, and how long until Python answers again.

For programs that never end by themselves, with cross-origin isolation, where Python is
interrupted or its worker ended after a while, and without, where it is ended at once. And the same
with no spare worker standing by, as on a device with little memory.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page

from tests.browser.hostile import ENDLESS
from web.tools import chromium
from web.tools.paths import DIST
from web.tools.server import serving

# Seconds: Stop, in either kind of page; and the next answer.
ISOLATED, PLAIN = 0.2, 2.0
SPARE, NO_SPARE = 0.05, 1.0

# Runs a program, stops it, and asks for something else.
STOP = """
async (code) => {
  const inputs = { x: 2, y: 3, z: 1 };
  const stop = new AbortController();
  const running = minitorch.evaluate({ code, inputs, maxNodes: 10 }, stop.signal).catch(() => null);
  await new Promise((resume) => setTimeout(resume, 500));
  const start = performance.now();
  stop.abort();
  await running;
  const stopped = performance.now();
  await minitorch.evaluate({ code: "x * y", inputs, maxNodes: 10 });
  return [stopped - start, performance.now() - stopped].map((time) => time / 1000);
}
"""
# What a browser says on a device with little memory.
SMALL = "Object.defineProperty(Navigator.prototype, 'deviceMemory', { get: () => 1 });"


class Stop(NamedTuple):
    """One program stopped: seconds until it was, and until Python had answered again."""

    program: str
    isolated: bool
    spare: bool
    stopped: float
    answered: float


def measure() -> Iterator[Stop]:
    """Stop every program, in every kind of page."""
    with chromium.launch() as browser:
        for isolated, spare in ((True, True), (False, True), (True, False), (False, False)):
            with serving(DIST, isolated=isolated) as server:
                page = _open(browser, server.url, spare)
                for name, program in ENDLESS.items():
                    if spare:
                        _wait_for_spare(page)
                    times: Any = page.evaluate(STOP, program.code)
                    yield Stop(name, isolated, spare, *times)
                page.close()


def _open(browser: Browser, url: str, spare: bool) -> Page:
    page = browser.new_page()
    if not spare:
        page.add_init_script(SMALL)
    page.goto(f"{url}#/expression")
    page.get_by_role("status", name="Python").filter(has_text="Python ready").wait_for()
    return page


def _wait_for_spare(page: Page) -> None:
    while not page.evaluate("minitorch.hasSpare()"):
        page.wait_for_timeout(50)


def row(stop: Stop) -> str:
    kind = "isolated" if stop.isolated else "not isolated"
    return (
        f"{stop.program:<32}{kind:<14}{'spare' if stop.spare else 'no spare':<10}"
        f"{1e3 * stop.stopped:8.0f}{1e3 * stop.answered:10.0f}"
    )

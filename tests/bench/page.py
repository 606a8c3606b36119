"""The page in a real browser: how long until Python answers, and how long an epoch takes there.

Start-up is from the navigation to "Python ready", on this machine's own server: cold with nothing
cached, warm with what the browser kept. An epoch's time is the one that its record gives, as in
the native table.
"""

from collections.abc import Iterator
from statistics import median
from typing import Any, NamedTuple

from playwright.sync_api import Browser, BrowserContext

from web.tools import chromium, site
from web.tools.paths import DIST
from web.tools.server import serving

TRAIN = """
async ([hidden, epochs]) => {
  const settings = { dataset: "Xor", points: 50, hidden, rate: 0.05, epochs, seed: 0 };
  const seconds = [];
  await minitorch.openTraining(settings, null);
  await minitorch.train(
    epochs, (u) => seconds.push(...u.records.map((r) => r.seconds)), new AbortController().signal);
  return seconds;
}
"""


class Start(NamedTuple):
    """Seconds from the navigation to "Python ready", one per visit."""

    cold: list[float]
    warm: list[float]


class Epoch(NamedTuple):
    """Seconds of each epoch of Xor, 50 points, Scalar by Scalar in the page."""

    hidden: int
    seconds: list[float]


class Page(NamedTuple):
    """All that was measured of the page."""

    browser: str
    start: Start
    epochs: list[Epoch]
    size: site.Size

    def as_dict(self) -> dict[str, Any]:
        """The same, down to plain dictionaries and lists."""
        return {
            "browser": self.browser,
            "start": self.start._asdict(),
            "epochs": [epoch._asdict() for epoch in self.epochs],
            "size": self.size._asdict(),
        }


def measure(visits: int) -> Page:
    """Measure the site in dist/, which has to be built."""
    with serving(DIST, prefix="/some/project/") as server, chromium.launch() as browser:
        start = Start([], [])
        for _ in range(visits):
            context = browser.new_context()
            start.cold.append(_visit(context, server.url))
            start.warm.append(_visit(context, server.url))
            context.close()
        return Page(browser.version, start, _epochs(browser, server.url), site.size_of(DIST))


def _visit(context: BrowserContext, url: str) -> float:
    page = context.new_page()
    page.goto(f"{url}#/expression")
    page.get_by_role("status", name="Python").filter(has_text="Python ready").wait_for()
    seconds = float(page.evaluate("performance.now()")) / 1000
    page.close()
    return seconds


def _epochs(browser: Browser, url: str) -> list[Epoch]:
    page = browser.new_page()
    page.goto(f"{url}#/expression")
    page.get_by_role("status", name="Python").filter(has_text="Python ready").wait_for()
    measured = [Epoch(h, page.evaluate(TRAIN, [h, n])) for h, n in ((2, 40), (10, 20), (30, 6))]
    page.close()
    return measured


def rows(page: Page) -> Iterator[str]:
    """The lines of a table."""
    for name, seconds in page.start._asdict().items():
        low, middle, high = min(seconds), median(seconds), max(seconds)
        yield f"Python ready, {name:5} {middle:8.2f} s ({low:.2f}–{high:.2f})"
    for epoch in page.epochs:
        low, middle, high = (1e3 * f(epoch.seconds) for f in (min, median, max))
        yield f"epoch, hidden {epoch.hidden:<5} {middle:8.2f} ms ({low:.2f}–{high:.2f})"
    raw, gzipped = (size / 1e6 for size in page.size)
    yield f"dist/              {raw:8.1f} MB, {gzipped:.1f} MB gzipped"

"""How long from the navigation until one can read a view, and type into it; and what moves then."""

from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Browser

from web.tools import chromium
from web.tools.paths import DIST
from web.tools.server import serving

VIEWS = ("train", "expression")
SIZES = ((375, 720), (1440, 900))
LONGEST = 0.3
MOST_SHIFT = 0.01

# Notes when the view's own fields have been drawn, and how much has moved by then and later.
WATCH = """
window.seen = { shift: 0, drawn: 0, largest: 0 };
const watch = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take))
  .observe({ type, buffered: true });
watch("layout-shift", (entry) => { seen.shift += entry.value; });
watch("largest-contentful-paint", (entry) => { seen.largest = entry.startTime; });
new MutationObserver((_, observer) => {
  if (!document.querySelector("#content :is(input, textarea)")) return;
  observer.disconnect();
  // A timer that is set in a frame runs when that has been drawn.
  requestAnimationFrame(() => setTimeout(() => { seen.drawn = performance.now(); }));
}).observe(document, { childList: true, subtree: true });
"""


class Reading(NamedTuple):
    """Seconds of each visit; the first ones find nothing cached.

    Attributes:
        paint: until there is something to read, before any script.
        drawn: until the view stands there with its fields, which take what is typed.
        largest: until its largest text is drawn.
        shift: how much moved by the time that Python was ready, the worst of all visits.
    """

    view: str
    width: int
    paint: list[float]
    drawn: list[float]
    largest: list[float]
    shift: float


def measure(visits: int) -> Iterator[Reading]:
    """Measure the site in dist/, which has to be built."""
    with serving(DIST, prefix="/some/project/") as server, chromium.launch() as browser:
        for view in VIEWS:
            for width, height in SIZES:
                seen = [_visit(browser, server.url, view, width, height) for _ in range(visits)]
                paint, drawn, largest, shift = (list(column) for column in zip(*seen, strict=True))
                yield Reading(view, width, paint, drawn, largest, max(shift))


def _visit(
    browser: Browser, url: str, view: str, width: int, height: int
) -> tuple[float, float, float, float]:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.add_init_script(WATCH)
    page.goto(f"{url}#/{view}")
    page.get_by_role("status", name="Python").filter(has_text="Python ready").wait_for()
    paint = page.evaluate('performance.getEntriesByName("first-contentful-paint")[0].startTime')
    seen = page.evaluate("seen")
    page.close()
    return paint / 1000, seen["drawn"] / 1000, seen["largest"] / 1000, seen["shift"]


def row(reading: Reading) -> str:
    """A line of a table."""
    times = (
        f"{1e3 * median(column):5.0f} ({1e3 * min(column):.0f}–{1e3 * max(column):.0f})"
        for column in (reading.paint, reading.drawn, reading.largest)
    )
    cells = "".join(f"{time:>20}" for time in times)
    return f"{reading.view:11}{reading.width:6}{cells}{reading.shift:9.4f}"

"""The page in a real browser: how long until Python answers, how long an epoch takes there with
either engine, and how a run of 500 epochs looks to who started it.

Start-up is from the navigation to "Python ready", on this machine's own server: cold with nothing
cached, warm with what the browser kept. An epoch's time is the one that its record gives, as in
the native table.
"""

from collections.abc import Iterator
from statistics import median
from typing import Any, NamedTuple

from playwright.sync_api import Browser, BrowserContext

from web.tools import chromium, compress, site
from web.tools.paths import DIST
from web.tools.server import serving

# A page that shows the Expression view has a Python with nothing to do: it is all for this.
TRAIN = """
async ([hidden, epochs, engine]) => {
  const model = { dataset: "Xor", points: 50, hidden, rate: 0.05, epochs, seed: 0, engine };
  const seconds = [];
  let ran = null;
  const take = async (update) => {
    seconds.push(...update.records.seconds);
    ran = update.ran ?? ran;
  };
  const run = () => minitorch.train(epochs, null, model.rate, take, new AbortController().signal);
  await minitorch.openTraining(model, null);
  await minitorch.train(1, null, model.rate, take, new AbortController().signal);
  seconds.length = 0;
  const start = performance.now();
  await run();
  return { seconds, elapsed: (performance.now() - start) / 1000, compile: ran.seconds };
}
"""

# Presses Train and waits for the last epoch; notes the frames meanwhile, and those with news.
WATCH = """
async (last) => {
  const named = (name) =>
    [...document.querySelectorAll("button")].find((one) => one.textContent.trim() === name);
  const status = document.querySelector("[aria-label=Training]");
  const bar = document.querySelector("progress");
  const frames = [];
  let [before, shown, news] = [performance.now(), bar.value, 0];
  const count = (now) => {
    frames.push((now - before) / 1000);
    if (bar.value !== shown) news += 1;
    [before, shown] = [now, bar.value];
    going = requestAnimationFrame(count);
  };
  let going = requestAnimationFrame(count);
  const start = performance.now();
  named("Train").click();
  while (!new RegExp(`^Epoch ${last} of ${last} .*correct$`).test(status.textContent))
    await new Promise((resume) => setTimeout(resume, 1));
  cancelAnimationFrame(going);
  return { seconds: (performance.now() - start) / 1000, frames: frames.slice(2), news };
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


class Compiled(NamedTuple):
    """The same compiled: seconds for each of many epochs, and what compiling took."""

    hidden: int
    per_epoch: float
    compile: float


class Watched(NamedTuple):
    """Runs of 500 epochs as a learner starts them.

    Attributes:
        at_the_end: seconds for each run at hidden size 10, drawn at the end; the first comes first.
        frames: seconds for each frame of an animated run at hidden size 30.
        news: how many of these frames had something new to show.
    """

    at_the_end: list[float]
    frames: list[float]
    news: int


class Page(NamedTuple):
    """All that was measured of the page."""

    browser: str
    start: Start
    epochs: list[Epoch]
    compiled: list[Compiled]
    watched: Watched
    size: compress.Size

    def as_dict(self) -> dict[str, Any]:
        """The same, down to plain dictionaries and lists."""
        return {
            "browser": self.browser,
            "start": self.start._asdict(),
            "epochs": [epoch._asdict() for epoch in self.epochs],
            "compiled": [one._asdict() for one in self.compiled],
            "watched": self.watched._asdict(),
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
        epochs, compiled = _epochs(browser, server.url)
        watched = _watch(browser, server.url)
        return Page(browser.version, start, epochs, compiled, watched, site.size_of(DIST))


def _visit(context: BrowserContext, url: str) -> float:
    page = context.new_page()
    page.goto(f"{url}#/expression")
    page.get_by_role("status", name="Python").filter(has_text="Python ready").wait_for()
    seconds = float(page.evaluate("performance.now()")) / 1000
    page.close()
    return seconds


def _epochs(browser: Browser, url: str) -> tuple[list[Epoch], list[Compiled]]:
    page = browser.new_page()
    page.goto(f"{url}#/expression")
    page.get_by_role("status", name="Python").filter(has_text="Python ready").wait_for()
    scalar, compiled = [], []
    for hidden, epochs in ((2, 40), (10, 20), (30, 6)):
        scalar.append(Epoch(hidden, page.evaluate(TRAIN, [hidden, epochs, "eager"])["seconds"]))
    for hidden, epochs in ((2, 100_000), (10, 50_000), (30, 10_000), (100, 1_000)):
        runs = [page.evaluate(TRAIN, [hidden, epochs, "compiled"]) for _ in range(3)]
        elapsed = median(run["elapsed"] for run in runs) / epochs
        compiled.append(Compiled(hidden, elapsed, median(run["compile"] for run in runs)))
    page.close()
    return scalar, compiled


def _watch(browser: Browser, url: str) -> Watched:
    at_the_end = [_run(browser, url, 10, "end")["seconds"] for _ in range(5)]
    animated = _run(browser, url, 30, "animated")
    return Watched(at_the_end, animated["frames"], animated["news"])


def _run(browser: Browser, url: str, hidden: int, drawing: str) -> dict[str, Any]:
    """Open the page anew and train for 500 epochs of Xor."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{url}#/train?dataset=Xor&hidden={hidden}&epochs=500&drawing={drawing}")
    page.get_by_role("status", name="Training").filter(has_text="not trained yet").wait_for()
    page.wait_for_timeout(1500)  # what a learner needs to find the button
    result: dict[str, Any] = page.evaluate(WATCH, 500)
    page.close()
    return result


def rows(page: Page) -> Iterator[str]:
    """The lines of a table."""
    for name, seconds in page.start._asdict().items():
        low, middle, high = min(seconds), median(seconds), max(seconds)
        yield f"Python ready, {name:5} {middle:8.2f} s ({low:.2f}–{high:.2f})"
    for epoch in page.epochs:
        low, middle, high = (1e3 * f(epoch.seconds) for f in (min, median, max))
        yield f"epoch, hidden {epoch.hidden:<5} {middle:8.2f} ms ({low:.2f}–{high:.2f})"
    for hidden, per_epoch, compile in page.compiled:
        yield (
            f"compiled, hidden {hidden:<4} {1e6 * per_epoch:6.1f} µs, {1 / per_epoch:9,.0f} "
            f"epochs/s, compiled in {1e3 * compile:.0f} ms"
        )
    times = ", ".join(f"{1e3 * seconds:.0f}" for seconds in page.watched.at_the_end)
    yield f"500 epochs, hidden 10, drawn at the end: {times} ms"
    frames = sorted(page.watched.frames)
    middle, slow = 1e3 * median(frames), 1e3 * frames[len(frames) * 9 // 10]
    yield (
        f"animated, hidden 30: {len(frames)} frames, {page.watched.news} with news, median "
        f"{middle:.1f} ms, nine of ten within {slow:.1f} ms"
    )
    raw, gzipped, brotli = (size / 1e6 for size in page.size)
    yield f"dist/              {raw:8.1f} MB, {gzipped:.1f} MB gzipped, {brotli:.1f} MB with Brotli"

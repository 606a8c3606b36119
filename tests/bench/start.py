"""From the navigation to "Python ready", beside plain Pyodide, visit by visit.

Plain Pyodide is the npm package as it comes, in a worker, with minitorch's wheel unpacked and
imported (tests/bench/plain). Both are served by one server, under names that a browser may keep
for ever. First, second and third are the visits of one browser, which is left open for ten seconds
after each: only then has it written down the machine code of what it has compiled. The two are
taken in turns, because the machine's speed changes from minute to minute. The slow line is in the
server, because a browser's own throttling doesn't reach workers.
"""

import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from threading import Lock
from typing import Any, NamedTuple

from playwright.sync_api import BrowserContext

from web.tools import chromium, compress, hashed, wheel
from web.tools.paths import DIST, NODE_MODULES
from web.tools.server import SiteServer, serving

PAGES = ("minitorch", "plain")
VISITS = ("first", "second", "third")
NEAR, FAR = "localhost", "10 Mbit/s, 40 ms"
# How many times as fast as plain Pyodide; over a slow line most of the time is the line's.
LEAST = {NEAR: {"first": 2.3, "second": 3.3, "third": 3.3}, FAR: {"first": 1.6}}
# Megabytes until Python is ready.
MOST_BROTLI, MOST_GZIP = 5.2, 6.2
SLOW_BITS = 10e6
SLOW_SECONDS = 0.04
SETTLE_MS = 2_500
OPEN_MS = 10_000
PIECE = 16 * 1024

# Notes when Python is ready, as the page itself sees it.
WATCH = """
new MutationObserver((_, observer) => {
  const status = document.querySelector("[role=status][aria-label=Python]");
  if (!status?.textContent.endsWith("Python ready")) return;
  observer.disconnect();
  window.readyAt = performance.now();
}).observe(document, { childList: true, subtree: true, characterData: true });
"""


class Start(NamedTuple):
    """Seconds of each visit, of the site and of plain Pyodide."""

    line: str
    visit: str
    minitorch: list[float]
    plain: list[float]

    @property
    def ratio(self) -> float:
        """How many times as fast the site is: the median of what was taken in turns."""
        return median(p / m for m, p in zip(self.minitorch, self.plain, strict=True))


def measure(visits: int) -> Iterator[Start]:
    """Measure the site in dist/, which has to be built."""
    with _both() as folder:
        for line in (NEAR, FAR):
            with serving(folder) as server:
                if line == FAR:
                    _slow_down(server)
                yield from _compare(server.url, line, visits)


class Part(NamedTuple):
    """What is fetched until Python is ready, and its size in bytes."""

    name: str
    size: compress.Size


def parts() -> Iterator[Part]:
    """List all that a first visit fetches before Python is ready, as the server sees it."""
    with serving(DIST) as server, chromium.launch() as browser:
        page = browser.new_page()
        page.goto(f"{server.url}#/expression")
        page.get_by_role("status", name="Python").filter(has_text="Python ready").wait_for(
            timeout=120_000
        )
        paths = {request.path or "index.html" for request in server.requests}
    for path in sorted(paths):
        # The rest of the library begins to come when Python is ready.
        if (DIST / path).is_file() and not path.startswith("assets/stdlib-rest"):
            yield Part(path, compress.size_of([DIST / path]))


def part_row(part: Part) -> str:
    """A line of a table."""
    sizes = "".join(f"{size / 1e3:10,.0f}" for size in part.size)
    return f"{part.name:44}{sizes}"


@contextmanager
def _both() -> Iterator[Path]:
    """Make a folder with the site and with plain Pyodide."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        shutil.copytree(DIST, folder / "minitorch")
        plain = shutil.copytree(Path(__file__).parent / "plain", folder / "plain")
        shutil.copytree(NODE_MODULES / "pyodide", plain / "pyodide")
        pyodide = hashed.rename_folder(plain / "pyodide")
        built = next(wheel.build().rglob("*.whl"))
        target = plain / hashed.short_hash(built.read_bytes()) / built.name
        target.parent.mkdir()
        shutil.copyfile(built, target)
        places = {"pyodide": f"./{pyodide.name}/", "wheel": f"./{target.relative_to(plain)}"}
        page = plain / "index.html"
        page.write_text(page.read_text().replace("PLACES", json.dumps(places)))
        compress.write_copies(plain)
        yield folder


def _compare(url: str, line: str, visits: int) -> Iterator[Start]:
    starts = {visit: Start(line, visit, [], []) for visit in VISITS}
    for _ in range(visits):
        for name in PAGES:
            with _new_browser() as context:
                context.add_init_script(WATCH)
                for visit in VISITS:
                    getattr(starts[visit], name).append(_visit(context, f"{url}{name}/"))
                    # Meanwhile the site stores itself, to work without a network.
                    context.pages[0].wait_for_timeout(OPEN_MS)
    yield from starts.values()


@contextmanager
def _new_browser() -> Iterator[BrowserContext]:
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
        chromium.launch_with_profile(Path(profile)) as context,
    ):
        # A browser is busy with itself when it has just been started; people's seldom has.
        context.pages[0].wait_for_timeout(SETTLE_MS)
        yield context


def _visit(context: BrowserContext, url: str) -> float:
    page = context.new_page()
    # The Expression view leaves Python alone until Run is pressed.
    page.goto(f"{url}#/expression")
    page.get_by_role("status", name="Python").filter(has_text="Python ready").wait_for(
        timeout=120_000
    )
    seconds = float(page.evaluate("readyAt")) / 1000
    page.close()
    return seconds


def _slow_down(server: SiteServer) -> None:
    """Send what the server sends through one thin line, after a moment."""
    usual: Any = server.RequestHandlerClass
    line = _Line(SLOW_BITS / 8)

    class Slow(usual):  # type: ignore[misc]
        def send_head(self) -> Any:
            time.sleep(SLOW_SECONDS)
            return super().send_head()

        def copyfile(self, source: Any, outputfile: Any) -> None:
            super().copyfile(source, _Paced(outputfile.write, line))

    server.RequestHandlerClass = Slow


class _Line:
    """A line that all connections share."""

    def __init__(self, bytes_a_second: float):
        self._rate = bytes_a_second
        self._free_at = 0.0
        self._lock = Lock()

    def carry(self, size: int) -> None:
        """Wait as long as so many bytes take, behind those that came before."""
        with self._lock:
            self._free_at = max(self._free_at, time.monotonic()) + size / self._rate
            until = self._free_at
        time.sleep(max(0.0, until - time.monotonic()))


class _Paced:
    """A file that writes in pieces, each when the line has carried it."""

    def __init__(self, write: Callable[[bytes], object], line: _Line):
        self._write = write
        self._line = line

    def write(self, content: bytes) -> None:
        for at in range(0, len(content), PIECE):
            piece = content[at : at + PIECE]
            self._line.carry(len(piece))
            self._write(piece)


def row(start: Start) -> str:
    """A line of a table."""
    times = (
        f"{median(column):7.2f} ({min(column):.2f}–{max(column):.2f})"
        for column in (start.minitorch, start.plain)
    )
    cells = "".join(f"{time:>22}" for time in times)
    return f"{start.line:18}{start.visit:7}{cells}{start.ratio:15.2f}"

"""The memory of an hour's training, sped up: one frame after the other, each with an epoch."""

from collections.abc import Iterator
from typing import NamedTuple

from tests.browser import frames
from tests.browser.frames import A_MINUTE, Memory
from web.tools import chromium
from web.tools.paths import DIST
from web.tools.server import serving

# Painted frames can't be hurried by much: there, a tenth of an hour has to do.
RUNS = {"drawn": (frames.DRAWN, 20_000), "not drawn": (frames.UNDRAWN, 200_000)}
GROWTH = 0.2


class Hour(NamedTuple):
    """The memory in use after the first minute's frames, and after so many."""

    what: str
    frames: int
    before: Memory
    after: Memory

    @property
    def growth(self) -> float:
        """The largest growth of these, as a share."""
        return max(b / a for a, b in zip(self.before, self.after, strict=True)) - 1


def measure(quick: bool) -> Iterator[Hour]:
    """Train in the page for an hour's frames; for a tenth of them if it has to be quick."""
    with serving(DIST) as server, chromium.launch() as browser:
        for what, (how, most) in RUNS.items():
            page = browser.new_page()
            frames.open_hurried(page, server.url)
            before = frames.train(page, how, A_MINUTE)
            count = A_MINUTE + most // 10 if quick else most
            after = frames.train(page, how, count - A_MINUTE)
            yield Hour(what, count, before, after)
            page.close()


def row(hour: Hour) -> str:
    def both(name: str) -> str:
        before, after = (getattr(memory, name) for memory in (hour.before, hour.after))
        return f"{before / 1e6:8.2f} {after / 1e6:8.2f}"

    columns = "    ".join(map(both, Memory._fields))
    return f"{hour.what:<10}{hour.frames:9,}  {columns}"

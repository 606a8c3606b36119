"""A long run: the memory stays as it was after its beginning.

An hour of frames takes minutes however one hurries: `build.py bench --frames` does that.
"""

from playwright.sync_api import Page

from tests.browser import frames

# How many frames before and in between, and by how much of itself the page's memory may grow: what
# is drawn leaves garbage that is collected when it pleases the browser, up to half a megabyte.
STRETCHES = {frames.DRAWN: (400, 400, 0.04), frames.UNDRAWN: (600, 1_500, 0.005)}


def test_memory_does_not_grow(page: Page, site: str) -> None:
    frames.open_hurried(page, site)
    for how, (some, many, share) in STRETCHES.items():
        before = frames.train(page, how, some)
        after = frames.train(page, how, many)
        assert after.page <= (1 + share) * before.page, (before, after)

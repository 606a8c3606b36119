"""A long run: the memory stays as it was after its beginning.

An hour of frames takes minutes however one hurries: `build.py bench --frames` does that.
"""

from playwright.sync_api import Page

from tests.browser import frames


def test_memory_does_not_grow(page: Page, site: str) -> None:
    frames.open_hurried(page, site)
    for how, some, many in ((frames.DRAWN, 800, 1_600), (frames.UNDRAWN, 1_000, 12_000)):
        before = frames.train(page, how, some)
        after = frames.train(page, how, many)
        assert after.page <= 1.04 * before.page, (before, after)
        assert after.python == before.python, (before, after)
        assert after.objects <= 1.01 * before.objects, (before, after)

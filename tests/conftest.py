"""For every test: the order they run in, and how many random programs are compiled."""

from pathlib import Path

import pytest

BROWSER = Path(__file__).parent / "browser"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--programs", type=int, default=300, help="how many random ones to compile")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser's tests last: the quick ones tell first what is broken.

    Playwright also keeps an event loop running from its first test on, beside which
    asyncio.run, which tests of the bridge may use, would refuse to work.
    """
    items.sort(key=lambda item: BROWSER in item.path.parents)

"""For all tests: their settings, their limits, and what they say when they fail."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from limits import MOST_LINES, at_most, limited
from stand_ins import stand_ins

PROJECT = Path(__file__).parent.parent
# Where the code that is tested lives, under any name that the folder goes by.
TESTED = {str(p / name) for p in (PROJECT, PROJECT.resolve()) for name in ("minitorch", "project")}

# The same examples every time. Without the explain phase: it would run a failing test again and
# again, to say little about a function of two numbers.
settings.register_profile(
    "course",
    max_examples=15,
    derandomize=True,
    database=None,
    deadline=None,
    report_multiple_bugs=False,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("course")


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: Any) -> Iterator[None]:
    """The tested files are imported here, with the tests that import them."""
    with stand_ins(), at_most(MOST_LINES, TESTED):
        return (yield)


def pytest_itemcollected(item: Any) -> None:
    """Give each test its limit; a test of many examples has it for each of them."""
    examples = getattr(item.obj, "hypothesis", None)
    if examples is None:
        item.obj = limited(item.obj, TESTED)
    elif not hasattr(examples.inner_test, "__wrapped__"):  # tests with parameters share it
        examples.inner_test = limited(examples.inner_test, TESTED)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: Any, call: Any) -> Iterator[None]:
    """Add what a test has found as plain data, for a page that shows it."""
    report = yield
    details = getattr(call.excinfo.value, "details", {}) if call.excinfo else {}
    report.user_properties.extend(details.items())
    return report

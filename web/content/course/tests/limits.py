"""An end for code that has none.

A walk over all the paths of a graph, or a loop that never ends, would take all the time and all
the memory there is. So the lines that run are counted, and past a bound, far above what any
solution needs, the code is stopped. This works wherever Python does: without signals, without
threads, and at the same line each time.
"""

import functools
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

MOST_LINES = 50_000


class NoEnd(BaseException):
    """The code has run for longer than any solution needs.

    It is no Exception, so that an `except Exception` in the code does not keep it going, and
    hypothesis does not look for a smaller example of what takes for ever.
    """

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.details = {"what": what}


@contextmanager
def at_most(lines: int, folders: Iterable[str]) -> Iterator[None]:
    """Raise NoEnd once so many lines of files in these folders have run inside the `with`."""
    if sys.gettrace() is not None:  # a debugger is at work, or something that measures
        yield
        return
    left, counted = lines, tuple(folders)

    def count(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal left
        if event == "line":
            left -= 1
            if left < 0:
                raise NoEnd(_words(frame, lines))
        return count

    def enter(frame: FrameType, event: str, _: Any) -> Any:
        return count if frame.f_code.co_filename.startswith(counted) else None

    sys.settrace(enter)
    try:
        yield
    finally:
        sys.settrace(None)


@contextmanager
def unlimited() -> Iterator[None]:
    """Inside this `with`, nothing is counted: for what is long, and known to come to an end."""
    counting = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(counting)


def _words(frame: FrameType, lines: int) -> str:
    name = getattr(frame.f_code, "co_qualname", frame.f_code.co_name)
    return (
        f"Your code ran {lines:,} lines here without coming to an end; it was in {name}, line "
        f"{frame.f_lineno}. Is there a loop that never stops, or a walk that goes along every "
        "path instead of visiting each variable once?"
    )


def limited(function: Callable[..., Any], folders: Iterable[str]) -> Callable[..., Any]:
    """The same function, with a limit for each call."""

    @functools.wraps(function)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        with at_most(MOST_LINES, folders):
            return function(*args, **kwargs)

    return wrapped

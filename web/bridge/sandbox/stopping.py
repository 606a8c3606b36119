"""Stop: a signal that interrupts the learner's code, and nothing else.

It arrives between any two instructions of Python. Where these are the bridge's own it is ignored:
the page sends it again until there is an answer.
"""

from __future__ import annotations

import signal
import sys
import time
from types import CodeType, FrameType
from typing import Any

_SLICE = 0.005  # seconds: Pyodide looks for Stop only once in so many steps


class _Stop:
    """Whether the learner's code is what runs, and the code that ends this, never interrupted."""

    heard = False
    deaf: CodeType | None = None


STOP = _Stop()


def _interrupt(_: int, frame: FrameType | None) -> None:
    if STOP.heard and (frame is None or frame.f_code is not STOP.deaf):
        raise KeyboardInterrupt


def listen() -> Any:
    """Hear of Stop from here on, where the page sends it; give what heard of it before."""
    try:
        return signal.signal(signal.SIGINT, _interrupt)
    except ValueError:  # in a thread, where there are no signals
        return None


def _sleep(seconds: float, _really: Any = time.sleep) -> None:
    """Sleep in slices: in the page, nothing is heard while asleep."""
    end = time.monotonic() + seconds
    if seconds <= 0:
        _really(seconds)  # or its error
    while (left := end - time.monotonic()) > 0:
        _really(min(left, _SLICE))


def install() -> None:
    """Prepare the page's Python, once."""
    listen()
    if sys.platform == "emscripten":
        time.sleep = _sleep

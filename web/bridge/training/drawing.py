"""A boundary that is drawn in slices, for it may take longer than an epoch."""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import TypeVar

from .boundary import Boundary

T = TypeVar("T")
Steps = Generator[float, None, T]  # gives the part that is done, wherever it may be left


class Drawing:
    """A boundary on its way.

    Args:
        steps: what draws it, with parameters that stay what they are meanwhile.

    Attributes:
        seconds: what it has taken so far.
        part: how much of it is done, from 0 to 1.
    """

    def __init__(self, steps: Steps[Boundary]) -> None:
        self._steps = steps
        self.seconds = self.part = 0.0

    def advance(self, seconds: float) -> Boundary | None:
        """Go on for about so many `seconds`, but for one step at least; None if that is not all."""
        start = time.perf_counter()
        try:
            while True:
                self.part = next(self._steps)
                if time.perf_counter() - start >= seconds:
                    return None
        except StopIteration as end:
            boundary: Boundary = end.value
            return boundary
        finally:
            self.seconds += time.perf_counter() - start


def at_once(steps: Steps[T]) -> T:
    """What comes of `steps`, without a break."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: T = end.value
            return result

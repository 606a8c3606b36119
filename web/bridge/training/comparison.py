"""Both engines over the same epochs: how long each takes, and whether they agree."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from minitorch.epochs import Epochs

from .. import webassembly
from .data import make_data
from .models import make_trainer

REPEATED_SECONDS = 0.03  # the compiled runs together: one alone is too short to be measured
MOST_RUNS = 50


@dataclass
class Comparison:
    """How both engines went over the same epochs, each from the same untrained model.

    Attributes:
        epochs: as many as the eager engine managed.
        runs: how often the compiled one was run, to be measured.
        eager_seconds: what the eager one took.
        compiled_seconds: what the same took compiled: the median of the runs.
        compile_seconds: what compiling took, before that and once.
        difference: the largest difference of a loss, as a share of it.
    """

    epochs: int
    runs: int
    eager_seconds: float
    compiled_seconds: float
    compile_seconds: float
    difference: float


class ComparisonRun:
    """First the eager engine, in slices; then the same number of epochs compiled.

    Both begin with a new model of the settings; the one being trained is not touched.

    Args:
        settings: as the page has them.
        seconds: about how long the eager engine may train.
    """

    def __init__(self, settings: dict[str, Any], seconds: float) -> None:
        self._settings, self._left = settings, seconds
        self._data = make_data(settings).learned
        self._training = make_trainer(settings).start(self._data, settings["rate"])
        self._expected = Epochs()

    def advance(self, seconds: float) -> Comparison | None:
        """Go on for about `seconds`; give the result once it is there.

        Raises:
            ArithmeticError, ValueError: the model can't be trained so far.
            NotCompilable: it can't be compiled.
        """
        start = time.perf_counter()
        wanted = self._settings["epochs"]
        done = self._training.advance(wanted - len(self._expected), seconds)
        self._expected.extend(**done.columns)
        self._left -= time.perf_counter() - start
        is_too_early = self._left > 0 and len(self._expected) < wanted
        return None if is_too_early or not len(self._expected) else self._compare()

    def _compare(self) -> Comparison:
        webassembly.install()
        expected, found = self._expected, Epochs()
        times: list[float] = []
        compiled = make_trainer(self._settings).compile(self._data)
        while len(times) < MOST_RUNS and sum(times) < REPEATED_SECONDS:
            compiled.load()  # the untrained model's parameters, which `train` leaves to it
            start = time.perf_counter()
            found = compiled.train(len(expected), self._settings["rate"], store=False)
            times.append(time.perf_counter() - start)
        return Comparison(
            epochs=len(expected),
            runs=len(times),
            eager_seconds=sum(expected.columns["seconds"]),
            compiled_seconds=sorted(times)[len(times) // 2],
            compile_seconds=compiled.seconds,
            difference=max(map(_difference, found.columns["loss"], expected.columns["loss"])),
        )


def _difference(ours: float, theirs: float) -> float:
    """The difference of two losses, as a share of the second."""
    return abs(ours - theirs) / abs(theirs) if ours != theirs else 0.0

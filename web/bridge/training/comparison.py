"""Both engines over the same epochs: how long each takes, and whether they agree."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from minitorch import ScalarTrain, datasets

from .engines import EagerEngine, compile_run
from .records import Records

REPEATED_SECONDS = 0.03  # the compiled runs together: one alone is too short to be measured
MOST_RUNS = 50


@dataclass
class Compared:
    """How the two went; `runs` is how often the compiled one was run, to be measured.

    Attributes:
        epochs: as many as the Scalars managed.
        eager_seconds: what these took.
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


class Comparison:
    """First the Scalars, in slices; then the same number of epochs compiled.

    Both begin with a new model of the settings; the one being trained is not touched.
    """

    def __init__(self, settings: dict[str, Any], seconds: float) -> None:
        self._settings = settings
        self._data = datasets[settings["dataset"]](settings["points"], seed=settings["seed"])
        self._left, self._most = seconds, settings["epochs"]
        self._eager = EagerEngine(self._new(), self._data, settings["rate"])
        self._records = Records(first=1)

    def _new(self) -> ScalarTrain:
        return ScalarTrain(self._settings["hidden"], self._settings["seed"])

    def advance(self, seconds: float) -> Compared | None:
        """Go on for so many seconds; give the result once it is there."""
        start = time.perf_counter()
        self._eager.advance(self._records, self._most, seconds)
        self._left -= time.perf_counter() - start
        too_early = self._left > 0 and len(self._records) < self._most
        return None if too_early or len(self._records) == 0 else self._compare()

    def _compare(self) -> Compared:
        expected, losses = self._records, []
        times: list[float] = []
        compiled = compile_run(self._new(), self._data)
        while len(times) < MOST_RUNS and sum(times) < REPEATED_SECONDS:
            compiled.load()  # the untrained model's parameters, which `train` leaves to it
            start = time.perf_counter()
            totals = compiled.train(len(expected), self._settings["rate"], store=False)
            times.append(time.perf_counter() - start)
            losses = [total.loss for total in totals]
        return Compared(
            epochs=len(expected),
            runs=len(times),
            eager_seconds=sum(expected.seconds),
            compiled_seconds=sorted(times)[len(times) // 2],
            compile_seconds=compiled.seconds,
            difference=max(map(_difference, losses, expected.loss)),
        )


def _difference(ours: float, theirs: float) -> float:
    return abs(ours - theirs) / abs(theirs) if ours != theirs else 0.0

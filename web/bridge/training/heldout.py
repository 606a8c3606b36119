"""Epochs with what becomes of the points that are held out, judged before each."""

from __future__ import annotations

import math
import time
from array import array
from collections.abc import Sequence
from typing import Any

from minitorch.epochs import Epochs
from minitorch.scalar import Scalar
from minitorch.training import log_loss

from .engines import Engine


class Judged:
    """Trains, and judges the held-out points with the parameters that each epoch begins with.

    These are the parameters that the epoch's own loss is of, so that the two can be compared.

    Args:
        held_out: the points, an object with N, X and y.
    """

    def __init__(self, held_out: Any) -> None:
        self._held_out = held_out
        self._next: tuple[int, float, float] | None = None  # an epoch, and what is known of it
        self.loss, self.correct = array("d"), array("d")

    def advance(self, engine: Engine, done: Epochs, epochs: int, seconds: float) -> None:
        """Train, adding to `done`; beside it `loss` and `correct` have a value for each epoch.

        Args:
            engine: what trains.
            done: takes the epochs that are completed.
            epochs: how many at most.
            seconds: about how long.

        Raises:
            ArithmeticError, ValueError: as `Training.advance`; epochs before it are in `done`.
        """
        self.loss, self.correct = array("d"), array("d")
        if self._held_out.N == 0:
            done.extend(**engine.training.advance(epochs, seconds).columns)
            self.loss = self.correct = array("d", [math.nan]) * len(done)
            return
        end = time.perf_counter() + seconds
        while len(done) < epochs:
            loss, correct = self._judge(engine)
            fresh = engine.training.advance(1, end - time.perf_counter())
            if len(fresh):
                done.extend(**fresh.columns)
                self.loss.append(loss)
                self.correct.append(correct)
            if time.perf_counter() >= end:
                return

    def _judge(self, engine: Engine) -> tuple[float, float]:
        epoch = engine.training.epoch
        if self._next is None or self._next[0] != epoch:
            self._next = epoch, *judge(engine, self._held_out)
        return self._next[1:]


def judge(engine: Engine, points: Any) -> tuple[float, float]:
    """The loss of points with the parameters as they are, and how many are right.

    NaN for both if there are none, or if they can't be computed.

    Args:
        engine: what trains.
        points: an object with N, X and y.
    """
    if points.N == 0:
        return math.nan, math.nan
    try:
        return engine.judge(points)
    except (ArithmeticError, ValueError):  # as after a step that was too large
        return math.nan, math.nan


def tally(outputs: Sequence[float], labels: Sequence[int]) -> tuple[float, float]:
    """The loss of points whose outputs are known, and how many are right, as `judge` has them.

    Args:
        outputs: the model's output for each.
        labels: 0 or 1 for each.
    """
    if not labels:
        return math.nan, math.nan
    try:
        each = [log_loss(Scalar(o), label) for o, label in zip(outputs, labels, strict=True)]
    except (ArithmeticError, ValueError):
        return math.nan, math.nan
    return sum(loss.data for loss, _ in each), sum(bool(is_right) for _, is_right in each)

"""A run of training that advances in slices, so that the worker can listen in between."""

from __future__ import annotations

import sys
import time
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from minitorch import Diverged, EpochRecord, Scalar, ScalarTrain, datasets

from .problems import Problem

BOUNDARY_SIDES = (64, 48, 32, 24, 16)
BOUNDARY_SECONDS = 0.06  # what one drawing of the boundary may take
BOUNDARY_SHARE = 0.25  # of the time, at most, while training


@dataclass
class Boundary:
    """The model's output on a square grid over the unit square, row by row from the bottom."""

    side: int
    values: array[float]


@dataclass
class Checkpoint:
    """All that is needed to go on with a run elsewhere."""

    epoch: int
    parameters: array[float]


@dataclass
class Update:
    """What has happened since the last update."""

    records: list[dict[str, Any]]
    checkpoint: Checkpoint
    boundary: Boundary | None
    finished: bool
    problem: Problem | None = None


@dataclass
class Session:
    """One model with its data: made by `open`, moved on by `advance`."""

    run: ScalarTrain
    data: Any
    rate: float
    epoch: int = 0
    _target: int = 0
    _steps: Iterator[EpochRecord | None] = field(default_factory=lambda: iter(()))
    _drawn_at: float = 0.0
    _draw_seconds: float = 0.0

    @classmethod
    def open(cls, settings: dict[str, Any], checkpoint: dict[str, Any] | None) -> Session:
        """Make the data and the model of `settings`; with a checkpoint, go on from there."""
        data = datasets[settings["dataset"]](settings["points"], seed=settings["seed"])
        session = cls(ScalarTrain(settings["hidden"], settings["seed"]), data, settings["rate"])
        if checkpoint is not None:
            session.epoch = checkpoint["epoch"]
            parameters = session.run.model.parameters()
            for parameter, value in zip(parameters, checkpoint["parameters"], strict=True):
                parameter.update(Scalar(value))
        session._begin()
        return session

    def _begin(self) -> None:
        self._steps = self.run.steps(self.data, self.rate, max_epochs=sys.maxsize)

    def opened(self) -> dict[str, Any]:
        """The points, and the state before any training."""
        points = {
            "x1": [x[0] for x in self.data.X],
            "x2": [x[1] for x in self.data.X],
            "label": self.data.y,
        }
        return {"points": points, "update": self.state(draw=True)}

    def start(self, epochs: int) -> None:
        """Set how far `advance` shall go: `epochs` more."""
        self._target = self.epoch + epochs

    def advance(self, seconds: float) -> Update:
        """Train for about so many seconds, or until the epochs are done."""
        end = time.perf_counter() + seconds
        records = []
        problem = None
        try:
            while self.epoch < self._target and time.perf_counter() < end:
                record = next(self._steps)
                if record is not None:
                    self.epoch += 1
                    records.append(record._replace(epoch=self.epoch)._asdict())
        except Diverged as error:
            problem = Problem("Diverged", str(Diverged(self.epoch + 1, error.loss, self.rate)))
            self._begin()
        finished = problem is None and self.epoch >= self._target
        rested = time.perf_counter() - self._drawn_at > self._draw_seconds / BOUNDARY_SHARE
        draw = bool(records) and rested
        return self._update(records, draw or finished or problem is not None, finished, problem)

    def state(self, draw: bool = False) -> Update:
        """Give the state as it is, in the middle of an epoch or not."""
        return self._update([], draw)

    def _update(
        self,
        records: list[dict[str, Any]],
        draw: bool,
        finished: bool = False,
        problem: Problem | None = None,
    ) -> Update:
        parameters = array("d", [p.value.data for p in self.run.model.parameters()])
        return Update(
            records=records,
            checkpoint=Checkpoint(self.epoch, parameters),
            boundary=self._boundary() if draw else None,
            finished=finished,
            problem=problem,
        )

    def _boundary(self) -> Boundary:
        """Compute the boundary as finely as the time allowed for it permits."""
        start = time.perf_counter()
        self.run.run_many([(0.5, i / 64) for i in range(64)])
        per_point = (time.perf_counter() - start) / 64
        affordable = (s for s in BOUNDARY_SIDES if s * s * per_point <= BOUNDARY_SECONDS)
        side = next(affordable, BOUNDARY_SIDES[-1])
        middles = [(i + 0.5) / side for i in range(side)]
        values = array("d", self.run.run_many([(x1, x2) for x2 in middles for x1 in middles]))
        self._drawn_at = time.perf_counter()
        self._draw_seconds = self._drawn_at - start
        return Boundary(side, values)

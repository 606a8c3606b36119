"""A run of training that advances in slices, so that the worker can listen in between."""

from __future__ import annotations

import time
from array import array
from dataclasses import dataclass
from typing import Any

from minitorch import Diverged, Scalar, ScalarTrain, datasets

from ..sandbox.problems import Problem
from .engines import Boundary, CompiledEngine, EagerEngine, Engine, WhatRan
from .records import Records

BOUNDARY_SHARE = 0.25  # of the time, at most, while training Scalar by Scalar


@dataclass
class Checkpoint:
    """All that is needed to go on with a run elsewhere."""

    epoch: int
    parameters: array[float]


@dataclass
class Update:
    """What has happened since the last update; `ran` is there once, when the engine is ready."""

    records: Records
    checkpoint: Checkpoint
    boundary: Boundary | None
    finished: bool = False
    problem: Problem | None = None
    ran: WhatRan | None = None


@dataclass
class Session:
    """One model with its data: made by `open`, moved on by `advance`.

    The engine is made when it is first needed, for compiling takes a moment: until then, it is
    the Scalars that answer.
    """

    run: ScalarTrain
    data: Any
    rate: float
    compiled: bool
    epoch: int = 0
    _target: int = 0
    _engine: Engine | None = None
    _told: bool = False
    _drawn_at: float = 0.0
    _draw_seconds: float = 0.0

    @classmethod
    def open(cls, settings: dict[str, Any], checkpoint: dict[str, Any] | None) -> Session:
        """Make the data and the model of `settings`; with a checkpoint, go on from there."""
        data = datasets[settings["dataset"]](settings["points"], seed=settings["seed"])
        run = ScalarTrain(settings["hidden"], settings["seed"])
        session = cls(run, data, settings["rate"], settings["engine"] == "compiled")
        if checkpoint is not None:
            session.epoch = checkpoint["epoch"]
            parameters = run.model.parameters()
            for parameter, value in zip(parameters, checkpoint["parameters"], strict=True):
                parameter.update(Scalar(value))
        return session

    def opened(self) -> dict[str, Any]:
        """The points, and the state before any training."""
        points = {
            "x1": [x[0] for x in self.data.X],
            "x2": [x[1] for x in self.data.X],
            "label": self.data.y,
        }
        return {"points": points, "update": self.state(draw=True)}

    def prepare(self) -> Engine:
        """Make the engine: the one that was asked for, or the Scalars where it can't be."""
        if self._engine is None:
            self._engine = self._make_engine()
        return self._engine

    def warm_up(self) -> None:
        """Do in advance what the first epoch and the first drawing would have to wait for."""
        engine = self.prepare()
        if engine.quick:
            engine.boundary()

    def _make_engine(self) -> Engine:
        if not self.compiled:
            return EagerEngine(self.run, self.data, self.rate, self.epoch)
        from minitorch.compiler import NotCompilable

        try:
            return CompiledEngine(self.run, self.data, self.rate, self.epoch)
        except NotCompilable as error:
            return EagerEngine(self.run, self.data, self.rate, self.epoch, refusal=str(error))

    def start(self, epochs: int) -> None:
        """Set how far `advance` shall go: `epochs` more."""
        self.prepare()
        self._target = self.epoch + epochs

    def advance(self, seconds: float, most: int, draw: bool) -> Update:
        """Train for about so many seconds, but `most` epochs; or until all are done.

        Without `draw` the boundary comes with the last update only.
        """
        engine, problem = self.prepare(), None
        records = Records(first=self.epoch + 1)
        try:
            engine.advance(records, min(most, self._target - self.epoch), seconds)
        except Diverged as error:
            problem = Problem("Diverged", str(error))
        except (ArithmeticError, ValueError) as error:
            problem = Problem(type(error).__name__, f"In epoch {records.next}: {error}")
        self.epoch += len(records)
        finished = problem is None and self.epoch >= self._target
        rested = time.perf_counter() - self._drawn_at > self._draw_seconds / BOUNDARY_SHARE
        worth_it = draw and len(records) > 0 and (engine.quick or rested)
        update = self.state(draw=worth_it or finished or problem is not None)
        update.records, update.finished, update.problem = records, finished, problem
        return update

    def state(self, draw: bool = False) -> Update:
        """Give the state as it is, in the middle of an epoch or not."""
        engine = self._engine or EagerEngine(self.run, self.data, self.rate)
        return Update(
            records=Records(first=self.epoch + 1),
            checkpoint=Checkpoint(self.epoch, engine.parameters()),
            boundary=self._draw(engine) if draw else None,
            ran=self._tell(),
        )

    def _tell(self) -> WhatRan | None:
        if self._engine is None or self._told:
            return None
        self._told = True
        return self._engine.what_ran()

    def _draw(self, engine: Engine) -> Boundary:
        start = time.perf_counter()
        boundary = engine.boundary()
        self._drawn_at = time.perf_counter()
        self._draw_seconds = self._drawn_at - start
        return boundary

    def source(self) -> str:
        """The program that runs, as Python."""
        return self.prepare().source()

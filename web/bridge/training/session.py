"""A run of training that advances in slices, so that the worker can listen in between."""

from __future__ import annotations

import math
import time
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from minitorch.epochs import Epochs
from minitorch.errors import Diverged
from minitorch.scalar import Scalar

from ..sandbox.problems import Problem, describe
from ..workspace import WORKSPACE, Library, library
from .boundary import Boundary
from .data import Points, as_points, make_data
from .drawing import Drawing, Steps, at_once
from .engines import EagerEngine, Engine, WhatRan, make_engine
from .heldout import Judged, judge, tally
from .models import make_trainer, note_on
from .point import Inspected, inspect

LIBRARY = library()  # whose Scalars this module has imported
BOUNDARY_SHARE = 0.25  # of the time, at most, while training Scalar by Scalar


@dataclass
class Checkpoint:
    """All that is needed to go on with a run elsewhere.

    Attributes:
        epoch: how many epochs the model has been trained for.
        parameters: their values, in the order of the model's `named_parameters()`.
    """

    epoch: int
    parameters: array[float]


@dataclass
class TrainingUpdate:
    """What has happened since the last update.

    Attributes:
        library: what it was computed with.
        records: the epochs that were completed: the number of the first, and a column for each
            field of the library's record.
        checkpoint: where the run is now.
        within: how many points of the next epoch have been gone through already.
        boundary: if it was worth computing anew.
        drawing: how much of the next boundary is done, from 0 to 1; None unless it is on its way.
        finished: whether this was the last epoch that was asked for.
        problem: why the run can't go on.
        ran: what computes it; told once, when the engine is ready.
    """

    library: Library
    records: dict[str, Any]
    checkpoint: Checkpoint
    within: int
    boundary: Boundary | None
    drawing: float | None = None
    finished: bool = False
    problem: Problem | None = None
    ran: WhatRan | None = None


@dataclass
class TrainingOpened:
    """A run before it goes on.

    Attributes:
        points: what is learned.
        held_out: what the model never sees, to judge it by.
        parameters: their names, in the order in which a checkpoint has their values.
        update: the state to begin with.
        note: that the model is not the learner's own, on a library of theirs.
    """

    points: Points
    held_out: Points
    parameters: list[str]
    update: TrainingUpdate
    note: str | None = None


class Session:
    """One model with its data: moved on by `advance`.

    The engine that was asked for is made when it is first needed, for compiling takes a moment:
    until then, it is the eager one that answers.

    Args:
        settings: as the page has them.
        checkpoint: where to go on, as Checkpoint has it; None for an untrained model.

    Raises:
        ValueError: the checkpoint is of another model.
    """

    def __init__(self, settings: dict[str, Any], checkpoint: dict[str, Any] | None = None) -> None:
        self._rate, self._wanted = settings["rate"], settings["engine"]
        data = make_data(settings)
        self._data, self._held_out = data.learned, data.held_out
        self._judged = Judged(data.held_out)
        self.trainer = make_trainer(settings)
        epoch = 0
        if checkpoint is not None:
            self._restore(checkpoint["parameters"])
            epoch = checkpoint["epoch"]
        self._engine: Engine = EagerEngine(self.trainer, self._data, self._rate, epoch)
        self._is_made = False
        self._is_told = False
        self._target = epoch
        self._drawn_at = self._draw_seconds = 0.0
        self._latest: Boundary | None = None  # and the parameters that it was drawn with
        self._drawn_with: array[float] | None = None
        self._drawing: Drawing | None = None  # the next, where it takes more than one slice
        self._looking: tuple[bytes, Drawing] | None = None  # the same with other parameters
        self._problem: Problem | None = None  # told of when that is drawn

    def _restore(self, values: list[float]) -> None:
        parameters = self.trainer.model.parameters()
        if len(values) != len(parameters):
            raise ValueError(f"a checkpoint of {len(values)} parameters, for {len(parameters)}")
        for parameter, value in zip(parameters, values, strict=True):
            parameter.update(Scalar(value))

    @property
    def epoch(self) -> int:
        """How many epochs are complete."""
        return self._engine.training.epoch

    def opened(self, seconds: float = math.inf) -> TrainingOpened:
        """The points, and the state before any training.

        Args:
            seconds: about how long its boundary may take, which else is not there yet.
        """
        points, held_out = as_points(self._data), as_points(self._held_out)
        names = [name for name, _ in self.trainer.model.named_parameters()]
        update, note = self.state(draw=True, seconds=seconds), note_on(self.trainer)
        return TrainingOpened(points, held_out, names, update, note)

    def prepare(self) -> None:
        """Do in advance what the first epoch and the first drawing would have to wait for."""
        engine = self._make_engine()
        if engine.quick:
            at_once(engine.plane(self._points()))
            engine.neurons()

    def _make_engine(self) -> Engine:
        if not self._is_made:
            self._engine = make_engine(
                self._wanted, self.trainer, self._data, self._rate, self.epoch
            )
            self._is_made, self._drawing = True, None
        return self._engine

    def start(self, epochs: int, rate: float | None = None) -> None:
        """Set how far `advance` shall go: `epochs` more, in steps of the size `rate`."""
        if rate is not None:
            self._rate = rate
        self._make_engine().training.learning_rate = self._rate
        self._target = self.epoch + epochs

    def advance(self, epochs: int, seconds: float, draw: bool) -> TrainingUpdate:
        """Train until `epochs` more are complete, `seconds` have passed, or all is done.

        Args:
            epochs: how many at most.
            seconds: when they have passed it comes back, be it in the middle of an epoch.
            draw: whether the boundary is wanted as often as there is time for it; without, it
                comes with the last update only.

        A boundary that takes longer is gone on with at the next call, before anything is trained:
        the last update is the one that has it.
        """
        engine, end = self._make_engine(), time.perf_counter() + seconds
        if self._drawing is not None:
            return self._with_drawing(self.state(draw=True, seconds=seconds))
        done = Epochs(first=self.epoch + 1)
        try:
            self._judged.advance(engine, done, min(epochs, self._target - self.epoch), seconds)
        except (ArithmeticError, ValueError) as error:
            self._problem = self._explain(error)
        is_last = self._problem is not None or self.epoch >= self._target
        has_rested = time.perf_counter() - self._drawn_at > self._draw_seconds / BOUNDARY_SHARE
        is_worth_it = draw and len(done) > 0 and (engine.quick or has_rested)
        update = self.state(draw=is_worth_it or is_last, seconds=end - time.perf_counter())
        return self._with_drawing(replace(update, records=as_columns(done, self._judged)))

    def _with_drawing(self, update: TrainingUpdate) -> TrainingUpdate:
        """The update as one that ends the run, if it does so and nothing is still to be drawn."""
        if self._drawing is not None:
            return update
        problem, self._problem = self._problem, None
        finished = problem is None and self.epoch >= self._target
        return replace(update, finished=finished, problem=problem)

    def _explain(self, error: Exception) -> Problem:
        problem = describe(error, WORKSPACE.text)
        if isinstance(error, Diverged):  # which names the epoch
            return problem
        return replace(problem, message=f"In epoch {self.epoch + 1}: {problem.message}")

    def state(self, draw: bool = False, seconds: float = math.inf) -> TrainingUpdate:
        """Tell the state as it is, in the middle of an epoch or not.

        Args:
            draw: whether with the boundary.
            seconds: about how long that may take; if it takes longer, `drawing` is told instead.
        """
        parameters = array("d", self._engine.training.parameters())
        boundary = self._drawn(parameters, seconds) if draw else None
        return TrainingUpdate(
            library=LIBRARY,
            records=as_columns(Epochs(first=self.epoch + 1)),
            checkpoint=Checkpoint(self.epoch, parameters),
            within=self._engine.training.within,
            boundary=boundary,
            drawing=None if self._drawing is None else self._drawing.part,
            ran=self._tell(),
        )

    def _tell(self) -> WhatRan | None:
        if self._is_told or not self._is_made:
            return None
        self._is_told = True
        return self._engine.what_ran()

    def _drawn(self, parameters: array[float], seconds: float) -> Boundary | None:
        """The boundary: within an epoch that takes long, the one that was drawn when it began."""
        if self._engine.quick:
            self._latest = at_once(self._draw())
        elif self._drawn_with != parameters:
            self._latest = self._draw_on(parameters, seconds)
        return self._latest and replace(self._latest, epoch=self.epoch)

    def _draw_on(self, parameters: array[float], seconds: float) -> Boundary | None:
        """Go on drawing, or begin; nothing is trained until it is done."""
        drawing, self._drawing = self._drawing or Drawing(self._draw()), None  # also if it fails
        boundary = drawing.advance(seconds)
        if boundary is None:
            self._drawing = drawing
        else:
            self._drawn_with, self._draw_seconds = parameters, drawing.seconds
            self._drawn_at = time.perf_counter()
        return boundary

    def _draw(self) -> Steps[Boundary]:
        side, values, outputs = yield from self._engine.plane(self._points())
        loss, correct, held_loss, held_correct = self._judge(outputs)
        neurons = self._engine.neurons()
        right = 0 if math.isnan(correct) else int(correct)
        held = held_loss, held_correct
        return Boundary(side, values, self.epoch, loss, right, *held, outputs, neurons)

    def _judge(self, outputs: array[float]) -> tuple[float, float, float, float]:
        """The loss and how many are right, of the points that are learned and of the others."""
        if not self._engine.quick:  # to compute the outputs once more would take as long again
            count, held_out = self._data.N, self._held_out.y
            return *tally(outputs[:count], self._data.y), *tally(outputs[count:], held_out)
        try:
            learned: tuple[float, float] = self._engine.training.evaluate()
        except (ArithmeticError, ValueError):  # as after a step that was too large
            learned = math.nan, math.nan
        return *learned, *judge(self._engine, self._held_out)

    def _points(self) -> list[Any]:
        return [*self._data.X, *self._held_out.X]

    def look(self, parameters: list[float], seconds: float = math.inf) -> Boundary | None:
        """What the model would make of the plane with other parameters; it stays as it is.

        Args:
            parameters: a value for each, as a checkpoint has them.
            seconds: about how long that may take; None if it takes longer. Asked for the same
                again, it goes on.
        """
        wanted = array("d", parameters).tobytes()
        looking, self._looking = self._looking, None  # also if it fails
        if looking is None or looking[0] != wanted:
            looking = wanted, Drawing(self._draw())
        with self._having(parameters):
            boundary = looking[1].advance(seconds)
        if boundary is None:
            self._looking = looking
        return boundary

    def inspect(self, parameters: list[float], point: dict[str, Any], max_nodes: int) -> Inspected:
        """One point by itself, with some parameters; the model stays as it is.

        Args:
            parameters: a value for each, as a checkpoint has them.
            point: `x1`, `x2` and `label`.
            max_nodes: how many Scalars a graph that is wanted may have.
        """
        with self._having(parameters):
            return inspect(self.trainer, point, max_nodes)

    @contextmanager
    def _having(self, values: list[float]) -> Iterator[None]:
        """Give the model other parameters, and then its own again, the very Scalars."""
        self._engine.training.store()
        parameters = self.trainer.model.parameters()
        kept = [parameter.value for parameter in parameters]
        self._restore(values)
        try:
            yield
        finally:
            for parameter, value in zip(parameters, kept, strict=True):
                parameter.update(value)

    def source(self) -> str:
        """The program that trains, as Python; empty where there is none."""
        return self._make_engine().source()


def as_columns(epochs: Epochs, held_out: Judged | None = None) -> dict[str, Any]:
    """The epochs as they travel: `first`, their first number, and a column for each field.

    Args:
        epochs: their records.
        held_out: what the points held out say of each, where there are any.
    """
    judged = {
        "heldLoss": held_out.loss if held_out else array("d"),
        "heldCorrect": held_out.correct if held_out else array("d"),
    }
    return {"first": epochs.first, **epochs.columns, **judged}

"""The two engines as the page sees them: what they make of the plane, and what they are like."""

from __future__ import annotations

import time
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from minitorch.operators import log
from minitorch.training import CompiledTraining, ScalarTrain, Training

from .. import webassembly
from ..workspace import WORKSPACE
from .boundary import grid
from .drawing import Steps
from .neurons import NeuronMaps, Neurons

SIDES = (64, 48, 32, 24, 16)
PLANE_SECONDS = 0.06  # what the eager engine may take for the plane
NEURON_SECONDS = 0.06  # and for the neurons
TRIED = 32  # points at most, to see how long one takes
STEP_SECONDS = 0.01  # about how long it computes, where a single point takes less
LONGEST_SOURCE = 300  # operations; a longer program is not for reading


@dataclass
class WhatRan:
    """What the engine has made of the model; numbers are None where there is no program.

    Attributes:
        engine: "compiled" or "eager": the one that is really used.
        refusal: why it is not the one that was asked for.
        runner: what the program runs as, "WebAssembly" or "Python".
        recorded: how many operations a sample takes as written, for all labels together.
        lowered: the operations that are left of them.
        operations: the same with those for the derivatives.
        kernels: how many kernels are called for each chunk of samples.
        seconds: what tracing and compiling took.
        memory: bytes.
        has_source: whether the program is short enough to be read.
    """

    engine: str
    refusal: str | None = None
    runner: str | None = None
    recorded: int | None = None
    lowered: int | None = None
    operations: int | None = None
    kernels: int | None = None
    seconds: float | None = None
    memory: int | None = None
    has_source: bool = False


# The side of a grid over the unit square, the model's output on it, and on some points.
Plane: TypeAlias = "tuple[int, array[float], array[float]]"


class Engine(Protocol):
    """A training, and what else the page wants to know of it.

    Attributes:
        training: moves the run on; see `minitorch.training`.
        quick: whether the plane can be computed at every look.
    """

    training: Training
    quick: bool

    def plane(self, points: Sequence[Any]) -> Steps[Plane]:
        """Compute the plane, with the output on `points`, giving the part that is done."""

    def neurons(self) -> Neurons | None:
        """What single neurons make of the plane, where that can be had and is affordable."""

    def judge(self, data: Any) -> tuple[float, int]:
        """The loss of other points than those of the training, and how many are right."""

    def what_ran(self) -> WhatRan:
        """What there is to tell about the way it computes."""

    def source(self) -> str:
        """The program as Python, or nothing."""


class EagerEngine:
    """Makes Scalars for every point and epoch, and may be stopped after any point.

    Args:
        trainer: whose model is trained.
        data: the points to learn.
        rate: the learning rate.
        epoch: how many epochs the model has been trained for already.
        refusal: why it is used in place of the other engine.
    """

    quick = False

    def __init__(
        self, trainer: ScalarTrain, data: Any, rate: float, epoch: int, refusal: str | None = None
    ) -> None:
        trainer.engine = "eager"
        self._trainer, self._refusal = trainer, refusal
        self._neurons = NeuronMaps(trainer.model)
        self.training = trainer.start(data, rate, epoch)

    def plane(self, points: Sequence[Any]) -> Steps[Plane]:
        """Compute the plane as finely as the time allowed for it permits, some points a step."""
        seconds_per_point = yield from self._try()
        affordable = (s for s in SIDES if s * s * seconds_per_point <= PLANE_SECONDS)
        side = next(affordable, SIDES[-1])
        xs = [*grid(side), *points]
        size = max(1, int(STEP_SECONDS / max(seconds_per_point, 1e-9)))
        outputs = array("d")
        for start in range(0, len(xs), size):
            outputs.extend(self._trainer.run_many(xs[start : start + size]))
            yield len(outputs) / len(xs)
        return side, outputs[: side * side], outputs[side * side :]

    def _try(self) -> Steps[float]:
        """The seconds that a point takes: of more and more of them, until it can be told."""
        count = 1
        while True:
            start = time.perf_counter()
            self._trainer.run_many([(0.5, i / count) for i in range(count)])
            seconds = time.perf_counter() - start
            yield 0.0
            if count >= TRIED or seconds >= STEP_SECONDS:
                return seconds / count
            count *= 2

    def neurons(self) -> Neurons | None:
        """Compute them Scalar by Scalar, coarsely, unless that takes too long."""
        return self._neurons.eager(NEURON_SECONDS)

    def judge(self, data: Any) -> tuple[float, int]:
        """The loss of other points, and how many are right."""
        return self._trainer.evaluate(data)

    def what_ran(self) -> WhatRan:
        """There is no program."""
        return WhatRan("eager", self._refusal)

    def source(self) -> str:
        """There is no program."""
        return ""


class CompiledEngine:
    """Runs the program that was made of the model.

    Args:
        trainer, data, rate, epoch: as for EagerEngine.

    Raises:
        NotCompilable: the model does what a fixed list of operations can't express.
    """

    quick = True

    def __init__(self, trainer: ScalarTrain, data: Any, rate: float, epoch: int) -> None:
        webassembly.install()
        trainer.engine = "compiled"
        training = trainer.start(data, rate, epoch)
        if not isinstance(training, CompiledTraining):  # as the trainer's engine says
            raise TypeError(type(training).__name__)
        self.training: Training = training
        self._compiled = training.compiled
        self._trainer = trainer
        self._neurons = NeuronMaps(trainer.model)
        self._grid: Any = None
        self._judged: tuple[Any, Any] = (None, None)  # points, and their outputs compiled

    def plane(self, points: Sequence[Any]) -> Steps[Plane]:
        """Compute the plane at its finest, in one step."""
        side = SIDES[0]
        if self._grid is None:  # one program for both: making it takes the time
            self._grid = self._compiled.at([*grid(side), *points])
        outputs = self._grid()
        yield 1.0
        return side, outputs[: side * side], outputs[side * side :]

    def neurons(self) -> Neurons | None:
        """Compute them by a program of their own."""
        return self._neurons.compiled(self._compiled)

    def judge(self, data: Any) -> tuple[float, int]:
        """The loss of other points, and how many are right."""
        if self._judged[0] is not data:
            self._judged = data, self._compiled.at(data.X)
        probabilities = [
            output if label == 1 else -output + 1.0
            for output, label in zip(self._judged[1](), data.y, strict=True)
        ]
        return sum(-log(p) for p in probabilities), sum(p > 0.5 for p in probabilities)

    def what_ran(self) -> WhatRan:
        """Tell about the program."""
        compiled = self._compiled
        return WhatRan(
            engine="compiled",
            runner=compiled.backend,
            recorded=compiled.recorded,
            lowered=compiled.lowered,
            operations=compiled.operations,
            kernels=compiled.kernels,
            seconds=compiled.seconds,
            memory=compiled.memory,
            has_source=compiled.operations <= LONGEST_SOURCE,
        )

    def source(self) -> str:
        """The program as Python."""
        return self._compiled.source()


def make_engine(wanted: str, trainer: ScalarTrain, data: Any, rate: float, epoch: int) -> Engine:
    """Make the engine that is wanted, or the eager one where it can't be.

    Args:
        wanted: "compiled" or "eager".
        trainer, data, rate, epoch: as for EagerEngine.
    """
    if wanted == "eager":
        return EagerEngine(trainer, data, rate, epoch)
    if WORKSPACE.library is not None:
        refusal = "The compiler reads the inside of Scalars, which it knows of our own only."
        return EagerEngine(trainer, data, rate, epoch, refusal)
    from minitorch.compiler import NotCompilable

    try:
        return CompiledEngine(trainer, data, rate, epoch)
    except NotCompilable as error:
        return EagerEngine(trainer, data, rate, epoch, str(error))

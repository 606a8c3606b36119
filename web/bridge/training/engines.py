"""The two ways to train: Scalar by Scalar, and compiled. Both go on from the model as it is."""

from __future__ import annotations

import time
from array import array
from dataclasses import dataclass
from typing import Any, Protocol

from minitorch import ScalarTrain

from .. import webassembly
from .records import Records

SIDES = (64, 48, 32, 24, 16)
DRAWING_SECONDS = 0.06  # what one drawing of the boundary may take
LONGEST_SOURCE = 300  # operations; a longer program is not for reading


@dataclass
class Boundary:
    """The model's output on a square grid over the unit square, row by row from the bottom."""

    side: int
    values: array[float]


@dataclass
class WhatRan:
    """What the engine has made of the model; numbers are None where there is no program.

    Attributes:
        engine: "compiled" or "eager": the one that is really used.
        refusal: why it is not the one that was asked for.
        runner: what the program runs as, "WebAssembly" or "Python".
        recorded: the operations that one sample of each label takes, as written.
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


class Engine(Protocol):
    """Trains a model, and tells what it is like."""

    quick: bool
    """Whether the boundary can be drawn at every look."""

    def advance(self, records: Records, most: int, seconds: float) -> None:
        """Add to the records, until there are so many or so much time has passed.

        Raises:
            ArithmeticError, ValueError: the run can't go on; the calls before have recorded the
                epochs before.
        """

    def parameters(self) -> array[float]:
        """The parameters as they are."""

    def boundary(self) -> Boundary:
        """The model's output over the plane."""

    def what_ran(self) -> WhatRan:
        """What there is to tell about the way it computes."""

    def source(self) -> str:
        """The program as Python, or nothing."""


class EagerEngine:
    """Makes Scalars for every point and epoch, and may be stopped after any point."""

    quick = False

    def __init__(
        self,
        run: ScalarTrain,
        data: Any,
        rate: float,
        epoch: int = 0,
        refusal: str | None = None,
    ):
        self._run, self._refusal = run, refusal
        run.engine = "eager"
        self._training = run.start(data, rate, epoch)

    def advance(self, records: Records, most: int, seconds: float) -> None:
        """Train; see Engine."""
        _advance(self._training, records, most, seconds)

    def parameters(self) -> array[float]:
        """The parameters as they are."""
        return array("d", self._training.parameters())

    def boundary(self) -> Boundary:
        """Compute the boundary as finely as the time allowed for it permits."""
        start = time.perf_counter()
        self._run.run_many([(0.5, i / 64) for i in range(64)])
        per_point = (time.perf_counter() - start) / 64
        affordable = (s for s in SIDES if s * s * per_point <= DRAWING_SECONDS)
        side = next(affordable, SIDES[-1])
        return Boundary(side, array("d", self._run.run_many(grid(side))))

    def what_ran(self) -> WhatRan:
        """There is no program."""
        return WhatRan("eager", self._refusal)

    def source(self) -> str:
        """There is no program."""
        return ""


class CompiledEngine:
    """Runs the program that was made of the model: thousands of epochs at a time."""

    quick = True

    def __init__(self, run: ScalarTrain, data: Any, rate: float, epoch: int = 0) -> None:
        """Compile.

        Raises:
            NotCompilable: the model does what a fixed list of operations can't express.
        """
        self._compiled = compile_run(run, data)
        run.engine = "compiled"
        self._training = run.start(data, rate, epoch)
        self._grid: Any = None

    def advance(self, records: Records, most: int, seconds: float) -> None:
        """Train; see Engine."""
        _advance(self._training, records, most, seconds)

    def parameters(self) -> array[float]:
        """The parameters as they are."""
        return array("d", self._training.parameters())

    def boundary(self) -> Boundary:
        """Compute the boundary at its finest."""
        if self._grid is None:
            self._grid = self._compiled.at(grid(SIDES[0]))
        return Boundary(SIDES[0], self._grid())

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
        text: str = self._compiled.source()
        return text


def _advance(training: Any, records: Records, most: int, seconds: float) -> None:
    epochs = training.advance(most - len(records), seconds)
    for name, column in epochs.columns.items():
        getattr(records, name).extend(column)


def compile_run(run: ScalarTrain, data: Any) -> Any:
    """Compile the training of a model, as WebAssembly."""
    webassembly.install()
    return run.compile(data)


def grid(side: int) -> list[tuple[float, float]]:
    """The middles of side × side little squares, row by row from the bottom."""
    middles = [(i + 0.5) / side for i in range(side)]
    return [(x1, x2) for x2 in middles for x1 in middles]

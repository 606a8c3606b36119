"""What there is to run: the programs with their samples, and what comes of running them."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .differentiate import Program


@dataclass
class Part:
    """A program, and the samples that it is for.

    Attributes:
        program: what to compute.
        columns: a column of numbers for each input of the program.
        indices: which of all samples these are.
    """

    program: Program
    columns: list[array[float]]
    indices: Sequence[int]

    @property
    def count(self) -> int:
        """The number of samples."""
        return len(self.columns[0])

    @property
    def inputs(self) -> int:
        """The number of inputs."""
        return len(self.columns)


@dataclass
class Plan:
    """All parts of an epoch, one unless labels need programs of their own.

    Attributes:
        parts: the programs, which share the parameters and add to the same gradient.
        parameters: the names of the parameters.
        input_names: the names of the inputs, those that tell the labels apart at the end.
        recorded: the operations that one sample of each label took.
        lowered: those that are left of them.
    """

    parts: list[Part]
    parameters: Sequence[str]
    input_names: Sequence[str]
    recorded: int = 0
    lowered: int = 0


class Total(NamedTuple):
    """What was added up over the samples of an epoch."""

    loss: float
    correct: float


class Stopped(ArithmeticError):
    """An operation was asked for what it isn't defined for, or the loss is not finite.

    Attributes:
        totals: of the epochs before; the parameters are as these have left them.
    """

    def __init__(self, totals: Sequence[Total] = ()) -> None:
        super().__init__("the run was stopped")
        self.totals = list(totals)

"""What there is to run: the programs with their samples."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from .ir import Program


@dataclass
class Part:
    """A program, and the samples that it is for.

    Attributes:
        program: what to compute.
        columns: a column of numbers for each input of the program.
        indices: which of all samples these are, ascending.
    """

    program: Program
    columns: list[array[float]]
    indices: Sequence[int]

    @property
    def count(self) -> int:
        """The number of samples."""
        return len(self.indices)

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
        input_names: the names of the inputs; the last ones tell the labels apart.
        uses_scalars: whether the function uses Scalars of its own, besides the parameters.
        recorded: how many operations one sample of each label took.
        lowered: how many are left of them.
    """

    parts: list[Part]
    parameters: Sequence[str]
    input_names: Sequence[str]
    uses_scalars: bool = True
    recorded: int = 0
    lowered: int = 0

    def find(self, index: int) -> tuple[int, int]:
        """Where the sample at `index` is: in which part, and at which place there."""
        for number, part in enumerate(self.parts):
            place = bisect_left(part.indices, index)
            if place < part.count and part.indices[place] == index:
                return number, place
        raise IndexError(index)


class Stopped(ArithmeticError):
    """An operation was asked for what it isn't defined for, or the loss is not finite.

    The parameters are as the epochs before have left them.
    """

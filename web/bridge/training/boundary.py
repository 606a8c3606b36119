"""What the model makes of the whole plane, and how often it is right about the points."""

from __future__ import annotations

from array import array
from dataclasses import dataclass


@dataclass
class Boundary:
    """The model's output on a square grid over the unit square, with how good it is.

    Attributes:
        side: how many squares the grid has each way.
        values: the output in the middle of each, row by row from the bottom.
        epoch: how many epochs the parameters that are drawn have been trained for.
        loss: the loss with these very parameters, summed over the points; NaN if it can't be
            computed.
        correct: how many points are on the right side with them.
    """

    side: int
    values: array[float]
    epoch: int
    loss: float
    correct: int


def grid(side: int) -> list[tuple[float, float]]:
    """The middles of `side` × `side` little squares, row by row from the bottom."""
    middles = [(i + 0.5) / side for i in range(side)]
    return [(x1, x2) for x2 in middles for x1 in middles]

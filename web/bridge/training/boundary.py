"""What the model makes of the whole plane, and how often it is right about the points."""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass, field

from .neurons import Neurons, grid

__all__ = ["Boundary", "grid"]


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
        held_loss, held_correct: the same of the points that are held out; NaN if there are none.
        outputs: the output for each point, those that are held out last.
        neurons: what single neurons make of the plane, where there was time for it.
    """

    side: int
    values: array[float]
    epoch: int
    loss: float
    correct: int
    held_loss: float = math.nan
    held_correct: float = math.nan
    outputs: array[float] = field(default_factory=lambda: array("d"))
    neurons: Neurons | None = None

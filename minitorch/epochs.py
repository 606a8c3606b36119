"""What happened in an epoch: the one record of it, and many records as columns.

At full speed there are thousands of epochs in a blink, so they are kept and passed on by column.
A field added to `EpochRecord` is a column of `Epochs`.

>>> epochs = Epochs(first=5)
>>> epochs.append(loss=2.5, correct=40, seconds=0.01)
>>> epochs.append(loss=2.0, correct=42, seconds=0.01)
>>> epochs[-1]
EpochRecord(epoch=6, loss=2.0, correct=42, seconds=0.01)
>>> epochs.columns["loss"].tolist()
[2.5, 2.0]
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import Any, NamedTuple


class EpochRecord(NamedTuple):
    """What happened in one epoch, one pass over all points."""

    epoch: int
    """Counted from 1."""
    loss: float
    """The loss, summed over the points, before the step."""
    correct: int
    """How many points were on the right side before the step."""
    seconds: float
    """The time spent computing, without pauses between points."""


COLUMNS = EpochRecord._fields[1:]


class Epochs:
    """Consecutive epochs, oldest first: a sequence of records, kept as columns.

    Args:
        first: the number of the first epoch.

    Attributes:
        first: as above.
        columns: by the names of EpochRecord's fields, except for `epoch`: an array of floats each.
    """

    __slots__ = ("columns", "first")

    def __init__(self, first: int = 1) -> None:
        self.first = first
        self.columns: dict[str, array[float]] = {name: array("d") for name in COLUMNS}

    def append(self, **values: float) -> None:
        """Add the next epoch, given a value for each column."""
        for name, column in self.columns.items():
            column.append(values[name])

    def extend(self, **columns: array[float]) -> None:
        """Add the next epochs, given an array for each column."""
        for name, column in self.columns.items():
            column.extend(columns[name])

    @property
    def next(self) -> int:
        """The number of the epoch after these."""
        return self.first + len(self)

    def __len__(self) -> int:
        return len(self.columns["loss"])

    def __getitem__(self, index: int) -> EpochRecord:
        values: dict[str, Any] = {name: column[index] for name, column in self.columns.items()}
        if values["correct"].is_integer():  # as it is, unless a loss of one's own counts otherwise
            values["correct"] = int(values["correct"])
        return EpochRecord(self.first + range(len(self))[index], **values)

    def __iter__(self) -> Iterator[EpochRecord]:
        return map(self.__getitem__, range(len(self)))

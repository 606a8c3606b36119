"""The data as columns, one for each number that a sample has.

A sample is a point `x`, a number or several, and perhaps what is known about it, `y`. Where the
y's are whole numbers or strings they are *labels*: the function gets a label as it is, and may
branch on it. Where they are floats they are targets: the function gets a Scalar.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ..errors import as_float

MOST_LABELS = 64


class Samples:
    """The points and what is known about them.

    Args:
        points: the points, each a number or a sequence of numbers, all of one length.
        known: a label or a target for each, or None.

    Raises:
        TypeError: what should be a number is none.
        ValueError: there are no points, they differ in length, there are more or fewer labels
            than points, or more distinct labels than MOST_LABELS.

    Attributes:
        count: how many samples there are.
        columns: their numbers, a column for each input.
        labels: the distinct labels, in the order of appearance; [None] without labels.
        label_of: for each sample the place of its label in `labels`.
    """

    def __init__(self, points: Sequence[Any], known: Sequence[Any] | None = None) -> None:
        self.count = len(points)
        if not self.count:
            raise ValueError("there are no samples to compile for")
        self.columns: list[array[float]] = []
        self._point = self._take(points)
        self.labels: list[Any] = [None]
        self.label_of = [0] * self.count
        self._known: int | None = None
        self.has_known, self.has_labels = known is not None, False
        if known is not None:
            if len(known) != self.count:
                raise ValueError(f"{self.count} points, and {len(known)} labels or targets")
            self.has_labels = all(map(_is_label, known))
            if self.has_labels:
                self._take_labels(known)
            else:
                self._known = self._take(known)

    def _take(self, values: Sequence[Any]) -> int | None:
        """Make columns of the values; return how many each has, None for plain numbers."""
        if not hasattr(values[0], "__len__"):
            self.columns.append(_column(values))
            return None
        width = len(values[0])
        if any(len(value) != width for value in values):
            raise ValueError(f"some samples have {width} numbers, and others not")
        self.columns += map(_column, zip(*values, strict=True))
        return width

    def _take_labels(self, labels: Sequence[Any]) -> None:
        places: dict[Any, int] = {}
        keys = [(type(label), label) for label in labels]  # a function can tell 1 from True
        self.label_of = [places.setdefault(key, len(places)) for key in keys]
        self.labels = [label for _, label in places]
        if len(places) > MOST_LABELS:
            raise ValueError(
                f"{len(places)} distinct whole numbers are too many for labels, for each of which "
                f"the function is traced ({MOST_LABELS} at most): make them floats"
            )

    def indicators(self) -> list[array[float]]:
        """For each label a column that is 1 for its samples, and 0 for the others."""
        return [
            array("d", [float(of == i) for of in self.label_of]) for i in range(len(self.labels))
        ]

    def with_label(self, place: int) -> list[int]:
        """The indices of the samples whose label is at `place` in `labels`."""
        return [index for index, of in enumerate(self.label_of) if of == place]

    def columns_of(self, indices: Sequence[int]) -> list[array[float]]:
        """The columns with the samples at `indices` only."""
        return [array("d", [column[i] for i in indices]) for column in self.columns]

    def arguments(self, inputs: Sequence[Any], label: Any) -> list[Any]:
        """What to call the function with.

        Args:
            inputs: a Scalar for each number of a sample.
            label: its label; not used where there are none.
        """
        point, rest = self._split(inputs, self._point)
        if not self.has_known:
            return [point]
        return [point, label if self.has_labels else self._split(rest, self._known)[0]]

    @staticmethod
    def _split(inputs: Sequence[Any], width: int | None) -> tuple[Any, Sequence[Any]]:
        if width is None:
            return inputs[0], inputs[1:]
        return tuple(inputs[:width]), inputs[width:]

    def sample(self, index: int, make: Callable[[float], Any]) -> list[Any]:
        """What to call the function with for the sample at `index`.

        Args:
            index: its place among the points.
            make: makes a Scalar of a number.
        """
        inputs = [make(column[index]) for column in self.columns]
        return self.arguments(inputs, self.labels[self.label_of[index]])


def _column(values: Iterable[Any]) -> array[float]:
    return array("d", [v if type(v) is float else as_float(v) for v in values])


def _is_label(value: Any) -> bool:
    return isinstance(value, str) or hasattr(value, "__index__")


def as_tuple(results: Any) -> tuple[Any, ...]:
    """The results of a function, one or several.

    Raises:
        TypeError: there are none.
    """
    if not isinstance(results, tuple):
        return (results,)
    if not results:
        raise TypeError("the function gives no Scalar")
    return results

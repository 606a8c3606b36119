"""What data and rates have to be like to be trained with, for both engines alike."""

from __future__ import annotations

import math
from typing import Any

from .errors import as_float


def check(data: Any) -> None:
    """Check that a dataset is one that can be trained on.

    Args:
        data: a Dataset, or anything with its attributes.

    Raises:
        TypeError: a coordinate or a label is no number.
        ValueError: there are no points, `N` is not the number of points and of labels, or a point
            is not of two finite coordinates.
    """
    n, X, y = data.N, data.X, data.y
    if not len(X) == len(y) == n:
        raise ValueError(f"N is {n}, but there are {len(X)} points in X and {len(y)} labels in y")
    if n < 1:
        raise ValueError("there are no points to learn")
    for i, (x, label) in enumerate(zip(X, y, strict=True)):
        if len(x) != 2:
            raise ValueError(f"X[{i}] has {len(x)} coordinates: a point has two")
        if not all(math.isfinite(as_float(v)) for v in (*x, label)):
            x1, x2 = x
            raise ValueError(f"X[{i}] is ({x1}, {x2}), labelled {label}: these have to be finite")


def checked_rate(rate: Any) -> float:
    """A learning rate as a float.

    Args:
        rate: the size of a step, a number of any type.

    Raises:
        TypeError: it is no number.
        ValueError: it is not finite: no step of that size leads anywhere.
    """
    if not math.isfinite(as_float(rate)):
        raise ValueError(f"the learning rate is a finite number, not {rate}")
    return as_float(rate)

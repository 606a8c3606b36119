"""Labelled points in the unit square, to train a classifier on.

`datasets[name](n, seed)` gives n points:

>>> data = datasets["Xor"](50, seed=1)
>>> data.N, len(data.X), set(data.y)
(50, 50, {0, 1})
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

MAX_POINTS = 100_000

Point = tuple[float, float]


@dataclass(frozen=True)
class Dataset:
    """Labelled points.

    Attributes:
        N: how many there are.
        X: the points (x₁, x₂), in the unit square.
        y: their labels, each 0 or 1.
    """

    N: int
    X: list[Point]
    y: list[int]


def _checked(n: int) -> int:
    if not isinstance(n, int) or not 1 <= n <= MAX_POINTS:
        raise ValueError(f"a dataset has from 1 to {MAX_POINTS:,} points, not {n!r}")
    return n


def _scattered(n: int, seed: int, is_one: Callable[[float, float], bool]) -> Dataset:
    """Scatter n points evenly at random and label them by a rule.

    Where chance leaves one class empty, the last point is drawn again until it falls there:
    with one class alone there would be nothing to learn.
    """
    rng = random.Random(seed)
    X = [(rng.random(), rng.random()) for _ in range(_checked(n))]
    y = [int(is_one(*x)) for x in X]
    while n > 1 and len(set(y)) == 1:
        X[-1] = (rng.random(), rng.random())
        y[-1] = int(is_one(*X[-1]))
    return Dataset(n, X, y)


def simple(n: int, seed: int = 0) -> Dataset:
    """`n` points scattered by `seed`: 1 in the left half"""
    return _scattered(n, seed, lambda x1, x2: x1 < 0.5)


def diag(n: int, seed: int = 0) -> Dataset:
    """`n` points scattered by `seed`: 1 below a diagonal, x₁ + x₂ < 0.5, about an eighth of them"""
    return _scattered(n, seed, lambda x1, x2: x1 + x2 < 0.5)


def split(n: int, seed: int = 0) -> Dataset:
    """`n` points scattered by `seed`: 1 at the left and at the right, 0 between"""
    return _scattered(n, seed, lambda x1, x2: x1 < 0.2 or x1 > 0.8)


def xor(n: int, seed: int = 0) -> Dataset:
    """`n` points scattered by `seed`: 1 in two quarters that touch at a corner"""
    return _scattered(n, seed, lambda x1, x2: (x1 < 0.5) != (x2 < 0.5))


def circle(n: int, seed: int = 0) -> Dataset:
    """`n` points scattered by `seed`: 1 outside a circle around the middle"""
    return _scattered(n, seed, lambda x1, x2: (x1 - 0.5) ** 2 + (x2 - 0.5) ** 2 > 0.1)


def spiral(n: int, seed: int = 0) -> Dataset:
    """Two arms of `n` points in all that wind around each other, 0 on the one and 1 on the other.

    Points are spread evenly along t in (x₁, x₂) = (½ + t cos t / 20, ½ + t sin t / 20), t < 10,
    each moved a little at random, by `seed`; the other arm is the first turned by half a circle.
    """
    rng = random.Random(seed)
    X, y = [], []
    for i in range(_checked(n)):
        label = i % 2
        t = 10 * (i // 2 + rng.random()) / ((n + 1) // 2)
        turn = t + math.pi * label
        X.append((0.5 + t * math.cos(turn) / 20, 0.5 + t * math.sin(turn) / 20))
        y.append(label)
    return Dataset(n, X, y)


class _Datasets(dict[str, Callable[..., Dataset]]):
    """The generators by name, with a message for a name that isn't there."""

    def __missing__(self, name: object) -> NoReturn:
        raise KeyError(f"there is no dataset {name!r}: choose one of {', '.join(self)}")


datasets = _Datasets(Simple=simple, Diag=diag, Split=split, Xor=xor, Circle=circle, Spiral=spiral)
"""The generators by name: `datasets["Xor"](n, seed=0)`; KeyError for any other name.

Each gives exactly `n` points inside the unit square, the same ones for the same `seed`; ValueError
unless `n` is a whole number from 1 to MAX_POINTS.
"""

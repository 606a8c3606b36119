"""Labelled points in the unit square, to train a classifier on.

`datasets[name](n, seed)` gives n points. Without a seed, Python's global generator decides, as in
the course: after `random.seed(1)` they are the same each time.

>>> data = datasets["Xor"](50, seed=1)
>>> data.N, len(data.X), set(data.y)
(50, 50, {0, 1})
"""

from __future__ import annotations

import math
import operator
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from .errors import as_seed

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


Graph = Dataset
"""The course's name for it."""


def _checked(n: int) -> int:
    if not hasattr(n, "__index__") or not 1 <= n <= MAX_POINTS:
        raise ValueError(f"a dataset has from 1 to {MAX_POINTS:,} points, not {n!r}")
    return operator.index(n)


def generator(seed: Any) -> Any:
    """A generator of random numbers started by `seed`; without one, Python's global generator.

    Args:
        seed: a number or a str; None for the global generator.
    """
    return random if seed is None else random.Random(as_seed(seed))


def make_pts(N: int, seed: int | None = None) -> list[Point]:
    """`N` points scattered evenly over the unit square by `seed`"""
    rng = generator(seed)
    return [(rng.random(), rng.random()) for _ in range(_checked(N))]


def _scattered(n: int, seed: int | None, is_one: Callable[[float, float], bool]) -> Dataset:
    """Scatter n points evenly at random and label them by a rule.

    Where chance leaves one class empty, the last point is drawn again until it falls there:
    with one class alone there would be nothing to learn.
    """
    rng, n = generator(seed), _checked(n)
    X = [(rng.random(), rng.random()) for _ in range(n)]
    y = [int(is_one(*x)) for x in X]
    while n > 1 and len(set(y)) == 1:
        X[-1] = (rng.random(), rng.random())
        y[-1] = int(is_one(*X[-1]))
    return Dataset(n, X, y)


def simple(N: int, seed: int | None = None) -> Dataset:
    """`N` points scattered by `seed`: 1 in the left half"""
    return _scattered(N, seed, lambda x1, x2: x1 < 0.5)


def diag(N: int, seed: int | None = None) -> Dataset:
    """`N` points scattered by `seed`: 1 below a diagonal, x₁ + x₂ < 0.5, about an eighth of them"""
    return _scattered(N, seed, lambda x1, x2: x1 + x2 < 0.5)


def split(N: int, seed: int | None = None) -> Dataset:
    """`N` points scattered by `seed`: 1 at the left and at the right, 0 between"""
    return _scattered(N, seed, lambda x1, x2: x1 < 0.2 or x1 > 0.8)


def xor(N: int, seed: int | None = None) -> Dataset:
    """`N` points scattered by `seed`: 1 in two quarters that touch at a corner"""
    return _scattered(N, seed, lambda x1, x2: (x1 < 0.5) != (x2 < 0.5))


def circle(N: int, seed: int | None = None) -> Dataset:
    """`N` points scattered by `seed`: 1 outside a circle around the middle"""
    return _scattered(N, seed, lambda x1, x2: (x1 - 0.5) ** 2 + (x2 - 0.5) ** 2 > 0.1)


def spiral(N: int, seed: int | None = None) -> Dataset:
    """Two arms of `N` points in all that wind around each other, 0 on the one and 1 on the other.

    Points are spread evenly along t in (x₁, x₂) = (½ + t cos t / 20, ½ + t sin t / 20), t < 10,
    each moved a little at random, by `seed`; the other arm is the first turned by half a circle.
    """
    rng, n = generator(seed), _checked(N)
    X, y = [], []
    for i in range(n):
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
"""The generators by name: `datasets["Xor"](N, seed=0)`; KeyError for any other name.

Each gives exactly `N` points inside the unit square, the same ones for the same `seed`; ValueError
unless `N` is a whole number from 1 to MAX_POINTS.
"""

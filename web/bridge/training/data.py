"""The points that the settings ask for: those to learn, and those that are held out."""

from __future__ import annotations

import inspect
import random
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from minitorch.datasets import datasets

PERCENT = 100


@dataclass
class Points:
    """Points as columns: the coordinates between 0 and 1, the labels 0 or 1."""

    x1: list[float]
    x2: list[float]
    label: list[int]


@dataclass(frozen=True)
class Data:
    """All points of a run; each part is an object with N, X and y, as `minitorch.datasets` has it.

    Attributes:
        learned: what the model is trained on.
        held_out: what it never sees, to judge it by; N may be 0.
    """

    learned: Any
    held_out: Any


def make_data(settings: dict[str, Any]) -> Data:
    """Make the points.

    Args:
        settings: as the page has them; of these `own`, the learner's own points, or `dataset` and
            `points`; `noise` and `heldOut` in percent; and `seed`, for all that is random.

    Raises:
        ValueError: the learner has no points of their own.
    """
    points = _own(settings["own"]) if settings.get("own") is not None else _generated(settings)
    if points.N == 0:
        raise ValueError("There are no points yet: press the plane to put some.")
    X = _moved(points.X, settings.get("noise", 0) / PERCENT, settings["seed"])
    chosen = _chosen(points.N, settings.get("heldOut", 0) / PERCENT, settings["seed"])
    return Data(
        learned=_part(X, points.y, [i for i in range(points.N) if i not in chosen]),
        held_out=_part(X, points.y, sorted(chosen)),
    )


def as_points(data: Any) -> Points:
    """The points as columns.

    Args:
        data: an object with X and y.
    """
    return Points(x1=[x[0] for x in data.X], x2=[x[1] for x in data.X], label=list(data.y))


def _own(columns: dict[str, Any]) -> Any:
    X = list(zip(columns["x1"], columns["x2"], strict=True))
    return SimpleNamespace(N=len(X), X=X, y=columns["label"])


def _generated(settings: dict[str, Any]) -> Any:
    generate, seed = datasets[settings["dataset"]], settings["seed"]
    if "seed" in inspect.signature(generate).parameters:
        return generate(settings["points"], seed=seed)
    random.seed(seed)  # the course's own generators take none
    return generate(settings["points"])


def _moved(X: list[Any], noise: float, seed: int) -> list[Any]:
    """Each point moved at random, by about `noise` each way, and kept within the square."""
    if noise == 0:
        return X
    rng = random.Random(f"noise {seed}")
    return [tuple(min(1.0, max(0.0, rng.gauss(value, noise))) for value in x) for x in X]


def _chosen(count: int, share: float, seed: int) -> set[int]:
    """Which points are held out: at least one is left to learn."""
    wanted = min(round(count * share), count - 1)
    return set(random.Random(f"held out {seed}").sample(range(count), max(0, wanted)))


def _part(X: list[Any], y: list[int], of: list[int]) -> Any:
    return SimpleNamespace(N=len(of), X=[X[i] for i in of], y=[y[i] for i in of])

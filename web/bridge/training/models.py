"""What is trained: the points and the model that the settings ask for."""

from __future__ import annotations

import inspect
import random
from importlib import import_module
from collections.abc import Sequence
from typing import Any

from minitorch.datasets import datasets
from minitorch.training import ScalarTrain

from ..workspace import WORKSPACE

PROJECT = "project/run_scalar.py"  # where the course's Network is written


class _ThroughScalars(ScalarTrain):
    """Lets the learner's Scalars compute what is drawn, and not only what is trained on."""

    def run_many(self, xs: Sequence[Sequence[float]]) -> list[float]:
        """The model's output for each of the points `xs`."""
        return [self.run_one(x).data for x in xs]


def make_data(settings: dict[str, Any]) -> Any:
    """Make the points: an object with N, X and y, as `minitorch.datasets` has them.

    Args:
        settings: as the page has them; of these `dataset`, `points` and `seed`.
    """
    generate, seed = datasets[settings["dataset"]], settings["seed"]
    if "seed" in inspect.signature(generate).parameters:
        return generate(settings["points"], seed=seed)
    random.seed(seed)  # the course's own generators take none
    return generate(settings["points"])


def make_trainer(settings: dict[str, Any]) -> ScalarTrain:
    """Make an untrained model, with what trains it.

    Args:
        settings: as the page has them; of these `hidden` and `seed`.
    """
    hidden, seed = settings["hidden"], settings["seed"]
    if not WORKSPACE.library:
        return ScalarTrain(hidden, seed)
    model = _own_network(hidden, seed) if WORKSPACE.has(PROJECT) else None
    return _ThroughScalars(hidden, seed, model=model)


def _own_network(hidden: int, seed: int) -> Any:
    """The learner's own Network, with first values that depend on the seed."""
    random.seed(f"minitorch {seed}")  # the seed itself has drawn the points
    return import_module("project.run_scalar").Network(hidden)

"""The model that the settings ask for: ours, one from a learner's files, or one of their text."""

from __future__ import annotations

import random
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import Any

from minitorch.nn import Network
from minitorch.scalar import Scalar
from minitorch.training import ScalarTrain

from ..workspace import WORKSPACE
from .owncode import make_model

# Where a learner's Network is.
PROGRAM = "project.run_scalar"
PROGRAM_FILE = "project/run_scalar.py"
TASK = "Task 1.5"  # which asks for it


class _ThroughScalars(ScalarTrain):
    """Lets the learner's Scalars compute what is drawn, and not only what is trained on."""

    def run_many(self, xs: Sequence[Sequence[float]]) -> list[float]:
        """The model's output for each of the points `xs`."""
        return [self.run_one(x).data for x in xs]


def make_trainer(settings: dict[str, Any]) -> ScalarTrain:
    """Make an untrained model, with what trains it.

    With a learner's library it is their Network where they have written one.

    Args:
        settings: as the page has them; of these `hidden`, `seed` and `code`, a model's own.

    Raises:
        Exception: whatever the learner's files raise.
    """
    hidden, seed = settings["hidden"], settings["seed"]
    if settings.get("code") is not None:
        return _ThroughScalars(hidden, seed, model=make_model(settings["code"], hidden, seed))
    if WORKSPACE.library is None:
        return ScalarTrain(hidden, seed)
    return _ThroughScalars(hidden, seed, model=_their_network(hidden, seed))


def _their_network(hidden: int, seed: int) -> Any:
    """The learner's own Network; None where it is still to be written."""
    network = getattr(_their_program(), "Network", None)
    if network is None:
        return None
    random.seed(f"minitorch {seed}")  # as ours: written like ours, it begins with the same numbers
    try:
        model = network(hidden)
        model((Scalar(0.5), Scalar(0.5)))
    except NotImplementedError as error:
        if TASK not in str(error):  # of an earlier task, which ours would meet as well
            raise
        return None
    return model


def _their_program() -> ModuleType | None:
    return import_module(PROGRAM) if WORKSPACE.has(PROGRAM_FILE) else None


def note_on(trainer: ScalarTrain) -> str | None:
    """Say that a model is not the learner's own, where all else is."""
    if WORKSPACE.library is None or type(trainer.model) is not Network:
        return None
    return f"There is no Network of yours yet ({TASK}): this is the page’s, on your Scalars."

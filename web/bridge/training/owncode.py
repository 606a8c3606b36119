"""A model whose code a learner has written into the page."""

from __future__ import annotations

import random
from typing import Any

from minitorch.module import Module
from minitorch.scalar import Scalar

from ..sandbox.problems import remember_source
from ..sandbox.source import deepest_line, readable, too_deep
from ..workspace import MODEL as FILE


class NotAModel(Exception):
    """The code runs, and makes nothing that could be trained."""


def make_model(code: str, hidden: int, seed: int) -> Any:
    """Run the code, and make its `Network`.

    Args:
        code: a program that defines `Network`, a Module.
        hidden: what Network is called with: the size of its hidden layers.
        seed: where the random numbers begin, those of `random` and those that Network may take as
            `seed`.

    Raises:
        NotAModel: there is no Network, or it gives no Scalar, or it has no parameters.
        SyntaxError: it isn't Python, or too deeply nested to be read here.
        Exception: whatever the code raises.
    """
    text = readable(code)
    remember_source(text, FILE)
    if deepest_line(text):
        raise too_deep(text, FILE)
    namespace: dict[str, Any] = {"__name__": "model"}
    random.seed(f"minitorch {seed}")
    exec(compile(text, FILE, "exec", dont_inherit=True), namespace)
    network = namespace.get("Network")
    if not callable(network):
        raise NotAModel("The code has to define a class called Network: it is what is trained.")
    return _checked(network(hidden))


def _checked(model: Any) -> Any:
    if not isinstance(model, Module):
        raise NotAModel(f"Network is a {type(model).__name__}, and has to be a Module.")
    output = model((Scalar(0.5), Scalar(0.5)))
    if not isinstance(output, Scalar):
        raise NotAModel(
            f"Network gave a {type(output).__name__} for a point. It has to give one Scalar, "
            "between 0 and 1: how probable label 1 is."
        )
    if not model.parameters():
        raise NotAModel("Network has no parameters, so there is nothing to train.")
    return model

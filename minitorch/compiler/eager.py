"""One sample Scalar by Scalar: what a program has to give, and the errors that it has to raise."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from ..autodiff import topological_sort
from ..module import Parameter
from ..scalar import Scalar
from .errors import refusals_last
from .lending import holding
from .samples import as_tuple


def by_scalars(
    function: Callable[..., Any],
    arguments: Sequence[Any],
    parameters: Sequence[Parameter],
    values: Sequence[float],
    share: float | None = None,
    uses_scalars: bool = True,
) -> tuple[list[float], list[float]]:
    """Call a function with Scalars; nobody else notices.

    Args:
        function: the learner's function.
        arguments: what to call it with.
        parameters: the parameters, which are being lent, and stay as they are.
        values: what they are for this call.
        share: what to multiply the gradient by; None if none is wanted.
        uses_scalars: whether it may use others' Scalars, whose derivatives have to stay, too.

    Returns:
        The results; the derivatives of the first of them with respect to the parameters.

    Raises:
        Exception: whatever the function raises.
    """
    leaves = [
        Scalar(value, name=parameter.value._name)
        for parameter, value in zip(parameters, values, strict=True)
    ]
    held = {id(p): leaf for p, leaf in zip(parameters, leaves, strict=True)}
    with refusals_last(), holding(held):
        results = [_as_scalar(result) for result in as_tuple(function(*arguments))]
        if share is not None:
            with _derivatives_kept(results[0] if uses_scalars else Scalar(0.0), leaves):
                results[0].backward(share)
    gradient = [leaf.derivative or 0.0 for leaf in leaves]
    return [result.data for result in results], gradient


def _as_scalar(result: Any) -> Scalar:
    """A result that may be a plain number."""
    return result if isinstance(result, Scalar) else Scalar(result)


@contextmanager
def _derivatives_kept(result: Scalar, leaves: Sequence[Scalar]) -> Iterator[None]:
    """Within the block, a backward pass from `result` leaves nothing but in `leaves`."""
    own = set(map(id, leaves))
    others = [v for v in topological_sort(result) if v.is_leaf() and id(v) not in own]
    kept = [v.derivative for v in others]
    try:
        yield
    finally:
        for variable, derivative in zip(others, kept, strict=True):
            variable.derivative = derivative


@contextmanager
def luck_kept() -> Iterator[None]:
    """Within the block the learner's code may draw random numbers; afterwards the same are due."""
    state = random.getstate()
    try:
        yield
    finally:
        if random.getstate() != state:
            random.setstate(state)

"""One sample Scalar by Scalar: what a program has to give, and the errors that it has to raise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from ..autodiff import topological_sort
from ..module import Parameter
from ..scalar import Scalar
from .errors import refusals_last
from .lending import holding
from .samples import as_tuple


class ByScalars:
    """A call of a function with Scalars; nobody else notices.

    Args:
        function: the learner's function.
        arguments: what to call it with.
        parameters: the parameters, which are being lent, and stay as they are.
        values: what they are for this call.

    Attributes:
        results: what the function gives.
        leaves: the parameters' values, with respect to which the first result is differentiated.

    Raises:
        Exception: whatever the function raises; so do the methods.
    """

    def __init__(
        self,
        function: Callable[..., Any],
        arguments: Sequence[Any],
        parameters: Sequence[Parameter],
        values: Sequence[float],
    ) -> None:
        self.leaves = [
            Scalar(value, name=parameter.value._name)
            for parameter, value in zip(parameters, values, strict=True)
        ]
        held = {id(p): leaf for p, leaf in zip(parameters, self.leaves, strict=True)}
        with refusals_last(), holding(held):
            results = as_tuple(function(*arguments))
            self.results = [r if isinstance(r, Scalar) else Scalar(r) for r in results]

    def gradient(self, share: float, uses_scalars: bool = True) -> list[float]:
        """The derivatives of the first result with respect to the parameters.

        Args:
            share: what to multiply them by.
            uses_scalars: whether the function may use others' Scalars: their derivatives stay.
        """
        result = self.results[0]
        with refusals_last(), _derivatives_kept(result if uses_scalars else Scalar(0.0)):
            result.backward(share)
            return [leaf.derivative or 0.0 for leaf in self.leaves]
        raise AssertionError("a refusal was lost")  # for the type checker

    def condition(self, share: float) -> list[float]:
        """What rounding in each derivative is relative to: the sum of all that goes into it,
        without signs, so that nothing cancels.

        Args:
            share: as for `gradient`.
        """
        received = {id(self.results[0]): abs(share)}
        for variable in topological_sort(self.results[0]):
            if not variable.is_leaf():
                for parent, d in variable.chain_rule(received.get(id(variable), 0.0)):
                    received[id(parent)] = received.get(id(parent), 0.0) + abs(d)
        return [received.get(id(leaf), 0.0) for leaf in self.leaves]


@contextmanager
def _derivatives_kept(result: Scalar) -> Iterator[None]:
    """After the block, all derivatives that a backward pass from `result` adds to are as before."""
    leaves = [variable for variable in topological_sort(result) if variable.is_leaf()]
    kept = [leaf.derivative for leaf in leaves]
    try:
        yield
    finally:
        for leaf, derivative in zip(leaves, kept, strict=True):
            leaf.derivative = derivative

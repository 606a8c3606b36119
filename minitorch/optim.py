"""Optimisers: they change parameters so that the loss gets smaller."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from .data import checked_rate
from .module import Parameter
from .scalar import Scalar


class Optimizer:
    """What optimisers share: the parameters that they change.

    Args:
        parameters: what to change; one that is given twice counts once.

    Raises:
        TypeError: one of them is no Parameter.
        ValueError: there are none.
    """

    def __init__(self, parameters: Iterable[Parameter]) -> None:
        self.parameters = list({id(parameter): parameter for parameter in parameters}.values())
        if not self.parameters:
            raise ValueError("there are no parameters to change: the model has none")
        for parameter in self.parameters:
            if not hasattr(parameter, "update"):
                raise TypeError(f"an optimiser changes Parameters, not {type(parameter).__name__}")


class SGD(Optimizer):
    """Gradient descent: each parameter takes a step against its derivative.

    p ← p - lr · ∂loss/∂p (https://en.wikipedia.org/wiki/Stochastic_gradient_descent)

    Args:
        parameters: what to change.
        lr: the learning rate.

    Raises:
        TypeError, ValueError: as Optimizer does; or `lr` is no finite number.

    >>> p = Parameter(Scalar(3.0))
    >>> optimizer = SGD([p], lr=0.1)
    >>> (p.value * p.value).backward()  # with derivative 6 at 3
    >>> optimizer.step()
    >>> round(p.value.data, 6)
    2.4
    """

    def __init__(self, parameters: Iterable[Parameter], lr: float = 1.0) -> None:
        super().__init__(parameters)
        self.lr = checked_rate(lr)

    def _differentiable(self) -> Iterator[tuple[Parameter, Any]]:
        """The parameters with their values; a parameter may hold None or a plain number, too."""
        for parameter in self.parameters:
            value = parameter.value
            if hasattr(value, "derivative"):
                yield parameter, value

    def zero_grad(self) -> None:
        """Forget the derivatives, which otherwise add up over backward passes."""
        for _, value in self._differentiable():
            value.derivative = None

    def step(self) -> None:
        """Take one step; a parameter without a derivative stays."""
        for parameter, value in self._differentiable():
            if value.derivative is not None:
                parameter.update(Scalar(value.data - self.lr * value.derivative))

"""Optimisers: they change parameters so that the loss gets smaller."""

from __future__ import annotations

from collections.abc import Sequence

from .module import Parameter
from .scalar import Scalar


class Optimizer:
    """What optimisers share: the parameters that they change."""

    def __init__(self, parameters: Sequence[Parameter]) -> None:
        self.parameters = list(parameters)


class SGD(Optimizer):
    """Gradient descent: each parameter takes a step against its derivative.

    p ← p - lr · ∂loss/∂p (https://en.wikipedia.org/wiki/Stochastic_gradient_descent)

    Args:
        parameters: what to change.
        lr: the learning rate.

    >>> p = Parameter(Scalar(3.0))
    >>> optimizer = SGD([p], lr=0.1)
    >>> (p.value * p.value).backward()  # with derivative 6 at 3
    >>> optimizer.step()
    >>> round(p.value.data, 6)
    2.4
    """

    def __init__(self, parameters: Sequence[Parameter], lr: float = 1.0) -> None:
        super().__init__(parameters)
        self.lr = lr

    def zero_grad(self) -> None:
        """Forget the derivatives, which otherwise add up over backward passes."""
        for parameter in self.parameters:
            parameter.value.derivative = None

    def step(self) -> None:
        """Take one step; a parameter without a derivative stays."""
        for parameter in self.parameters:
            value = parameter.value
            if value.derivative is not None:
                parameter.update(Scalar(value.data - self.lr * value.derivative))

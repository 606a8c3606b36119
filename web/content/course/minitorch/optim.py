"""Changing parameters so that the loss gets smaller."""

from collections.abc import Sequence

from .module import Parameter
from .scalar import Scalar


class Optimizer:
    """What all optimizers have: the parameters that they change."""

    def __init__(self, parameters: Sequence[Parameter]) -> None:
        self.parameters = parameters


class SGD(Optimizer):
    """Gradient descent: each parameter takes a step of `lr` times its derivative, downhill."""

    def __init__(self, parameters: Sequence[Parameter], lr: float = 1.0) -> None:
        super().__init__(parameters)
        self.lr = lr

    def zero_grad(self) -> None:
        """Forget the derivatives of the step before."""
        for p in self.parameters:
            p.value.derivative = None

    def step(self) -> None:
        """Take one step. The new value is a new leaf: it has no history."""
        for p in self.parameters:
            if p.value.derivative is not None:
                p.update(Scalar(p.value.data - self.lr * p.value.derivative))

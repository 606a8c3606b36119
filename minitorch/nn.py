"""The network of the course: three linear layers over Scalars."""

from __future__ import annotations

import math
import operator
import random
from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Any

from .errors import as_float, as_seed
from .module import Module, Parameter
from .operators import relu, sigmoid
from .scalar import Scalar

_dot = getattr(math, "sumprod", None) or (lambda xs, ys: sum(map(operator.mul, xs, ys)))


class Linear(Module):
    """A linear layer: out_j = Σᵢ x_i · weight_i_j + bias_j.

    Args:
        in_size: the number of inputs.
        out_size: the number of outputs.
        rng: where the initial weights and biases come from, uniform between -1 and 1; by default
            Python's global generator, as in the course.

    Raises:
        TypeError: a size is no whole number.
        ValueError: a size is below 0.

    >>> layer = Linear(2, 3)
    >>> len(layer((Scalar(1.0), Scalar(2.0)))), len(layer.parameters())
    (3, 9)
    """

    def __init__(self, in_size: int, out_size: int, rng: random.Random | None = None) -> None:
        super().__init__()
        draw = (rng or random).random
        in_size, out_size = _size(in_size), _size(out_size)

        def start(name: str) -> Parameter:
            return self.add_parameter(name, Scalar(2 * (draw() - 0.5)))

        self.in_size, self.out_size = in_size, out_size
        self.weights = [[start(f"weight_{i}_{j}") for j in range(out_size)] for i in range(in_size)]
        self.bias = [start(f"bias_{j}") for j in range(out_size)]

    def forward(self, inputs: Sequence[Scalar]) -> list[Scalar]:
        """The out_size outputs for in_size inputs; ValueError for any other number of inputs."""
        self.check(inputs)
        return [
            sum(map(operator.mul, inputs, [w.value for w in column]), bias.value)
            for column, bias in self._outputs()
        ]

    def check(self, inputs: Sequence[Any]) -> None:
        """Raise ValueError unless there are in_size `inputs`."""
        if len(inputs) != self.in_size:
            raise ValueError(f"a layer of {self.in_size} inputs was given {len(inputs)}")

    def values(self) -> list[tuple[list[float], float]]:
        """Each output's weights and bias as floats."""
        return [
            ([w.value.data for w in column], bias.value.data) for column, bias in self._outputs()
        ]

    def _outputs(self) -> Iterable[tuple[Sequence[Parameter], Parameter]]:
        """The weights and the bias of each output."""
        columns = zip(*self.weights, strict=True) if self.weights else repeat(())
        return zip(columns, self.bias, strict=False)


def _size(size: int) -> int:
    if operator.index(size) < 0:
        raise ValueError(f"a layer has 0 inputs and outputs or more, not {size}")
    return operator.index(size)


class Network(Module):
    """2 inputs → hidden → hidden → 1 output, with ReLU, ReLU, and a sigmoid at the end.

    Args:
        hidden_layers: the size of both hidden layers.
        seed: the same seed gives the same initial parameters; by default Python's global
            generator decides.

    Raises:
        TypeError: the size is no whole number.
        ValueError: the size is below 0.

    >>> network = Network(hidden_layers=10, seed=1)
    >>> 0.0 < network((Scalar(0.2), Scalar(0.7))).data < 1.0, len(network.parameters())
    (True, 151)
    """

    def __init__(self, hidden_layers: int, seed: int | None = None) -> None:
        super().__init__()
        # Not the seed itself: datasets draw their points from that, and the first weights would
        # be the points' coordinates.
        rng = None if seed is None else random.Random(f"minitorch {as_seed(seed)}")
        self.layer1 = Linear(2, hidden_layers, rng)
        self.layer2 = Linear(hidden_layers, hidden_layers, rng)
        self.layer3 = Linear(hidden_layers, 1, rng)

    def forward(self, x: Sequence[Scalar]) -> Scalar:
        """The probability that the point `x` is labelled 1, as a Scalar."""
        hidden = [h.relu() for h in self.layer1(x)]
        hidden = [h.relu() for h in self.layer2(hidden)]
        output: Scalar = self.layer3(hidden)[0].sigmoid()
        return output

    def predict(self, xs: Sequence[Sequence[float]]) -> list[float]:
        """The probability for each of many points, as floats: no graph is built.

        Gives what `forward` gives, up to rounding, in a tenth of the time.
        """
        first, second, last = (layer.values() for layer in (self.layer1, self.layer2, self.layer3))
        outputs = []
        for x in xs:
            self.layer1.check(x)
            x = list(map(as_float, x))
            hidden = [relu(_dot(x, weights) + bias) for weights, bias in first]
            hidden = [relu(_dot(hidden, weights) + bias) for weights, bias in second]
            outputs.append(sigmoid(_dot(hidden, last[0][0]) + last[0][1]))
        return outputs

"""Train a small network, Scalar by Scalar, to tell points of two kinds apart.

From the project's folder: `python -m project.run_scalar`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import minitorch


class Network(minitorch.Module):
    """2 inputs → hidden → hidden → 1 output.

    Three layers, called `layer1`, `layer2` and `layer3`. The outputs of the first two go through
    a ReLU; the one output of the last goes through a sigmoid, and is a probability.

    Args:
        hidden_layers: how many outputs the first layer has, and the second.
    """

    def __init__(self, hidden_layers: int) -> None:
        super().__init__()
        # BLANK 1.5
        self.layer1 = Linear(2, hidden_layers)
        self.layer2 = Linear(hidden_layers, hidden_layers)
        self.layer3 = Linear(hidden_layers, 1)
        # END 1.5

    def forward(self, x: Sequence[minitorch.Scalar]) -> minitorch.Scalar:
        """The probability that the point `x`, two Scalars, has the label 1: one Scalar."""
        # BLANK 1.5
        middle = [h.relu() for h in self.layer1.forward(x)]
        end = [h.relu() for h in self.layer2.forward(middle)]
        return self.layer3.forward(end)[0].sigmoid()
        # END 1.5


class Linear(minitorch.Module):
    """A layer in which every output is a weighted sum of all inputs, plus a bias.

    Args:
        in_size: how many inputs there are.
        out_size: how many outputs.

    Attributes:
        weights: `weights[i][j]` is the Parameter between input i and output j.
        bias: `bias[j]` is the Parameter that is added to output j.
    """

    def __init__(self, in_size: int, out_size: int) -> None:
        super().__init__()
        self.weights = []
        self.bias = []
        for i in range(in_size):
            row = [self.add_parameter(f"weight_{i}_{j}", _start()) for j in range(out_size)]
            self.weights.append(row)
        for j in range(out_size):
            self.bias.append(self.add_parameter(f"bias_{j}", _start()))

    def forward(self, inputs: Sequence[minitorch.Scalar]) -> list[minitorch.Scalar]:
        """The outputs, a list of `out_size` Scalars, for `in_size` inputs."""
        # BLANK 1.5
        outputs = []
        for j, bias in enumerate(self.bias):
            total = bias.value
            for i, x in enumerate(inputs):
                total = total + x * self.weights[i][j].value
            outputs.append(total)
        return outputs
        # END 1.5


def _start() -> minitorch.Scalar:
    """A parameter's first value, anywhere between -1 and 1"""
    return minitorch.Scalar(2 * (random.random() - 0.5))


def default_log_fn(epoch: int, total_loss: float, correct: int, losses: list[float]) -> None:
    """Print how it is going."""
    print(f"Epoch {epoch}  loss {total_loss:.6f}  correct {correct}")


class ScalarTrain:
    """A Network, and the loop that trains it."""

    def __init__(self, hidden_layers: int) -> None:
        self.hidden_layers = hidden_layers
        self.model = Network(hidden_layers)

    def run_one(self, x: Sequence[float]) -> minitorch.Scalar:
        """What the model says of one point, with its graph."""
        x_1, x_2 = x
        return self.model.forward(
            (minitorch.Scalar(x_1, name="x_1"), minitorch.Scalar(x_2, name="x_2"))
        )

    def train(
        self,
        data: Any,
        learning_rate: float,
        max_epochs: int = 500,
        log_fn: Callable[[int, float, int, list[float]], None] = default_log_fn,
    ) -> None:
        """Train a new model on `data`, a number of points with their labels.

        In each epoch the derivatives of all points' losses add up in the parameters, and one
        step is taken. `log_fn` is called after every tenth epoch and after the last, with the
        epoch, its loss, how many points were on the right side, and the losses of all epochs.
        """
        self.model = Network(self.hidden_layers)
        optim = minitorch.SGD(self.model.parameters(), learning_rate)
        losses = []
        for epoch in range(1, max_epochs + 1):
            total_loss, correct = 0.0, 0
            optim.zero_grad()
            for x, y in zip(data.X, data.y, strict=True):
                out = self.run_one(x)
                prob = out if y == 1 else -out + 1.0
                correct += int(prob.data > 0.5)
                loss = -prob.log()
                (loss / data.N).backward()
                total_loss += loss.data
            optim.step()
            losses.append(total_loss)
            if epoch % 10 == 0 or epoch == max_epochs:
                log_fn(epoch, total_loss, correct, losses)


if __name__ == "__main__":
    PTS = 50
    HIDDEN = 2
    RATE = 0.5
    data = minitorch.datasets["Simple"](PTS)
    ScalarTrain(HIDDEN).train(data, RATE)

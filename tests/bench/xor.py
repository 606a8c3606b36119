"""One epoch of Xor: minitorch and micrograd, the same network, weights and loss, in turn.

An epoch is 50 points through 2 → H → H → 1 (ReLU, ReLU, sigmoid), a log loss and a backward pass
for each, then one step of gradient descent. The two run in blocks of a few epochs, one after the
other, so that both meet the same noise, and each collects its own garbage.
"""

import gc
import math
import time
from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

from micrograd.engine import Value
from micrograd.nn import MLP

from minitorch.datasets import datasets
from minitorch.training import ScalarTrain

DATA = datasets["Xor"](50, seed=0)
RATE = 0.05
FOREVER = 10**9


class Comparison(NamedTuple):
    """Seconds per epoch, a number for each block."""

    hidden: int
    minitorch: list[float]
    micrograd: list[float]

    @property
    def ratios(self) -> list[float]:
        """How many times as fast minitorch is, block by block."""
        return [theirs / ours for ours, theirs in zip(self.minitorch, self.micrograd, strict=True)]


def minitorch_epochs(hidden: int) -> Iterator[float]:
    """Trains on and on, yielding each epoch's loss."""
    for record in ScalarTrain(hidden, seed=0).epochs(DATA, RATE, FOREVER):
        yield record.loss


def sigmoid(x: Value) -> Value:
    """The sigmoid that micrograd lacks, in its style."""
    out = Value(1.0 / (1.0 + math.exp(-x.data)), (x,), "sigmoid")

    def _backward() -> None:
        x.grad += out.data * (1.0 - out.data) * out.grad

    out._backward = _backward
    return out


def log(x: Value) -> Value:
    """The logarithm that micrograd lacks, in its style."""
    out = Value(math.log(x.data + 1e-6), (x,), "log")

    def _backward() -> None:
        x.grad += out.grad / (x.data + 1e-6)

    out._backward = _backward
    return out


def same_weights(hidden: int) -> MLP:
    """A micrograd network that starts where minitorch's does."""
    network = MLP(2, [hidden, hidden, 1])
    for layer, linear in zip(
        network.layers, ScalarTrain(hidden, seed=0).model.modules(), strict=True
    ):
        weights = {name: p.value.data for name, p in linear.named_parameters()}
        for j, neuron in enumerate(layer.neurons):
            neuron.b.data = weights[f"bias_{j}"]
            for i, w in enumerate(neuron.w):
                w.data = weights[f"weight_{i}_{j}"]
    return network


def micrograd_epochs(hidden: int) -> Iterator[float]:
    """The loop of `ScalarTrain`, with micrograd."""
    model = same_weights(hidden)
    parameters = model.parameters()
    while True:
        total = 0.0
        model.zero_grad()
        for point, label in zip(DATA.X, DATA.y, strict=True):
            out = sigmoid(model([Value(point[0]), Value(point[1])]))
            loss = -log(out if label == 1 else 1.0 - out)
            (loss / DATA.N).backward()
            total += loss.data
        for parameter in parameters:
            parameter.data -= RATE * parameter.grad
        yield total


def seconds_per_epoch(run: Iterator[float], epochs: int) -> float:
    gc.collect()  # not timed: each starts without the garbage of the other
    start = time.perf_counter()
    for _ in range(epochs):
        next(run)
    return (time.perf_counter() - start) / epochs


def compare(hidden: int, blocks: int, epochs: int) -> Comparison:
    """Runs `blocks` blocks of `epochs` epochs of each, once sure that they compute the same."""
    ours, theirs = minitorch_epochs(hidden), micrograd_epochs(hidden)
    for _ in range(2):  # the second depends on the derivatives of the first
        assert math.isclose(next(ours), next(theirs), rel_tol=1e-9), "not the same network"
    result = Comparison(hidden, [], [])
    for _ in range(blocks):
        result.minitorch.append(seconds_per_epoch(ours, epochs))
        result.micrograd.append(seconds_per_epoch(theirs, epochs))
    return result


def row(result: Comparison) -> str:
    def milliseconds(values: list[float]) -> str:
        low, middle, high = (1e3 * f(values) for f in (min, median, max))
        return f"{middle:8.2f} ({low:.2f}–{high:.2f})".ljust(28)

    ratios = result.ratios
    times = milliseconds(result.minitorch) + milliseconds(result.micrograd)
    return (
        f"{result.hidden:>6}  {times}{median(ratios):5.2f}x ({min(ratios):.2f}–{max(ratios):.2f})"
    )

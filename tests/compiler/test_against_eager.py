"""The same results as Scalar by Scalar: losses, gradients, whole runs."""

import math
import random
from typing import Any

import pytest
from graphs import eager, random_loss, random_parameters, random_points
from hypothesis import given, settings
from hypothesis import strategies as st

from minitorch import compile
from minitorch.datasets import datasets
from minitorch.module import Parameter
from minitorch.nn import Network
from minitorch.scalar import Scalar
from minitorch.scalar_functions import ScalarFunction
from minitorch.training import ScalarTrain, log_loss


def assert_gradients_close(got: list[float], expected: list[float]) -> None:
    scale = max(map(abs, expected), default=0.0)
    for ours, theirs in zip(got, expected, strict=True):
        assert math.isclose(ours, theirs, rel_tol=1e-12, abs_tol=1e-12 * scale)


def check(
    backend: str, loss: Any, parameters: list[Parameter], *data: Any, tolerance: float = 1e-12
) -> None:
    """One evaluation and a few steps, compared with the eager engine."""
    compiled = compile(loss, parameters, *data, backend=backend)
    expected, gradient = eager(loss, parameters, *data)
    assert math.isclose(compiled.loss(), expected, rel_tol=tolerance, abs_tol=1e-12)
    assert_gradients_close(compiled.gradients(), gradient)
    compiled.train(2, rate=0.01)
    after, _ = eager(loss, parameters, *data)
    assert math.isclose(compiled.loss(), after, rel_tol=1e-9, abs_tol=1e-12)


@given(
    seed=st.integers(0, 10**6),
    size=st.sampled_from([1, 2, 3, 5, 10, 30, 100, 300]),
    points=st.sampled_from([1, 2, 7, 10, 50, 61, 103]),
    parameters=st.integers(1, 6),
    inputs=st.integers(1, 3),
)
def test_random_graphs(
    backend: str, seed: int, size: int, points: int, parameters: int, inputs: int
) -> None:
    weights = random_parameters(seed, parameters)
    loss = random_loss(seed, size, inputs, weights)
    check(backend, loss, weights, random_points(seed, points, inputs))


@given(seed=st.integers(0, 10**6))
@settings(max_examples=2)
def test_large_random_graphs(backend: str, seed: int) -> None:
    weights = random_parameters(seed, 20)
    loss = random_loss(seed, 5_000, 2, weights)
    check(backend, loss, weights, random_points(seed, 3, 2))


def test_long_chains(backend: str) -> None:
    """A chain is one sum; what it is made of stays in its order."""
    weights = random_parameters(1, 4)

    def loss(x: Any) -> Any:
        total = Scalar(0.0)
        for i in range(5_000):
            total = total + weights[i % 4].value * x[i % 2]
        return total * 0.001

    check(backend, loss, weights, random_points(2, 3, 2))


def test_deep_chains(backend: str) -> None:
    """No stage recurses."""
    weights = random_parameters(1, 1)

    def loss(x: Any) -> Any:
        value = x[0]
        for _ in range(3_000):
            value = (value * weights[0].value).sigmoid()
        return value

    check(backend, loss, weights, random_points(2, 2, 1))


@pytest.mark.parametrize("name", datasets)
def test_500_epochs_of_both_backends_agree(name: str) -> None:
    """The Python program computes what the eager engine does, bit for bit (the next test), and
    is quick enough to follow WebAssembly over a whole run. At a rate of 0.5 some runs leap about,
    which doubles every rounding again and again; at 0.1 they settle. Other sizes differ in their
    tables only, which a few steps tell (the test after that)."""
    pytest.importorskip("wasmtime")
    data = datasets[name](50, seed=0)
    runs = []
    for backend in ("wasm", "python"):
        model = Network(8, seed=0)
        compiled = compile(_loss_of(model), model, data.X, data.y, backend=backend)
        runs.append(compiled.train(500, rate=0.1))
    for wasm, python in zip(*runs, strict=True):
        assert math.isclose(wasm.loss, python.loss, rel_tol=1e-9)
        assert wasm.correct == python.correct


def _loss_of(model: Network) -> Any:
    return lambda x, label: log_loss(model(x), label)


@pytest.mark.parametrize(
    ("name", "hidden", "epochs"),
    [
        *[(name, 2, 40) for name in datasets],  # every way that labels may be distributed
        ("Xor", 10, 10),
        ("Spiral", 30, 2),
    ],
)
def test_the_eager_engine_agrees(backend: str, name: str, hidden: int, epochs: int) -> None:
    data = datasets[name](50, seed=0)
    model = Network(hidden, seed=0)
    compiled = compile(_loss_of(model), model, data.X, data.y, backend=backend).train(epochs, 0.5)
    eager = list(ScalarTrain(hidden, seed=0).epochs(data, 0.5, epochs))
    tolerance = 0.0 if backend == "python" else 1e-12
    for ours, theirs in zip(compiled, eager, strict=True):
        assert math.isclose(ours.loss, theirs.loss, rel_tol=tolerance)
        assert ours.correct == theirs.correct


@pytest.mark.parametrize("hidden", [1, 2, 3, 4, 5, 7, 8, 9, 13])
@pytest.mark.parametrize("points", [1, 9, 10, 11, 51, 100, 101])
def test_every_size_of_a_network(backend: str, hidden: int, points: int) -> None:
    """No remainder of a block, a tile or a pair is forgotten or counted twice."""
    data = datasets["Xor"](points)
    model = Network(hidden, seed=0)
    check(backend, _loss_of(model), list(model.parameters()), data.X, data.y)


class Cube(ScalarFunction):
    """a³, as a learner would write it"""

    @staticmethod
    def forward(ctx: Any, a: float) -> float:
        ctx.save_for_backward(a)
        return a * a * a

    @staticmethod
    def backward(ctx: Any, d_output: float) -> float:
        (a,) = ctx.saved_values
        return 3.0 * a**2 * d_output


class Blend(ScalarFunction):
    """Of two inputs, with an inverse, a difference, and a derivative that is not its own"""

    @staticmethod
    def forward(ctx: Any, a: float, b: float) -> float:
        ctx.save_for_backward(a, b)
        return (a - 2 * b) / (1.0 + a * a)

    @staticmethod
    def backward(ctx: Any, d_output: float) -> tuple[float, float]:
        _, b = ctx.saved_values
        return -b * d_output, d_output / 4.0


def test_a_function_of_ones_own(backend: str) -> None:
    weights = random_parameters(3, 2)

    def loss(x: Any) -> Any:
        mixed = Blend.apply(weights[0].value * x[0], Cube.apply(x[1] * weights[1].value))
        return mixed * mixed + Blend.apply(mixed, 0.5)

    check(backend, loss, weights, random_points(4, 33, 2))


@pytest.mark.parametrize("order", range(4))
def test_parameters_meet_parameters(backend: str, order: int) -> None:
    weights = random_parameters(order + 20, 3)

    def loss(x: Any) -> Any:
        a, b, c = (w.value for w in random.Random(order).sample(weights, 3))
        decay = a * a + b * c + a.sigmoid() + 1.0 / (c * c + 1.0)
        return (a + b + x * c) * (x + 1.0) + 0.1 * decay + (a < b) + (-c).relu()

    check(backend, loss, weights, [p[0] for p in random_points(5, 17, 1)])


def test_against_pytorch(backend: str) -> None:
    torch = pytest.importorskip("torch")
    data = datasets["Circle"](30, seed=0)
    model = Network(4, seed=0)
    compiled = compile(_loss_of(model), model, data.X, data.y, backend=backend)
    values = [
        torch.tensor(p.value.data, dtype=torch.float64, requires_grad=True)
        for p in model.parameters()
    ]

    def layer(inputs: Any, start: int, size: int) -> list[Any]:
        weights, biases = values[start : start + len(inputs) * size], start + len(inputs) * size
        return [
            sum((x * weights[i * size + j] for i, x in enumerate(inputs)), values[biases + j])
            for j in range(size)
        ]

    total = 0.0
    for x, label in zip(data.X, data.y, strict=True):
        hidden = [torch.relu(h) for h in layer(x, 0, 4)]
        hidden = [torch.relu(h) for h in layer(hidden, 12, 4)]
        output = torch.sigmoid(layer(hidden, 32, 1)[0])
        total = total - torch.log((output if label == 1 else 1 - output) + 1e-6)
    (total / data.N).backward()
    assert math.isclose(compiled.loss(), float(total), rel_tol=1e-12)
    assert_gradients_close(compiled.gradients(), [float(v.grad) for v in values])

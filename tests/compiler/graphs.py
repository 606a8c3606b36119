"""Random functions of Scalars, and what the eager engine makes of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from minitorch import compile
from minitorch.module import Parameter
from minitorch.scalar import Scalar

Loss = Callable[[Any], Any]
Step = tuple[str, int, int, float]

KINDS = (
    ["add"] * 5
    + ["sub", "neg", "mul", "mul", "scale", "shift", "relu", "sigmoid"]
    + ["log", "exp", "inv", "lt", "eq", "square"]
)


def random_loss(seed: int, operations: int, inputs: int, parameters: Sequence[Parameter]) -> Loss:
    """A function of one sample with `operations` operations, on every parameter at least once.

    Values stay in a range where no operation fails: they are squeezed by a sigmoid where they
    might leave it.
    """
    rng = random.Random(seed)
    steps: list[Step] = []
    bounds = [2.0] * (inputs + len(parameters))
    while len(steps) < operations:
        kind = rng.choice(KINDS)
        near = rng.random() < 0.7 and len(bounds) > 10
        a, b = (rng.randrange(len(bounds) - 8 if near else 0, len(bounds)) for _ in "ab")
        factor = rng.choice([0.5, -1.0, 1.0, 0.25, rng.uniform(-1, 1)])
        bound = _bound(kind, bounds[a], bounds[b])
        if bound > 50.0:
            kind, bound = "sigmoid", 1.0
        steps.append((kind, a, b, factor))
        bounds.append(bound)

    def loss(x: Sequence[Scalar]) -> Scalar:
        values = [*x, *[p.value for p in parameters]]
        for kind, a, b, factor in steps:
            values.append(_apply(kind, values[a], values[b], factor))
        total = values[-1]
        for i, parameter in enumerate(parameters):
            total = total + parameter.value * values[-2 - i % min(8, operations)] * 0.125
        return total

    return loss


def _bound(kind: str, a: float, b: float) -> float:
    """How large the result can be."""
    bounds = {"add": a + b, "sub": a + b, "mul": a * b, "neg": a, "scale": a, "relu": a}
    bounds |= {"shift": a + 1, "inv": 10.0, "log": 20.0, "square": a * a}
    return bounds.get(kind, 3.0)


def _apply(kind: str, a: Scalar, b: Scalar, factor: float) -> Scalar:
    operations: dict[str, Callable[[], Scalar]] = {
        "add": lambda: a + b,
        "sub": lambda: a - b,
        "neg": lambda: -a,
        "mul": lambda: a * b,
        "scale": lambda: factor * a,
        "shift": lambda: factor + a,
        "relu": a.relu,
        "sigmoid": a.sigmoid,
        "log": lambda: a.sigmoid().log(),
        "exp": lambda: a.sigmoid().exp(),
        "inv": lambda: 1.0 / (a.sigmoid() + 0.1),
        "lt": lambda: a < b,
        "eq": lambda: a == b,
        "square": lambda: a * a,
    }
    return operations[kind]()


def random_parameters(seed: int, count: int) -> list[Parameter]:
    rng = random.Random(seed)
    return [Parameter(Scalar(rng.uniform(-2, 2)), f"w{i}") for i in range(count)]


def random_points(seed: int, count: int, width: int) -> list[tuple[float, ...]]:
    rng = random.Random(seed)
    return [tuple(rng.uniform(-2, 2) for _ in range(width)) for _ in range(count)]


def eager(
    loss: Callable[..., Any], parameters: Sequence[Parameter], *data: Sequence[Any]
) -> tuple[float, list[float]]:
    """The summed loss and the gradient of the mean, Scalar by Scalar."""
    for parameter in parameters:
        parameter.value.derivative = None
    total, count = 0.0, len(data[0])
    for x, *rest in zip(*data, strict=True):
        point = tuple(map(Scalar, x)) if isinstance(x, (tuple, list)) else Scalar(x)
        result = loss(point, *[Scalar(v) if isinstance(v, float) else v for v in rest])
        result = result[0] if isinstance(result, tuple) else result
        result = result if isinstance(result, Scalar) else Scalar(result)
        (result / count).backward()
        total += result.data
    return total, [p.value.derivative or 0.0 for p in parameters]


def weight(value: float = 0.75, name: str | None = "w") -> Parameter:
    return Parameter(Scalar(value), name)


def alike(backend: str, loss: Any, parameters: list[Parameter], *data: Any) -> Any:
    """Compile; the loss and the gradient are those of the eager engine, inf and NaN included."""
    compiled = compile(loss, parameters, *data, backend=backend)
    expected, gradient = eager(loss, parameters, *data)
    assert compiled.loss() == pytest.approx(expected, rel=1e-12, nan_ok=True)
    assert compiled.gradients() == pytest.approx(gradient, rel=1e-12, nan_ok=True)
    return compiled

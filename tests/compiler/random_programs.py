"""Random programs: a loss, its data and its parameters.

There are points with or without features, labels or targets or neither, parameters that are used
several times or not at all, functions of one's own, values such as inf and NaN, and operations that
raise.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from minitorch.module import Parameter
from minitorch.scalar import Scalar
from minitorch.scalar_functions import ScalarFunction

SPECIAL = [0.0, -0.0, 1.0, -1.0, math.inf, -math.inf, math.nan, 1e308, -1e308, 1e-308, 5e-324, 1e16]
KNOWN = ["nothing", "labels", "words", "truths", "targets", "pairs"]


class Cube(ScalarFunction):
    """With a power, which may be too large."""

    @staticmethod
    def forward(ctx: Any, a: float) -> float:
        ctx.save_for_backward(a)
        return a**3

    @staticmethod
    def backward(ctx: Any, d_output: float) -> float:
        (a,) = ctx.saved_values
        return 3.0 * a**2 * d_output


class Ratio(ScalarFunction):
    """With divisions, by what may be 0, in both directions."""

    @staticmethod
    def forward(ctx: Any, a: float, b: float) -> float:
        ctx.save_for_backward(a, b)
        return a / b + 1 / (b + 2.0)

    @staticmethod
    def backward(ctx: Any, d_output: float) -> tuple[float, float]:
        a, b = ctx.saved_values
        return d_output / b, -(a * d_output) / (b * b) - d_output / (b + 2.0) ** 2


class Stubborn(ScalarFunction):
    """Its derivatives are not those of its value, and one of its inputs has none."""

    @staticmethod
    def forward(ctx: Any, a: float, b: float, c: float) -> float:
        ctx.save_for_backward(b)
        return a * b - c

    @staticmethod
    def backward(ctx: Any, d_output: float) -> list[float]:
        (b,) = ctx.saved_values
        return [b * d_output, 0.0, -d_output / 4]


class Through(ScalarFunction):
    """A step with the derivative of a line, of one constant."""

    @staticmethod
    def forward(ctx: Any, a: float) -> float:
        return 0.5

    @staticmethod
    def backward(ctx: Any, d_output: float) -> float:
        return d_output


class Step(NamedTuple):
    """An operation on values that are there already."""

    kind: str
    a: int
    b: int
    c: int
    number: float
    label: Any
    is_dropped: bool


UNARY: dict[str, Callable[[Scalar], Any]] = {
    "neg": lambda a: -a,
    "relu": lambda a: a.relu(),
    "sigmoid": lambda a: a.sigmoid(),
    "square": lambda a: a * a,
    "double": lambda a: a + a,
    "log": lambda a: a.log(),
    "exp": lambda a: a.exp(),
    "inverse": lambda a: 1.0 / a,
    "log of one": lambda a: a.sigmoid().log(),
    "exp of one": lambda a: a.sigmoid().exp(),
    "inverse of one": lambda a: 1.0 / (a.sigmoid() + 0.1),
    "cube": lambda a: Cube.apply(a),
    "through": lambda a: Through.apply(a),
    "sum": lambda a: sum([a] * 3, a * 0.5),
}
BINARY: dict[str, Callable[[Scalar, Scalar], Any]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "lt": lambda a, b: a < b,
    "gt": lambda a, b: a > b,
    "eq": lambda a, b: a == b,
    "ratio": lambda a, b: Ratio.apply(a, b),
    "stubborn": lambda a, b: Stubborn.apply(a, b, a),
    "product": lambda a, b: a * b + b * 0.5 - a,
}
WITH_NUMBER: dict[str, Callable[[Scalar, float], Any]] = {
    "scale": lambda a, number: number * a,
    "shift": lambda a, number: a + number,
    "from": lambda a, number: number - a,
    "part": lambda a, number: a / number,
    "of": lambda a, number: number / a,
    "beside": lambda a, number: a * (Scalar(number) * 2.0 + 1.0),
    "above": lambda a, number: a > number,
    "is": lambda a, number: a == number,
    "own of number": lambda a, number: Ratio.apply(a, number),
    "stubborn number": lambda a, number: Stubborn.apply(number, a, 2),
}
TAME = ["add", "sub", "mul", "neg", "scale", "shift", "relu", "sigmoid", "square", "sum"] * 2
TAME += ["log of one", "exp of one", "inverse of one", "lt", "gt", "eq", "above", "product"]
TAME += ["stubborn", "through", "from", "double", "beside", "choose", "choose"]
WILD = [*TAME, *UNARY, *BINARY, *WITH_NUMBER]


class Program:
    """A random loss with its data and its parameters; the same for the same `seed`."""

    def __init__(self, seed: int) -> None:
        self.rng = rng = random.Random(seed)
        self.is_wild = rng.random() < 0.3
        self.has_special = rng.random() < 0.2
        self.known_kind = rng.choice(KNOWN)
        self.width = rng.choice([None, 0, 1, 2, 3])
        count = rng.choice([1, 2, 3, 5, 7, 10, 11, 20, 51])
        self.X = [self._point(self.width) for _ in range(count)]
        self.y = self._known(count)
        self.start = [self._number(1.0) for _ in range(rng.choice([1, 2, 3, 5]))]
        self.steps = self._steps(rng.choice([1, 2, 4, 8, 15, 40]))
        self.has_correct = rng.random() < 0.5
        self.rate = rng.choice([0.1, 0.01, 1, 0.5])

    def _number(self, size: float) -> float:
        if self.has_special and self.rng.random() < 0.15:
            return self.rng.choice(SPECIAL)
        return self.rng.choice([round(self.rng.uniform(-size, size), 1), self.rng.gauss(0, size)])

    def _point(self, width: int | None) -> Any:
        return (
            self._number(2.0) if width is None else tuple(self._number(2.0) for _ in range(width))
        )

    def _known(self, count: int) -> Sequence[Any] | None:
        values: dict[str, Sequence[Any]] = {
            "labels": [0, 1, 2],
            "words": ["red", "green"],
            "truths": [True, False, 1],
        }
        if self.known_kind in values:
            return [self.rng.choice(values[self.known_kind]) for _ in range(count)]
        if self.known_kind == "nothing":
            return None
        width = None if self.known_kind == "targets" else 2
        return [self._point(width) for _ in range(count)]

    def _steps(self, count: int) -> list[Step]:
        rng, steps = self.rng, []
        kinds = WILD if self.is_wild else TAME
        first = (self.width if self.width is not None else 1) + len(self.start)
        first += {"targets": 1, "pairs": 2}.get(self.known_kind, 0)
        for i in range(count):
            there = first + i
            near = range(max(0, there - 4), there) if rng.random() < 0.6 else range(there)
            operands = [rng.choice(near), rng.randrange(there), rng.randrange(there)]
            label = rng.choice(self.y) if self.y is not None else None
            steps.append(
                Step(rng.choice(kinds), *operands, self._number(1.0), label, rng.random() < 0.05)
            )
        return steps

    def loss(self, parameters: Sequence[Parameter]) -> Callable[..., Any]:
        """The loss as a function of a point and what is known about it."""

        def function(x: Any, y: Any = None) -> Any:
            values = list(x) if isinstance(x, tuple) else [x]
            values += [parameter.value for parameter in parameters]
            if self.known_kind == "targets":
                values.append(y)
            if self.known_kind == "pairs":
                values += y
            for step in self.steps:
                result = _apply(step, values, y)
                values.append(values[step.a] if step.is_dropped else result)
            total = values[-1]
            for i, value in enumerate(values[-4:-1]):
                total = total + value * (0.5 + i)
            return (total, total > 0.5) if self.has_correct else total

        return function

    def outputs(self, parameters: Sequence[Parameter]) -> Callable[[Any], Any]:
        """Several results for a point."""
        loss, label = self.loss(parameters), self.y[0] if self.y is not None else None
        if self.known_kind == "pairs":
            label = tuple(map(Scalar, label))

        def function(x: Any) -> Any:
            result = loss(x, Scalar(label) if self.known_kind == "targets" else label)
            total = result[0] if self.has_correct else result
            return (
                total,
                parameters[0].value,
                total * 2.0,
                3.0,
                x[0] if isinstance(x, tuple) and x else total,
            )

        return function


def _apply(step: Step, values: Sequence[Any], y: Any) -> Any:
    a, b, c = values[step.a], values[step.b], values[step.c]
    if step.kind in UNARY:
        return UNARY[step.kind](a)
    if step.kind in BINARY:
        return BINARY[step.kind](a, b)
    if step.kind in WITH_NUMBER:
        return WITH_NUMBER[step.kind](a, step.number)
    same = type(y) is type(step.label) and not isinstance(y, (Scalar, tuple)) and y == step.label
    return a * 2.0 + 1.0 if same else (b * c if step.number > 0.3 else b)

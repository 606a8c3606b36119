"""Random programs, compiled and Scalar by Scalar: whether both give the same.

    python tests/compiler/fuzz.py 20000 [first seed]

A program has points with or without features, labels or targets or neither, parameters that are
used several times or not at all, functions of its own, values such as inf and NaN, and operations
that raise. Compared are the loss, the number correct, the gradient, the parameters after two
epochs, several predictions, and the errors, their messages and epochs included; on each backend.

Both may round differently, and a step may then go to the other side. So where the results differ,
inputs and derivatives are moved by some roundings: if the eager engine's own results change as
much, that is all there is to it.
"""

from __future__ import annotations

import math
import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from minitorch import compile
from minitorch.autodiff import topological_sort
from minitorch.compiler import NotCompilable
from minitorch.compiler.run_wasm import available
from minitorch.errors import Diverged
from minitorch.module import Parameter
from minitorch.optim import SGD
from minitorch.scalar import Scalar
from minitorch.scalar_functions import ScalarFunction

EPOCHS = 2
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


# ------------------------------------------------------------------------------- what comes of it


class Outcome(NamedTuple):
    """What a run gives, up to the error that ends it; the error's kind and message."""

    numbers: list[float]
    error: tuple[str, str] | None = None


def scalars(values: Any) -> Any:
    """A sample's numbers as Scalars; labels as they are."""
    if isinstance(values, tuple):
        return tuple(map(Scalar, values))
    return Scalar(values) if isinstance(values, float) else values


def by_scalars(program: Program, noise: float = 0.0, seed: int = 0) -> list[Outcome]:
    """Evaluate, predict and train, each Scalar by Scalar.

    Args:
        program: what to run.
        noise: how far to move inputs, and derivatives on the way, as a share of them.
        seed: for other moves.
    """
    rng = random.Random(seed)

    def nudge(v: float) -> float:
        return v * (1.0 + noise * rng.uniform(-1, 1))

    def nudged(values: Any) -> Any:
        if isinstance(values, tuple):
            return tuple(map(nudge, values))
        return nudge(values) if isinstance(values, float) else values

    parameters = [Parameter(Scalar(nudge(v)), f"w{i}") for i, v in enumerate(program.start)]
    X = list(map(nudged, program.X))
    data = [X] if program.y is None else [X, list(map(nudged, program.y))]
    loss, count = program.loss(parameters), len(X)

    def epoch() -> tuple[float, float]:
        total = correct = size_of_total = 0.0
        for parameter in parameters:
            parameter.value.derivative = None
        for sample in zip(*data, strict=True):
            result = loss(*map(scalars, sample))
            result, right = result if isinstance(result, tuple) else (result, Scalar(0.0))
            mean = result / count
            mean.backward()
            for leaf, size in sizes(mean) if noise else ():
                leaf.derivative += noise * size * rng.uniform(-1, 1)
                if not math.isfinite(size):  # inf - inf: NaN, or another order, and inf
                    leaf.derivative = 0.0
            total += result.data
            correct += right.data
            size_of_total += abs(result.data) + abs(right.data)
        if noise and not math.isfinite(size_of_total):
            return 0.0, 0.0
        return total, correct

    def evaluate() -> list[float]:
        return [*epoch(), *[p.value.derivative or 0.0 for p in parameters]]

    def predict() -> list[float]:
        function = program.outputs(parameters)
        return [r.data if isinstance(r, Scalar) else r for x in X for r in function(scalars(x))]

    def train() -> list[float]:
        numbers: list[float] = []
        for number in range(1, EPOCHS + 1):
            total, correct = epoch()
            if not math.isfinite(total):
                raise Diverged(number, total, program.rate)
            SGD(parameters, program.rate).step()
            numbers += [total, correct]
        return [*numbers, *[p.value.data for p in parameters]]

    return [_outcome(work) for work in (evaluate, predict, train)]


def sizes(result: Scalar) -> list[tuple[Scalar, float]]:
    """For each leaf the sum of what goes into its derivative, without signs: what its rounding is
    relative to."""
    received = {id(result): 1.0}
    leaves = []
    for variable in topological_sort(result):
        size = received.get(id(variable), 0.0)
        if variable.is_leaf():
            leaves.append((variable, size))
            continue
        for parent, d in variable.chain_rule(size):
            received[id(parent)] = received.get(id(parent), 0.0) + abs(d)
    return leaves


def by_program(program: Program, backend: str) -> list[Outcome]:
    """The same with the compiled program."""
    parameters = [Parameter(Scalar(v), f"w{i}") for i, v in enumerate(program.start)]
    data = [program.X] if program.y is None else [program.X, program.y]
    compiled = compile(program.loss(parameters), parameters, *data, backend=backend)

    def evaluate() -> list[float]:
        loss, correct = compiled.evaluate()
        return [loss, correct, *compiled.gradients()]

    def predict() -> list[float]:
        columns = compiled.at(program.X, program.outputs(parameters)).columns()
        return [number for row in zip(*columns, strict=True) for number in row]

    def train() -> list[float]:
        epochs = compiled.train(EPOCHS, program.rate)
        numbers = [number for e in epochs for number in (e.loss, float(e.correct))]
        return [*numbers, *[p.value.data for p in parameters]]

    return [_outcome(work) for work in (evaluate, predict, train)]


def _outcome(work: Callable[[], list[float]]) -> Outcome:
    try:
        return Outcome(work())
    except (ArithmeticError, ValueError) as error:
        return Outcome([], (type(error).__name__, str(error)))


# ------------------------------------------------------------------------------------- comparing

TOLERANCE = 1e-12


def difference(due: Sequence[float], got: Sequence[float]) -> float:
    """The largest difference, as a share of the largest number; inf for another NaN or inf."""
    if len(due) != len(got):
        return math.inf
    scale = max((abs(d) for d in due if math.isfinite(d)), default=0.0)
    worst = 0.0
    for d, g in zip(due, got, strict=True):
        if d == g or (math.isnan(d) and math.isnan(g)):
            continue
        if not (math.isfinite(d) and math.isfinite(g)):
            return math.inf
        worst = max(worst, abs(d - g) / scale if scale else math.inf)
    return worst


def check(seed: int, backend: str) -> str:
    """Compare the program of a seed with the eager engine.

    Returns:
        "same", "same error", or "rounding" where roundings matter and explain what differs.

    Raises:
        AssertionError: anything else differs.
    """
    program = Program(seed)
    expected = by_scalars(program)
    try:
        found = by_program(program, backend)
    except NotCompilable as error:
        raise AssertionError(f"seed {seed}, {backend}: {error}") from error
    except (ArithmeticError, ValueError) as error:  # by a constant, before there are samples
        raised = type(error).__name__, str(error)
        assert any(raised == due.error for due in expected), f"seed {seed}, {backend}: {raised}"
        return "same error"
    verdict = "same"
    for due, got in zip(expected, found, strict=True):
        if due.error != got.error or difference(due.numbers, got.numbers) > TOLERANCE:
            explained = _is_rounding(program, expected, found)
            assert explained, f"seed {seed}, {backend}:\n  due {due}\n  got {got}"
            return "rounding"
        if due.error:
            verdict = "same error"
    return verdict


def _is_rounding(program: Program, expected: list[Outcome], found: list[Outcome]) -> bool:
    """Whether what differs does so, too, when the inputs are moved by some roundings."""
    moved = [by_scalars(program, 1e-15 * 10 ** (i % 3), seed=i) for i in range(12)]
    for i, (due, got) in enumerate(zip(expected, found, strict=True)):
        others = [outcomes[i] for outcomes in moved]
        if due.error != got.error:
            if all(other.error == due.error for other in others):
                return False
            continue
        allowed = max((difference(due.numbers, other.numbers) for other in others), default=0.0)
        if difference(due.numbers, got.numbers) > max(TOLERANCE, 10 * allowed):
            return False
    return True


def main(programs: int, first: int) -> int:
    """Run as many programs as asked for; print how they went."""
    verdicts: Counter[str] = Counter()
    backends = ["python", "wasm"] if available() else ["python"]
    for seed in range(first, first + programs):
        for backend in backends:
            try:
                verdicts[check(seed, backend)] += 1
            except AssertionError as error:
                verdicts["DIFFERENT"] += 1
                print(error, flush=True)
    print(f"{programs} programs on {', '.join(backends)}:", dict(verdicts))
    return 1 if verdicts["DIFFERENT"] else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))

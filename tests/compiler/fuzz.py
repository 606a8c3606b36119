"""Random programs, compiled and Scalar by Scalar: whether both give the same.

    python tests/compiler/fuzz.py 20000 [first seed]

Compared are the loss, the number correct, the gradient, the parameters after two epochs, several
predictions, and the errors, their messages and epochs included; on each backend.

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

from random_programs import Program

from minitorch import compile
from minitorch.autodiff import topological_sort
from minitorch.compiler import NotCompilable
from minitorch.compiler.run_wasm import available
from minitorch.errors import Diverged
from minitorch.module import Parameter
from minitorch.optim import SGD
from minitorch.scalar import Scalar

EPOCHS = 2

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
        seed: for other moves; with 0 there are none, but the gradient is rounded.
    """
    rng = random.Random(seed)

    def nudge(v: float) -> float:
        return v * (1.0 + noise * rng.uniform(-1, 1)) if seed else v

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
            for leaf, size in sizes(mean) if noise and seed else ():
                leaf.derivative += noise * size * rng.uniform(-1, 1)
                if not math.isfinite(size):  # inf - inf: NaN, or another order, and inf
                    leaf.derivative = 0.0
            total += result.data
            correct += right.data
            size_of_total += abs(result.data) + abs(right.data)
        for parameter in parameters if noise and not seed else ():
            if parameter.value.derivative is not None:  # which may make it equal to something
                parameter.value.derivative = round(parameter.value.derivative, 12)
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
    moved = [by_scalars(program, 1e-15 * 10 ** (i % 3), seed=i) for i in range(13)]
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

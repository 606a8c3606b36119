"""What is looked at stays as it was; and the guard is quick, and takes rounding for rounding."""

from __future__ import annotations

import random
from typing import Any

import pytest
from graphs import weight

from minitorch import compile
from minitorch.compiler import NotCompilable
from minitorch.compiler.guard import Guard
from minitorch.compiler.lending import lending
from minitorch.module import Module, Parameter
from minitorch.scalar import Scalar

POINTS = [0.5, 1.5, 2.5]
w = weight()


def test_the_guard_leaves_no_traces() -> None:
    """Derivatives that others have, and the random numbers that come next."""
    mine = Scalar(2.0)
    mine.derivative = 5.0
    w.value.derivative = 7.0
    random.seed(3)
    compile(lambda x: w.value * x * mine, [w], POINTS)
    due = random.Random(3).random()
    assert (mine.derivative, w.value.derivative, random.random()) == (5.0, 7.0, due)
    w.value.derivative = None
    random.seed(3)
    with pytest.raises(NotCompilable):
        compile(lambda x: w.value * x * random.random(), [w], POINTS)
    assert random.random() == due


def test_rounding_is_no_reason(backend: str) -> None:
    """A step where rounding decides, and what is left of large numbers that cancel."""

    def loss(x: Any) -> Any:
        probability = (w.value * x).sigmoid()
        large = (40.0 * w.value).exp() * 1e5
        return (probability == probability.exp().log()) + (large + x) - large

    compile(loss, [w], POINTS, backend=backend)


class Remembering(Module):
    """A model with a state of its own, as some are written."""

    def __init__(self) -> None:
        super().__init__()
        self.w = Parameter(Scalar(0.5), "w")
        self.last, self.mean, self.calls = Scalar(0.0), 0.0, 0
        self.seen: list[Any] = []
        self.by_name: dict[str, Any] = {"x": None}

    def forward(self, x: Any) -> Any:
        self.calls += 1
        self.seen.append(x)
        self.by_name["x"] = self.by_name["more"] = x
        self.last = self.w.value * x
        self.another = x
        return self.last


@pytest.mark.parametrize("refuse", [False, True])
def test_a_model_is_left_as_it_was(backend: str, refuse: bool) -> None:
    model = Remembering()
    state = dict(vars(model))

    def loss(x: Any) -> Any:
        output = model(x)
        return output * output.data if refuse else output

    if refuse:
        with pytest.raises(NotCompilable):
            compile(loss, model, POINTS, backend=backend)
    else:
        compiled = compile(loss, model, POINTS, backend=backend)
        assert compiled.predict(POINTS) == [0.25, 0.75, 1.25]
    assert vars(model) == state
    assert (model.calls, model.seen, model.by_name) == (0, [], {"x": None})
    for x in POINTS:
        loss(Scalar(x)).backward()
    assert model.calls == 3


def test_a_running_mean_is_refused_and_goes_on_running() -> None:
    class Running(Remembering):
        def forward(self, x: Any) -> Any:
            self.last = self.last * 0.9 + x * 0.1
            return self.w.value * (x - self.last)

    model = Running()
    with pytest.raises(NotCompilable, match="kept and used again"):
        compile(lambda x: model(x), model, POINTS)
    assert model(Scalar(1.0)).data == 0.45


@pytest.mark.parametrize(("operations", "most"), [(3, 3 + 8), (500, 3 + 4)])
def test_the_guard_takes_a_few_samples(operations: int, most: int) -> None:
    """Of each label two: where that is quick, each at both sets of parameters."""
    calls = 0

    def loss(x: Any, label: int) -> Any:
        nonlocal calls
        calls += 1
        return sum([w.value * x] * operations)

    compile(loss, [w], [float(i) for i in range(100)], [i % 2 for i in range(100)])
    assert calls == most


def test_other_parameters_are_tried_too() -> None:
    """At 0.75 both have the same value and the same derivative; not so elsewhere."""
    made = compile(lambda x: w.value * x, [w], POINTS)._made

    def other(x: Any) -> Any:
        return w.value * x + (w.value - 0.75) * (w.value - 0.75)

    guard = Guard(other, [w], made.samples, made.plan, made.share)
    with lending([w]), pytest.raises(NotCompilable, match="in place of"):
        guard.check(made.runner)

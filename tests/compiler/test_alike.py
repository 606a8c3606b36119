"""Like the eager engine in every case: depth, width, names, numbers, branches."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from graphs import alike, weight

from minitorch import compile
from minitorch.module import Parameter
from minitorch.scalar import Scalar

POINTS = [0.5, 1.5, 2.5]


# ------------------------------------------------------------------------------ depth and width


def chain(step: Callable[[Any, Any], Any], length: int) -> Callable[[Parameter], Any]:
    return lambda w: lambda x: functools.reduce(step, [w.value] * length, x) * w.value


@pytest.mark.parametrize(
    "step",
    [
        lambda a, w: a * w,
        lambda a, w: w * a,
        lambda a, w: -a,
        lambda a, w: -(a * w),
        lambda a, w: a + w * 0.001,
        lambda a, w: a - w * 0.001,
        lambda a, w: a * w * w + a,
        lambda a, w: a / w * 0.75,
        lambda a, w: (a < w) * a + 1.0,
    ],
)
def test_no_chain_is_too_long(backend: str, step: Callable[[Any, Any], Any]) -> None:
    w = weight(0.999)
    alike(backend, chain(step, 2000)(w), [w], POINTS)


def test_many_inputs_parameters_and_results(backend: str) -> None:
    weights = [weight(i / 500, f"w{i}") for i in range(500)]
    points = [tuple(i + j / 500 for j in range(500)) for i in range(3)]

    def loss(x: Any) -> Any:
        return sum(w.value * xi for w, xi in zip(weights, x, strict=True)) * 0.001

    compiled = alike(backend, loss, weights, points)
    columns = compiled.at(points, lambda x: tuple(xi * 2.0 for xi in x)).columns()
    assert [column[1] for column in columns] == [2 * value for value in points[1]]


def test_points_without_numbers(backend: str) -> None:
    w = weight()
    compiled = alike(backend, lambda x: w.value * w.value, [w], [(), (), ()])
    assert [e.loss for e in compiled.train(2, 0.5)] == [3 * 0.5625, 0.0]
    by_label = alike(backend, lambda x, y: w.value * (y + 1.0), [w], [()] * 12, [0, 1] * 6)
    assert by_label.at([(), ()], lambda x: (w.value, 2.0)).columns()[1].tolist() == [2.0, 2.0]


def test_results_that_are_no_operations(backend: str) -> None:
    """An input, a parameter, a number; the same twice."""
    w = weight()
    compiled = compile(lambda x: w.value * x, [w], POINTS, predict=lambda x: x, backend=backend)
    assert compiled.predict(POINTS) == POINTS
    columns = compiled.at(POINTS, lambda x: (x, w.value, 3, x, Scalar(2.0) * 2.0)).columns()
    assert [column.tolist() for column in columns] == [
        POINTS,
        [0.75] * 3,
        [3.0] * 3,
        POINTS,
        [4.0] * 3,
    ]
    assert compile(lambda x: (x, x), [w], POINTS, backend=backend).evaluate() == (4.5, 4.5)


# ----------------------------------------------------------------------------- numbers and names


@pytest.mark.parametrize("count", [math.inf, -math.inf, math.nan, 0.5, 1e300])
def test_a_count_of_anything(backend: str, count: float) -> None:
    w = weight()
    compiled = compile(lambda x: (w.value * x, x * count), [w], [1.0], backend=backend)
    (record,) = compiled.train(1, 0.1)
    assert record.correct == pytest.approx(count, nan_ok=True)
    assert compiled.evaluate()[1] == pytest.approx(count, nan_ok=True)


@pytest.mark.parametrize("rate", [1, True, Fraction(1, 2), 0.5])
def test_rates_of_any_kind(backend: str, rate: Any) -> None:
    w = weight(2.0)
    compiled = compile(lambda x: w.value * x, [w], [1.0], backend=backend)
    compiled.train(1, rate)
    assert w.value.data == 2.0 - float(rate)


@pytest.mark.parametrize("rate", [math.nan, math.inf, -math.inf])
def test_a_rate_that_is_no_number(backend: str, rate: float) -> None:
    w = weight(2.0)
    compiled = compile(lambda x: w.value * x, [w], [1.0], backend=backend)
    with pytest.raises(ValueError, match="the learning rate is a finite number, not"):
        compiled.train(1, rate)
    assert w.value.data == 2.0


@pytest.mark.parametrize("points", [["a"], [None], [("1.0",)], [(1.0,), ("x",)], [1.0, None]])
def test_points_that_are_no_numbers(backend: str, points: Any) -> None:
    w = weight()
    with pytest.raises(TypeError, match="holds a number, and"):
        compile(lambda x: w.value, [w], points, backend=backend)


@pytest.mark.parametrize("value", [1, True, Fraction(1, 2), -0.0, 1e-320])
def test_values_of_any_kind(backend: str, value: Any) -> None:
    w = weight()
    w.value.data = value
    assert compile(lambda x: w.value * x, [w], [value], backend=backend).loss() == value * value
    assert compile(lambda x: w.value * x, [w], [1.0], backend=backend).values() == [value]


@pytest.mark.parametrize(
    "names",
    [
        ("ﬁ", "fi"),
        ("é", "e\u0301"),
        ("ſ", "s"),
        ("__debug__", "__class__"),
        ("loss", "samples"),
        ("a", "a"),
        (None, "p0"),
        ("sigmoid", "power"),
        ("d_a", "a"),
        ("x_1", "label_0"),
        ("part_0", "v3"),
        ("None", "match"),
        ("", "a b"),
        ("a.b", "a_b"),
        ("inf", "nan"),
        ("range", "zip"),
    ],
)
def test_names_of_any_kind(backend: str, names: tuple[str, str]) -> None:
    a, b = weight(2.0, names[0]), weight(3.0, names[1])
    loss = lambda x: (a.value * x + b.value).sigmoid() * math.inf  # noqa: E731
    assert compile(loss, [a, b], POINTS, backend=backend).loss() == math.inf
    alike(backend, lambda x: a.value * x + b.value, [a, b], POINTS)


# -------------------------------------------------------------------------------------- branches

NAN, INF = math.nan, math.inf


@pytest.mark.parametrize("spoilt", [INF, -INF, NAN, 1e308, -3.0, 0.0])
@pytest.mark.parametrize(
    "branches",
    [
        (lambda x, w: x * w, lambda x, w: w * 2.0),
        (lambda x, w: x * w, lambda x, w: w + 1.0),
        (lambda x, w: (x * w).relu(), lambda x, w: w.sigmoid()),
        (lambda x, w: (x * w).sigmoid() * 3.0, lambda x, w: w.sigmoid() * 3.0),
        (lambda x, w: x * x * w, lambda x, w: -w),
        (lambda x, w: x * w + (x < w), lambda x, w: w * w),
        (lambda x, w: x, lambda x, w: w),
        (lambda x, w: (x + w).sigmoid(), lambda x, w: w),
        (lambda x, w: 10.0 * x * w, lambda x, w: 1.0),
    ],
)
def test_what_is_not_selected_spoils_nothing(
    backend: str, branches: tuple[Any, Any], spoilt: float
) -> None:
    """The branch not taken would be inf or NaN, or its derivative."""
    w = weight()
    loss = lambda x, label: branches[0 if label == 1 else 1](x, w.value)  # noqa: E731
    points = [1.0, spoilt, 2.0, *[0.5] * 10, spoilt]
    labels = [1, 0, 1, *[1] * 10, 0]
    compiled = alike(backend, loss, [w], points, labels)
    assert math.isfinite(compiled.loss())
    assert math.isfinite(compiled.gradients()[0])


@pytest.mark.parametrize("labels", ["abc", "aab", "abca" * 5])
def test_several_labels(backend: str, labels: str) -> None:
    w, places = weight(), "abc"

    def loss(x: Any, label: str) -> Any:
        value = (x * w.value, INF, w.value + 1.0)[places.index(label)]
        return (value if label == "a" else w.value) * 2.0 + places.index(label)

    alike(backend, loss, [w], [float(i) for i in range(len(labels))], list(labels))


@pytest.mark.parametrize("count", [1, 2, 3, 9, 11, 12, 51, 61])
@pytest.mark.parametrize("last", [INF, NAN, 1e308])
def test_what_fills_up_a_block_counts_for_nothing(backend: str, count: int, last: float) -> None:
    """The last sample is repeated there: 0 times inf would be NaN."""
    w = weight(2.0)
    alike(backend, lambda x: x * w.value * w.value, [w], [1.0] * (count - 1) + [last])


def test_a_derivative_of_zero_is_handed_on(backend: str) -> None:
    """A step has the derivative 0, and 0 times infinity is NaN."""
    w = weight(2.0)
    compiled = alike(backend, lambda x: (w.value * x < 3.0) + w.value, [w], [1.0, INF])
    assert math.isnan(compiled.gradients()[0])

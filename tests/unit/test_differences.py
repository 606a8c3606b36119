"""Slopes by differences: right where there is a derivative, in doubt where there is none."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minitorch import operators
from minitorch.autodiff import Context, central_difference
from minitorch.differences import slope
from minitorch.scalar import Scalar, derivative_check
from minitorch.scalar_functions import ScalarFunction

# ------------------------------------------------------------------------- the step, scaled


@pytest.mark.parametrize("x", [0.0, 1e-8, 1.0, 1e6, -1e10, 1e15, 1e100])
def test_a_central_difference_steps_as_far_as_rounding_asks(x: float) -> None:
    assert central_difference(lambda x: 3.0 * x, x) == pytest.approx(3.0, rel=1e-6)
    assert central_difference(lambda x: x * 3.0, Scalar(x)).data == pytest.approx(3.0, rel=1e-6)


def test_a_step_that_is_given_is_kept() -> None:
    at: list[float] = []
    for epsilon in (0.5, 1e-6 * 1.0, 1e-3):
        central_difference(lambda x: at.append(x) or 0.0, 1e4, epsilon=epsilon)
        below, above = sorted(at[-2:])
        assert above - below == pytest.approx(epsilon, rel=1e-2)


# ------------------------------------------------------------------------------------ slopes


@pytest.mark.parametrize(
    ("f", "x", "derivative"),
    [
        (lambda x: x * 1.0, 1e10, 1.0),
        (lambda x: x * x, 0.0, 0.0),
        (lambda x: 1e6 * x * x, 0.0, 0.0),
        (lambda x: x * 1e300, 3.0, 1e300),
        (lambda x: math.sin(100 * x), 1.0, 100 * math.cos(100.0)),
        (lambda x: 1 / x, 1e-7, -1e14),
        (lambda x: 1 / (x + 3.5), -3.5 + 1e-5, -1e10),
        (math.sqrt, 1e-12, 5e5),
        (math.exp, 700.0, math.exp(700.0)),
        (math.exp, -20.0, math.exp(-20.0)),
        (operators.log, 0.0, 1e6),
        (operators.relu, 1e-5, 1.0),
        (operators.relu, -1e-5, 0.0),
        (operators.sigmoid, 40.0, 0.0),
        (lambda x: (x + 1e8) - 1e8, 0.5, 1.0),
        (lambda x: 7.0, 3.0, 0.0),
    ],
)
def test_the_slope_of_what_is_smooth(f: Any, x: float, derivative: float) -> None:
    found = slope(f, x)
    assert found.doubt is None
    assert found.agrees(derivative)
    if derivative:
        assert not found.agrees(derivative * 1.01)
        assert not found.agrees(derivative * 0.99)
        assert not found.agrees(-derivative)
    assert not found.agrees(derivative + 0.01 + 0.01 * abs(derivative))
    assert not found.agrees(math.nan)


@pytest.mark.parametrize("distance", [0.0, 1e-14, -1e-14, 1e-10, -1e-10])
@pytest.mark.parametrize("place", [1.2, -5.5, 90.0])
@pytest.mark.parametrize(
    "f",
    [
        operators.relu,
        abs,
        lambda x: abs(x) + x * x,
        lambda x: operators.lt(x, 0.0),
        lambda x: operators.lt(0.0, x),
        lambda x: x + 5.0 * operators.lt(x, 0.0),
        lambda x: math.copysign(1.0, x),
        lambda x: float(x > 0) - float(x < 0),
        lambda x: operators.sigmoid(1e13 * x),
    ],
)
def test_at_a_corner_or_a_jump_there_is_nothing_to_compare_with(
    f: Any, place: float, distance: float
) -> None:
    found = slope(lambda x: f(x - place), place + distance)
    assert found.doubt == "corner"
    assert found.agrees(123.0)


@pytest.mark.parametrize("f", [operators.relu, abs, lambda x: math.copysign(x, 1.0)])
def test_close_to_0_the_slope_is_that_of_the_side(f: Any) -> None:
    assert slope(f, 1e-10).agrees(1.0)
    assert not slope(f, 1e-10).agrees(0.9)
    assert slope(f, 0.0).doubt == "corner"


def test_a_value_that_stands_alone_is_a_jump() -> None:
    assert slope(lambda x: operators.eq(x, 5.5), 5.5).doubt == "corner"


@pytest.mark.parametrize(
    ("f", "x", "doubt"),
    [
        (math.sin, 1e10, "rounding"),
        (math.sin, 1e17, "rounding"),
        (lambda x: x + 1e17, 1.0, "rounding"),
        (lambda x: x, math.nan, "undefined"),
        (lambda x: x, math.inf, "undefined"),
        (lambda x: 1 / (x - 5) if x != 0.25 else 1.0, math.inf, "undefined"),
        (lambda x: {0.25: 1.0}.get(x, math.nan), 0.25, "undefined"),
    ],
)
def test_where_differences_can_not_tell(f: Any, x: float, doubt: str) -> None:
    assert slope(f, x).doubt == doubt


def test_a_function_that_fails_close_by() -> None:
    found = slope(math.sqrt, 1e-5)  # the larger steps lead below 0
    assert found.doubt is None
    assert found.agrees(0.5 / math.sqrt(1e-5))
    assert slope(math.sqrt, 0.0).doubt == "undefined"


@given(st.floats(-100, 100), st.floats(-100, 100))
def test_slopes_with_respect_to_each_argument(x: float, y: float) -> None:
    def f(x: float, y: float) -> float:
        return x * x * y + 3.0 * y

    assert slope(f, x, y).agrees(2 * x * y)
    assert slope(f, x, y, arg=1).agrees(x * x + 3.0)


# -------------------------------------------------------------------------- derivative_check


def scaled(factor: float) -> type[ScalarFunction]:
    """a², with a `backward` that is wrong by a factor."""

    class Square(ScalarFunction):
        @staticmethod
        def forward(ctx: Context, a: float) -> float:
            ctx.save_for_backward(a)
            return a * a

        @staticmethod
        def backward(ctx: Context, d_output: float) -> float:
            (a,) = ctx.saved_values
            return 2.0 * a * factor * d_output

    return Square


@pytest.mark.parametrize("factor", [1.01, 0.99, 1.002, 2.0, 0.0, -1.0, math.nan])
@pytest.mark.parametrize("x", [1e-3, 0.02, 3.0, -70.0, 1e6])
def test_a_backward_that_is_wrong_by_one_percent_is_noticed(factor: float, x: float) -> None:
    f = scaled(factor).apply
    with pytest.raises(AssertionError, match="backward gave"):
        derivative_check(lambda a: f(a) + 1.0, Scalar(x))
    right = scaled(1.0).apply
    derivative_check(lambda a: right(a) + 1.0, Scalar(x))


def test_the_message_names_the_function_that_is_wrong() -> None:
    wrong, right = scaled(0.5).apply, scaled(1.0).apply
    with pytest.raises(AssertionError, match=r"`backward` of Square gives 4.0 where .* say 8.0"):
        derivative_check(lambda a: right(wrong(a * 2.0)) * a, Scalar(2.0))


@pytest.mark.parametrize(
    ("f", "at"),
    [
        (lambda x: x * 1.0, (1e10,)),
        (lambda x: x < 1.2, (1.2,)),
        (lambda x: x > 1.2, (1.2,)),
        (lambda x: x == 1.2, (1.2,)),
        (lambda x: x.relu(), (0.0,)),
        (lambda x: (x + 5.5).relu(), (-5.5,)),
        (lambda x, y: x + 1.2 < y, (0.0, 1.2)),
        (lambda x, y: x == y + 5.5, (5.5, 0.0)),
        (lambda x, y: (x < y) * x, (3.0, 3.0)),
        (lambda x: x * 1.0, (math.inf,)),
        (lambda x: x * 1.0, (math.nan,)),
    ],
)
def test_derivatives_that_are_right_pass(f: Any, at: tuple[float, ...]) -> None:
    derivative_check(f, *map(Scalar, at))

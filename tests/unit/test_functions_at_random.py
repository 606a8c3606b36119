"""The functions of `minitorch.testing`, at random inputs: their values, and their derivatives."""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from minitorch.autodiff import central_difference
from minitorch.scalar import Scalar, derivative_check
from minitorch.testing import MathTestVariable

numbers = st.floats(-100, 100)
ONE_ARGUMENT, TWO_ARGUMENTS, _ = MathTestVariable._comp_testing()


def each(functions: Any) -> pytest.MarkDecorator:
    """The test once for each of these functions: as floats, and as Scalars."""
    return pytest.mark.parametrize(
        ("base", "scalar"), [pytest.param(base, own, id=name) for name, base, own in functions]
    )


def smooth(f: Any, *vals: float) -> None:
    """Keeps random inputs off kinks, jumps, poles and overflow: only there do the slopes on the
    two sides of a point differ, and no implementation can agree with a central difference."""
    h = 1e-4
    for arg in range(len(vals)):
        below, above = ([*vals[:arg], vals[arg] + s * h, *vals[arg + 1 :]] for s in (-1, 1))
        try:
            left, here, right = f(*below), f(*vals), f(*above)
        except (ArithmeticError, ValueError):
            assume(False)
        bend = abs(left - 2.0 * here + right)
        assume(bend <= 1e-3 * abs(right - left) + 1e-7 * h * (1.0 + abs(here)))


# --------------------------------------------------------------------------------- task 1.2: values


@pytest.mark.task1_2
@each(ONE_ARGUMENT)
@given(a=numbers)
def test_forward_over_one_argument(base: Any, scalar: Any, a: float) -> None:
    smooth(base, a)
    assert scalar(Scalar(a)).data == pytest.approx(base(a), rel=1e-9, abs=1e-9)


@pytest.mark.task1_2
@each(TWO_ARGUMENTS)
@given(a=numbers, b=numbers)
def test_forward_over_two_arguments(base: Any, scalar: Any, a: float, b: float) -> None:
    smooth(base, a, b)
    expected = pytest.approx(base(a, b), rel=1e-9, abs=1e-9)
    assert scalar(Scalar(a), Scalar(b)).data == expected
    assert scalar(Scalar(a), b).data == expected
    assert scalar(a, Scalar(b)).data == expected


# ---------------------------------------------------------------------------- task 1.4: derivatives


@pytest.mark.task1_4
@each(ONE_ARGUMENT)
@given(a=numbers)
def test_derivative_over_one_argument(base: Any, scalar: Any, a: float) -> None:
    smooth(base, a)
    derivative_check(scalar, Scalar(a))


@pytest.mark.task1_4
@each(TWO_ARGUMENTS)
@given(a=numbers, b=numbers)
def test_derivative_over_two_arguments(base: Any, scalar: Any, a: float, b: float) -> None:
    smooth(base, a, b)
    x, y = Scalar(a), Scalar(b)
    scalar(x, y).backward()
    for arg, variable in enumerate((x, y)):
        assert variable.derivative == pytest.approx(
            central_difference(base, a, b, arg=arg), rel=1e-3, abs=1e-3
        )
    derivative_check(scalar, Scalar(a), Scalar(b))

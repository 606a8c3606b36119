"""The functions of floats that everything else is made of."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from minitorch import operators
from minitorch.autodiff import central_difference

numbers = st.floats(-100, 100)
short_lists = st.lists(numbers, max_size=8)


@given(numbers, numbers)
def test_arithmetic_is_pythons_own(x: float, y: float) -> None:
    assert operators.add(x, y) == x + y
    assert operators.mul(x, y) == x * y
    assert operators.neg(x) == -x
    assert operators.max(x, y) == max(x, y)
    assert operators.id(x) is x


@given(numbers, numbers)
def test_comparisons_give_one_or_zero(x: float, y: float) -> None:
    assert operators.lt(x, y) == (1.0 if x < y else 0.0)
    assert operators.eq(x, y) == (1.0 if x == y else 0.0)
    assert operators.lt(x, x) == 0.0
    assert operators.eq(x, x) == 1.0
    assert type(operators.lt(x, y)) is type(operators.eq(x, y)) is float


def test_is_close_means_within_a_hundredth() -> None:
    assert operators.is_close(1.0, 1.009)
    assert operators.is_close(1.009, 1.0)
    assert not operators.is_close(1.0, 1.02)
    assert not operators.is_close(1.02, 1.0)


@given(numbers)
def test_sigmoid_is_symmetric_and_between_zero_and_one(x: float) -> None:
    assert 0.0 <= operators.sigmoid(x) <= 1.0
    assert operators.sigmoid(x) + operators.sigmoid(-x) == pytest.approx(1.0)


@given(numbers, numbers)
def test_sigmoid_never_falls(x: float, y: float) -> None:
    low, high = sorted((x, y))
    assert operators.sigmoid(low) <= operators.sigmoid(high)


@pytest.mark.parametrize(
    ("x", "expected"),
    [(0.0, 0.5), (-1000.0, 0.0), (1000.0, 1.0), (-30.0, math.exp(-30.0)), (math.log(3.0), 0.75)],
)
def test_sigmoid_is_stable_at_both_ends(x: float, expected: float) -> None:
    assert operators.sigmoid(x) == pytest.approx(expected, rel=1e-12)


@given(numbers)
def test_relu_keeps_the_positive_part(x: float) -> None:
    assert operators.relu(x) == (x if x > 0 else 0.0)


@given(st.floats(1e-3, 1e6))
def test_log_adds_a_millionth_before_the_logarithm(x: float) -> None:
    assert operators.log(x) == pytest.approx(math.log(x + 1e-6), rel=1e-12, abs=1e-12)


def test_log_of_zero_is_finite() -> None:
    assert operators.log(0.0) == pytest.approx(math.log(1e-6))


@given(numbers)
def test_exp_and_inv(x: float) -> None:
    assert operators.exp(x) == math.exp(x)
    assume(x != 0.0 and math.isfinite(1.0 / x))
    assert operators.inv(x) == 1.0 / x


@given(st.floats(0.1, 100), numbers)
def test_backward_functions_are_the_slope_times_the_derivative(x: float, d: float) -> None:
    for forward, backward in (
        (operators.log, operators.log_back),
        (operators.inv, operators.inv_back),
        (operators.relu, operators.relu_back),
    ):
        slope = central_difference(forward, x)
        assert backward(x, d) == pytest.approx(slope * d, rel=1e-4, abs=1e-4)


@given(st.floats(-100, -0.1), numbers)
def test_backward_functions_left_of_zero(x: float, d: float) -> None:
    assert operators.relu_back(x, d) == 0.0
    assert operators.inv_back(x, d) == pytest.approx(-d / x**2)


@pytest.mark.parametrize(
    ("operation", "arguments", "error", "message"),
    [
        (operators.log, (-1.0,), ValueError, r"log.*-1\.0"),
        (operators.log, (-1e-6,), ValueError, r"log.*-1e-06"),
        (operators.exp, (1000.0,), OverflowError, r"exp.*1000\.0"),
        (operators.inv, (0.0,), ZeroDivisionError, r"0\.0"),
    ],
)
def test_bad_input_names_the_operation_and_the_value(operation, arguments, error, message) -> None:
    with pytest.raises(error, match=message):
        operation(*arguments)


@given(short_lists)
def test_map_applies_a_function_to_each(xs: list[float]) -> None:
    assert list(operators.map(operators.relu)(xs)) == [operators.relu(x) for x in xs]
    assert list(operators.negList(xs)) == [-x for x in xs]


@given(st.lists(st.tuples(numbers, numbers), max_size=8))
def test_zip_with_takes_two_lists_in_step(pairs: list[tuple[float, float]]) -> None:
    xs, ys = [x for x, _ in pairs], [y for _, y in pairs]
    assert list(operators.zipWith(operators.mul)(xs, ys)) == [x * y for x, y in pairs]
    assert list(operators.addLists(xs, ys)) == [x + y for x, y in pairs]


@given(short_lists)
def test_reduce_folds_from_its_start(xs: list[float]) -> None:
    assert operators.reduce(operators.max, -1000.0)(xs) == max(xs, default=-1000.0)
    assert operators.sum(xs) == pytest.approx(math.fsum(xs), rel=1e-9, abs=1e-9)
    assert operators.prod(xs) == pytest.approx(math.prod(xs), rel=1e-9, abs=1e-9)


def test_reductions_of_nothing() -> None:
    assert operators.sum([]) == 0.0
    assert operators.prod([]) == 1.0

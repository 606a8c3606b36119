"""What later tasks need of Module 0's operators."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from probes import expect, near

from minitorch import operators

pytestmark = pytest.mark.module0

ONE = {
    "id": lambda x: x,
    "neg": lambda x: -x,
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "relu": lambda x: max(x, 0.0),
    "exp": math.exp,
}
TWO = {
    "mul": lambda x, y: x * y,
    "add": lambda x, y: x + y,
    "lt": lambda x, y: float(x < y),
    "eq": lambda x, y: float(x == y),
    "max": max,
    "is_close": lambda x, y: float(abs(x - y) < 1e-2),
}
BACK = {
    "log_back": lambda x, d: d / x,
    "inv_back": lambda x, d: -d / x**2,
    "relu_back": lambda x, d: d * (x > 0),
}


@pytest.mark.parametrize("name", ONE)
@given(x=near(2.0))
def test_of_one_number(name: str, x: float) -> None:
    expect(f"operators.{name}", getattr(operators, name)(x), ONE[name](x), {"x": x})


@pytest.mark.parametrize("name", TWO)
@given(x=near(2.0), y=near(3.0))
def test_of_two_numbers(name: str, x: float, y: float) -> None:
    expect(f"operators.{name}", getattr(operators, name)(x, y), TWO[name](x, y), {"x": x, "y": y})


@given(x=st.integers(1, 40).map(lambda n: n / 4))
def test_log_and_inv(x: float) -> None:
    expect("operators.log", operators.log(x), math.log(x), {"x": x})
    expect("operators.inv", operators.inv(x), 1 / x, {"x": x})


@pytest.mark.parametrize("name", BACK)
@given(x=st.integers(1, 40).map(lambda n: n / 4), d=near(5.0))
def test_backward(name: str, x: float, d: float) -> None:
    expect(f"operators.{name}", getattr(operators, name)(x, d), BACK[name](x, d), {"x": x, "d": d})


def test_relu_passes_nothing_back_below_zero() -> None:
    expect("operators.relu_back", operators.relu_back(-1.0, 5.0), 0.0, {"x": -1.0, "d": 5.0})


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("negList", ([1.0, -2.0],), [-1.0, 2.0]),
        ("addLists", ([1.0, 2.0], [10.0, 20.0]), [11.0, 22.0]),
    ],
)
def test_of_lists(name: str, arguments: Any, expected: list[float]) -> None:
    assert list(getattr(operators, name)(*arguments)) == expected


def test_sum_and_prod() -> None:
    expect("operators.sum", operators.sum([1.0, 2.0, 3.5]), 6.5, {"list": [1.0, 2.0, 3.5]})
    expect("operators.prod", operators.prod([2.0, 3.0, 0.5]), 3.0, {"list": [2.0, 3.0, 0.5]})

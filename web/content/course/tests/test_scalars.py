"""Task 1.2: the forward of the functions, and the operators of Scalar."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from probes import Wrong, expect, looking_at, near, number, value_of

from minitorch import Scalar, scalar_functions
from minitorch.autodiff import Context

pytestmark = pytest.mark.task1_2

# --------------------------------------------------------------------- the functions, on floats

FORWARDS = {
    "Mul": lambda a, b: a * b,
    "Inv": lambda a: 1 / a,
    "Neg": lambda a: -a,
    "Sigmoid": lambda a: 1 / (1 + math.exp(-a)),
    "ReLU": lambda a: max(a, 0.0),
    "Exp": math.exp,
    "LT": lambda a, b: float(a < b),
    "EQ": lambda a, b: float(a == b),
}
TWO_INPUTS = ("Mul", "LT", "EQ")


def forward(name: str, *inputs: float) -> None:
    function = getattr(scalar_functions, name)
    expected = FORWARDS[name](*inputs)
    given = dict(zip("ab", inputs, strict=False))
    expect(f"{name}.forward", function.forward(Context(), *inputs), expected, given)


@pytest.mark.parametrize("name", FORWARDS)
@given(a=near(2.0), b=near(3.0))
def test_forward(name: str, a: float, b: float) -> None:
    if name in TWO_INPUTS:
        forward(name, a, b)
    elif name != "Inv" or a != 0:
        forward(name, a)


@pytest.mark.parametrize("name", ["LT", "EQ"])
@given(a=near(2.0))
def test_forward_of_equal_numbers(name: str, a: float) -> None:
    forward(name, a, a)


@pytest.mark.parametrize("apart", [0.009, 1e-4, 1e-7, 2.0**-40])
def test_numbers_that_are_close_are_not_equal(apart: float) -> None:
    forward("EQ", 1.0, 1.0 + apart)
    forward("LT", 1.0, 1.0 + apart)


# ----------------------------------------------------------------------- operators, on Scalars

OPERATORS = [
    *("x + y", "x * y", "x - y", "x < y", "x > y", "x == y"),
    *("x + 1.5", "x * 1.5", "x - 1.5", "x < 1.5", "x > 1.5", "x == 1.5"),
    *("1.5 + x", "1.5 * x", "-x", "x / 2", "x - 1"),
    *("x.exp()", "x.sigmoid()", "x.relu()"),
]
NOT_AT_ZERO = ["x / y", "3.0 / y"]
FOR_POSITIVES = ["y.log()"]
COMPARISONS = ("<", ">", "==")
NESTED = [
    "(x * x) * y + 10.0 * x",
    "(x + y) * (x - y)",
    "(-x + 2.0).relu() * y",
    "(x * y).sigmoid() - (x - y).sigmoid()",
    "((x + 5).log() + y).relu()",
    "(x / 4).exp() * (y / 4).exp()",
    "(x < y) * x + (x > y) * y",
    "(x == y) * 3.0 + x",
    "x / (y * y + 1)",
]


def evaluate(code: str, given: dict[str, float]) -> Any:
    """What an expression gives for Scalars."""
    with looking_at(code, given):
        return eval(code, {}, {name: Scalar(v, name=name) for name, v in given.items()})


def check(code: str, x: float, y: float) -> None:
    """An expression of Scalars gives a Scalar, with the value that floats would have."""
    given = {name: v for name, v in (("x", x), ("y", y)) if name in code}
    result = evaluate(code, given)
    if not isinstance(result, Scalar) and not any(sign in code for sign in COMPARISONS):
        kind = type(result).__name__
        raise Wrong(f"{code} gave no Scalar", given, f"{result!r}, of type {kind}", "a Scalar")
    expect(code, result, value_of(code, given), given, code)


@pytest.mark.parametrize("code", OPERATORS)
@given(x=near(2.0), y=near(3.0))
def test_operator(code: str, x: float, y: float) -> None:
    check(code, x, y)


@pytest.mark.parametrize("code", NOT_AT_ZERO)
@given(x=near(2.0), y=near(3.0).filter(bool))
def test_division(code: str, x: float, y: float) -> None:
    check(code, x, y)


@given(x=st.integers(1, 16).map(lambda n: n / 4))
def test_logarithm(x: float) -> None:
    check("x.log()", x, x)


@pytest.mark.parametrize("code", NESTED)
@given(x=near(2.0), y=near(3.0))
def test_expression(code: str, x: float, y: float) -> None:
    check(code, x, y)


@pytest.mark.parametrize("code", ["x < y", "x > y", "x == y"])
@given(x=near(2.0))
def test_comparison_of_equal_scalars(code: str, x: float) -> None:
    check(code, x, x)


def test_comparison_in_a_condition() -> None:
    given = {"x": 1.0, "y": 2.0}
    for code, expected in (("x < y", True), ("x > y", False), ("x == y", False)):
        if bool(evaluate(code, given)) is not expected:
            raise Wrong(f"`if {code}:`", given, not expected, expected)


def test_sum_of_a_list() -> None:
    got = sum([Scalar(1.0), Scalar(2.0), Scalar(3.0)])
    expect("sum of a list of Scalars", got, 6.0, {"list": [1.0, 2.0, 3.0]})


# -------------------------------------------------------------------------------- the graph


def made_of(result: Any) -> list[Any]:
    """The Scalar itself, and all that it was computed from."""
    found = [result]
    for scalar in found:
        if scalar.history is not None:
            found += [s for s in scalar.history.inputs if not any(s is other for other in found)]
    return found


@pytest.mark.parametrize(
    "code",
    [
        code
        for code in (*OPERATORS, *NOT_AT_ZERO, *FOR_POSITIVES)
        if not any(sign in code for sign in COMPARISONS)
    ],
)
def test_a_result_remembers_what_it_was_computed_from(code: str) -> None:
    given = {name: v for name, v in (("x", 2.0), ("y", 3.0)) if name in code}
    inputs = {name: Scalar(v, name=name) for name, v in given.items()}
    with looking_at(code, given):
        result = eval(code, {}, inputs)
    for name, variable in inputs.items():
        if not isinstance(result, Scalar) or result.is_leaf() or result.history is None:
            raise Wrong(
                f"The result of {code} has no history: it does not know what it was made of",
                given,
                f"{result!r}",
                "a Scalar that the `apply` of a function has made",
            )
        if not any(scalar is variable for scalar in made_of(result)):
            raise Wrong(f"The graph of {code} does not lead to {name}", given, code=code)


def test_a_computation_leaves_its_inputs_as_they_were() -> None:
    x, y = Scalar(2.0), Scalar(3.0)
    results = [x + y, x * y, x - y, -x, x.exp(), x.relu(), x.sigmoid(), x.log()]
    assert len(results) == 8
    assert (number(x), number(y)) == (2.0, 3.0)
    assert x.is_leaf()
    assert y.is_leaf()

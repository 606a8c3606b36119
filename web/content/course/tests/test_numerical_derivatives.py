"""Task 1.1: central_difference."""

import math
from typing import Any

import pytest
from hypothesis import given
from probes import Wrong, expect, near

from minitorch.autodiff import central_difference

pytestmark = pytest.mark.task1_1

CURVES = {
    "x": (lambda x: x, lambda x: 1.0),
    "5.0": (lambda x: 5.0, lambda x: 0.0),
    "3 * x + 5": (lambda x: 3 * x + 5, lambda x: 3.0),
    "x * x": (lambda x: x * x, lambda x: 2 * x),
    "x * x * x": (lambda x: x * x * x, lambda x: 3 * x * x),
    "sin(x)": (math.sin, math.cos),
    "exp(x / 10)": (lambda x: math.exp(x / 10), lambda x: math.exp(x / 10) / 10),
    "1 / (x + 20)": (lambda x: 1 / (x + 20), lambda x: -1 / (x + 20) ** 2),
}


def slope(text: str, f: Any, *vals: float, expected: float, **options: Any) -> None:
    """Compare the approximation with a derivative that is known, give or take a thousandth."""
    got = central_difference(f, *vals, **options)
    given = {**dict(zip("xyz", vals, strict=False)), **options}
    if not isinstance(got, (int, float)) or abs(got - expected) > 1e-3 * (1 + abs(expected)):
        raise Wrong(f"central_difference of f = {text}", given, got, expected)


@pytest.mark.parametrize("text", CURVES)
@given(x=near(3.0))
def test_slope_of_a_curve(text: str, x: float) -> None:
    f, derivative = CURVES[text]
    slope(text, f, x, expected=derivative(x))


@given(x=near(3.0), y=near(5.0), z=near(7.0))
def test_one_of_three_arguments_is_moved(x: float, y: float, z: float) -> None:
    for arg, expected in enumerate((1.0, 10.0, 100.0)):
        text = "x + 10 * y + 100 * z"
        slope(text, lambda x, y, z: x + 10 * y + 100 * z, x, y, z, expected=expected, arg=arg)


@given(x=near(3.0), y=near(5.0))
def test_the_other_arguments_keep_their_values(x: float, y: float) -> None:
    slope("x * y", lambda x, y: x * y, x, y, expected=y, arg=0)
    slope("x * y", lambda x, y: x * y, x, y, expected=x, arg=1)


def test_the_first_argument_is_moved_unless_another_is_named() -> None:
    slope("x + 10 * y", lambda x, y: x + 10 * y, 2.0, 3.0, expected=1.0)


@pytest.mark.parametrize("epsilon", [1.0, 0.5, 0.1])
def test_a_point_is_tried_on_either_side(epsilon: float) -> None:
    """On a parabola, steps of the same size to both sides give the slope exactly."""
    expect(
        "central_difference of f = x * x, with a large step. What is taken on the one side has to "
        "be taken on the other, as far from x",
        central_difference(lambda x: x * x, 3.0, epsilon=epsilon),
        6.0,
        {"x": 3.0, "epsilon": epsilon},
    )


@pytest.mark.parametrize("epsilon", [1.0, 0.5])
def test_epsilon_says_how_large_the_steps_are(epsilon: float) -> None:
    """x³ at 0 shows it: (h³ - (-h)³) / 2h = h², where h is ε, or half of it: both are common."""
    got = central_difference(lambda x: x * x * x, 0.0, epsilon=epsilon)
    if min(abs(got - epsilon**2), abs(got - epsilon**2 / 4)) > 1e-6:
        raise Wrong(
            "central_difference of f = x * x * x does not follow epsilon",
            {"x": 0.0, "epsilon": epsilon},
            got,
            f"{epsilon**2 / 4} (with x ± ε/2) or {epsilon**2} (with x ± ε)",
        )


def test_any_function_will_do() -> None:
    """A function that looks things up, as one that nobody can write down as a formula."""
    table = {round(n / 8, 3): n / 4 for n in range(-80, 81)}
    slope(
        "a table of 2 * x",
        lambda x: table[round(round(x * 8) / 8, 3)],
        1.0,
        expected=2.0,
        epsilon=0.25,
    )

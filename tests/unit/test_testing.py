"""The two lists of functions: one of floats, one of Scalars, name by name the same."""

import inspect
from typing import Any

import pytest

from minitorch.scalar import Scalar
from minitorch.testing import MathTest, MathTestVariable

ONE_ARGUMENT, TWO_ARGUMENTS, OF_A_LIST = MathTestVariable._comp_testing()
EVERY = ONE_ARGUMENT + TWO_ARGUMENTS + OF_A_LIST
every_function = pytest.mark.parametrize(
    ("base", "scalar"), [pytest.param(base, own, id=name) for name, base, own in EVERY]
)


def public(cls: type) -> set[str]:
    """The functions that a class has, those it inherits included."""
    return {name for name, _ in inspect.getmembers(cls, inspect.isfunction) if name[0] != "_"}


def test_both_classes_name_the_same_functions() -> None:
    assert public(MathTestVariable) == public(MathTest)


def test_no_function_is_left_out_or_listed_twice() -> None:
    names = [name for name, _, _ in EVERY]
    assert sorted(names) == sorted(public(MathTest))


def test_each_is_listed_by_what_it_takes() -> None:
    for group, count in ((ONE_ARGUMENT, 1), (TWO_ARGUMENTS, 2), (OF_A_LIST, 1)):
        for name, base, scalar in group:
            assert len(inspect.signature(base).parameters) == count, name
            assert len(inspect.signature(scalar).parameters) == count, name


def arguments(base: Any, make: Any) -> list[Any]:
    """Numbers that every function is defined for, as `make` makes them."""
    if any(base is function for _, function, _ in OF_A_LIST):
        return [[make(0.3), make(0.5)]]
    return [make(0.3), make(0.5)][: len(inspect.signature(base).parameters)]


@every_function
def test_it_computes_the_same_with_scalars_as_with_floats(base: Any, scalar: Any) -> None:
    expected, result = base(*arguments(base, float)), scalar(*arguments(base, Scalar))
    assert type(result) is Scalar
    assert result.data == pytest.approx(expected, rel=1e-12)


@every_function
def test_every_function_says_what_it_is(base: Any, scalar: Any) -> None:
    assert base.__doc__
    assert scalar.__doc__ == base.__doc__


def test_the_long_expression_has_a_derivative() -> None:
    x = Scalar(0.3)
    MathTestVariable.complex(x).backward()
    assert x.derivative is not None

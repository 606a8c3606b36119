"""The two lists of functions: one of floats, one of Scalars, name by name the same."""

import inspect

import pytest

from minitorch.scalar import Scalar
from minitorch.testing import MathTest, MathTestVariable

ONE_ARGUMENT, TWO_ARGUMENTS, _ = MathTestVariable._comp_testing()


def test_both_classes_name_the_same_functions() -> None:
    for floats, scalars in zip(MathTest._tests(), MathTestVariable._tests(), strict=True):
        assert [name for name, _ in floats] == [name for name, _ in scalars]
        assert len({name for name, _ in floats}) == len(floats)


def test_no_function_is_left_out() -> None:
    listed = {name for group in MathTest._tests() for name, _ in group}
    defined = {
        name
        for name, member in inspect.getmembers(MathTest, inspect.isfunction)
        if not name.startswith("_")
    }
    assert defined - listed <= {"complex"}


@pytest.mark.parametrize("example", ONE_ARGUMENT + TWO_ARGUMENTS, ids=lambda example: example[0])
def test_every_function_says_what_it_is(example) -> None:
    _, base, scalar = example
    assert base.__doc__
    assert scalar.__doc__


def test_the_long_expression_runs_on_scalars() -> None:
    x = Scalar(0.3)
    out = MathTestVariable.complex(x)
    assert out.data == pytest.approx(MathTest.complex(0.3))
    out.backward()
    assert x.derivative is not None

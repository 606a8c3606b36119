"""The package as a whole: its public names, and the examples in its docstrings."""

import doctest
import importlib
import pkgutil

import pytest

import minitorch

MODULES = ["minitorch"] + sorted(
    module.name
    for module in pkgutil.walk_packages(minitorch.__path__, "minitorch.")
    if not module.name.endswith("__main__")
)

THE_COURSES_NAMES = [
    "Context",
    "Linear",
    "MathTest",
    "MathTestVariable",
    "Module",
    "Network",
    "Parameter",
    "SGD",
    "Scalar",
    "ScalarFunction",
    "ScalarHistory",
    "ScalarTrain",
    "Variable",
    "backpropagate",
    "central_difference",
    "datasets",
    "Graph",
    "make_pts",
    "simple",
    "wrap_tuple",
    "unwrap_tuple",
    *("Add", "Mul", "Inv", "Neg", "Log", "Exp", "Sigmoid", "ReLU", "LT", "EQ"),
    "derivative_check",
    "operators",
    "topological_sort",
]


@pytest.mark.parametrize("name", THE_COURSES_NAMES)
def test_the_courses_names_are_at_the_top(name: str) -> None:
    assert name in minitorch.__all__
    assert hasattr(minitorch, name)


def test_what_the_course_imports_from_scalar_is_there() -> None:
    from minitorch.autodiff import Context
    from minitorch.scalar import Context as from_scalar
    from minitorch.scalar import ScalarFunction, ScalarHistory

    assert from_scalar is Context
    assert ScalarFunction is minitorch.ScalarFunction
    assert ScalarHistory is minitorch.ScalarHistory


def test_tuples_are_wrapped_and_unwrapped() -> None:
    assert minitorch.wrap_tuple(1) == minitorch.wrap_tuple((1,)) == (1,)
    assert minitorch.unwrap_tuple((1,)) == 1
    assert minitorch.unwrap_tuple((1, 2)) == (1, 2)


def test_every_public_name_is_there() -> None:
    assert len(set(minitorch.__all__)) == len(minitorch.__all__)
    for name in minitorch.__all__:
        assert hasattr(minitorch, name), name


@pytest.mark.parametrize("name", MODULES)
def test_examples_are_true(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_every_module_says_what_it_is_for(name: str) -> None:
    assert importlib.import_module(name).__doc__

"""The examples in the docstrings are true."""

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


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    results = doctest.testmod(importlib.import_module(name))
    assert results.failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_a_module_says_what_it_is_for(name: str) -> None:
    assert importlib.import_module(name).__doc__

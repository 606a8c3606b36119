"""What is called from outside its file says what it takes: its docstring names every parameter."""

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

import pytest

PACKAGES = ["minitorch", "bridge"]

# What a ScalarFunction's two methods are given is explained by that class, for all of them.
EXPLAINED_ELSEWHERE = {"ctx", "d_output"}


class Function(NamedTuple):
    """A public function or method with two parameters or more."""

    name: str
    parameters: list[str]
    text: str
    """Its docstring; for a method that has none, and for `__init__`, the class's."""


def sources(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    """The modules of a package, each with its text; in a zip archive too, as in the page."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from sources(entry, f"{prefix}{entry.name}.")
        elif entry.name.endswith(".py"):
            yield prefix + entry.name.removesuffix(".py"), entry.read_text(encoding="utf-8")


def parameters_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    rest = [a for a in (arguments.vararg, arguments.kwarg) if a is not None]
    return [a.arg for a in named + rest if a.arg not in ("self", "cls")]


def functions_of(body: list[ast.stmt], prefix: str, outer: str | None = None) -> Iterator[Function]:
    """The public functions of a module or class, and those of the public classes in it."""
    for node in body:
        name = getattr(node, "name", "_")
        if isinstance(node, ast.ClassDef) and not name.startswith("_"):
            text = ast.get_docstring(node) or ""
            yield from functions_of(node.body, f"{prefix}{name}.", text)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            if name.startswith("_") and name != "__init__":
                continue
            parameters = parameters_of(node)
            text = ast.get_docstring(node)
            if text is None or name == "__init__":
                text = f"{text or ''}\n{outer or ''}"
            if len(parameters) >= 2:
                yield Function(prefix + name, parameters, text)


def unnamed(function: Function) -> list[str]:
    """The parameters that the docstring doesn't name, as a word of their own."""
    return [
        parameter
        for parameter in function.parameters
        if parameter not in EXPLAINED_ELSEWHERE
        and not re.search(rf"(?<!\w){parameter}(?!\w)", function.text)
    ]


def functions(package: str) -> list[Function]:
    return [
        function
        for module, text in sources(files(package), f"{package}.")
        for function in functions_of(ast.parse(text).body, f"{module}.")
    ]


@pytest.mark.parametrize("package", PACKAGES)
def test_docstrings_name_every_parameter(package: str) -> None:
    found = functions(package)
    assert len(found) > 20
    missing = {function.name: unnamed(function) for function in found if unnamed(function)}
    assert missing == {}


EXAMPLE = '''
class Public:
    """With a size."""
    def __init__(self, size, rate): ...
    def good(self, first, second):
        """Of `first` and (second)."""
    def bad(self, first, *, seconds):
        """Of first and second."""
    def one(self, only): ...
class _Private:
    def hidden(self, a, b): ...
def _private(a, b): ...
def wrong(*values, **options):
    """Nothing about them."""
'''


def test_the_search_finds_what_is_not_named() -> None:
    found = list(functions_of(ast.parse(EXAMPLE).body, ""))
    assert {function.name: unnamed(function) for function in found} == {
        "Public.__init__": ["rate"],
        "Public.good": [],
        "Public.bad": ["seconds"],
        "wrong": ["values", "options"],
    }

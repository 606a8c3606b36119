"""A learner's function, studied: every way to write one, and every way in which it can go wrong."""

from __future__ import annotations

import ast
import inspect
import json
import math
import textwrap
from pathlib import Path
from typing import Any

import pytest

from bridge.functions import FunctionLook, FunctionRange, look, sample
from minitorch.testing import MathTestVariable

EPSILONS = [1.0, 1e-3, 1e-6]
PAGE = Path(__file__).parents[2] / "web/src/functions"
CATALOGUE: list[dict[str, Any]] = json.loads((PAGE / "catalogue.json").read_text(encoding="utf-8"))


def ranged(code: str, x: Any = (-2, 2), y: Any = (-2, 2), side: int = 5) -> FunctionRange:
    return sample({"code": code, "ranges": [x, y], "counts": [9, side]})


def looked(code: str, x: float = 1.0, y: float = 2.0, nodes: int = 100) -> FunctionLook:
    return look({"code": code, "at": [x, y], "epsilons": EPSILONS, "maxNodes": nodes})


@pytest.mark.parametrize(
    ("code", "at_two"),
    [
        ("def f(x):\n    return x * x", 4.0),
        ("def f(x):\n    return x * x\nprint('hello')", 4.0),
        ("def g(a):\n    return a + 1\n\ndef f(x, n=3):\n    return g(x) * n", 9.0),
        ("lambda t: t * t", 4.0),
        ("f = lambda t: t * t", 4.0),
        ("x * x", 4.0),
        ("y = x * x\ny + y", 8.0),
        ("y = x * x", 4.0),
        ("def g(y):\n    return y * y\ng(x)", 4.0),
        ("  x * x", 4.0),
        ("sin(x) * 0 + cos(x * 0) + x", 3.0),
        ("x < 3", 1.0),
        ("5", 5.0),
    ],
)
def test_ways_to_write_a_function_of_one_number(code: str, at_two: float) -> None:
    found = ranged(code)
    assert found.problem is None
    assert len(found.parameters) == 1
    assert (found.places[0][-1], found.values[-1]) == (2.0, at_two)


@pytest.mark.parametrize("code", ["x * y", "def f(a, b):\n    return a * b", "lambda a, b: a * b"])
def test_a_function_of_two_has_its_first_argument_moving_fastest(code: str) -> None:
    found = ranged(code, (-2, 2), (0, 4))
    assert (len(found.parameters), len(found.values)) == (2, 25)
    assert found.values[:7].tolist() == [0, 0, 0, 0, 0, -2, -1]
    assert found.derivatives[0][5:7].tolist() == [1, 1]
    assert found.derivatives[1][5:7].tolist() == [-2, -1]


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry["name"])
def test_the_catalogue_has_the_functions_of_the_course(entry: dict[str, Any]) -> None:
    """Each is the library's own source, and has something to see in its range."""

    def bare(source: str) -> str:
        function = ast.parse(source).body[0]
        assert isinstance(function, ast.FunctionDef)
        function.decorator_list, function.returns = [], None
        for argument in function.args.args:
            argument.annotation = None
        return ast.unparse(function)

    own = textwrap.dedent(inspect.getsource(getattr(MathTestVariable, entry["name"])))
    assert bare(entry["code"]) == bare(own)
    found = ranged(entry["code"], entry["x"], entry.get("y", (0, 1)), side=41)
    assert found.problem is None
    assert len(found.parameters) == (2 if "y" in entry else 1)
    assert all(map(math.isfinite, found.values)) or found.undefined
    if entry["name"] != "complex":  # which is level but for the last digits, wherever one looks
        assert max(found.values) > min(found.values)


def test_the_catalogue_has_all_of_them() -> None:
    names = [name for kind in MathTestVariable._tests() for name, _ in kind]
    assert [entry["name"] for entry in CATALOGUE] == names
    assert json.loads((PAGE / "names.json").read_text(encoding="utf-8")) == names


def test_where_it_is_not_defined_there_is_a_gap_and_the_reason() -> None:
    found = ranged("1 / x")
    assert [math.isnan(value) for value in found.values].count(True) == 1
    assert "division by zero" in found.undefined
    assert found.problem is None
    everywhere = ranged("x.log()", (-3, -1))
    assert all(map(math.isnan, everywhere.values))
    assert "logarithm" in everywhere.undefined


def test_a_plain_number_has_left_the_graph() -> None:
    found = ranged("x.data * 2")
    assert found.plain == len(found.values) == 9
    assert all(map(math.isnan, found.derivatives[0]))
    assert found.differences[3] == pytest.approx(2.0)
    close = looked("x.data * 2")
    assert close.is_plain
    assert close.slopes[0].derivative is None
    assert close.slopes[0].differences[0] == pytest.approx(2.0)


def test_what_is_printed_is_printed_once() -> None:
    assert ranged("print('here')\nx * x").output == "here\n"
    assert looked("print('here')\nx * x").output == "here\n"


@pytest.mark.parametrize(
    ("code", "kind", "words", "line"),
    [
        ("", "No function", "no function yet", None),
        ("class A:\n    pass", "No function", "no function yet", None),
        ("def f(a, b, c):\n    return a", "No function", "takes 3 arguments", None),
        ("def f():\n    return 1", "No function", "takes no arguments", None),
        ("def f(*xs):\n    return 1", "No function", "any number", None),
        ("def f(x):\n    x * x", "No function", "is a return missing", None),
        ("def f(x):\n    return 'a'", "No function", "not a number", None),
        ("def f(x):\n    return undefined_name", "NameError", "undefined_name", 2),
        ("x +", "SyntaxError", "syntax", 1),
        ("f = 5\nraise SystemExit\nx", "SystemExit", "end", 2),
    ],
)
def test_what_is_no_function_is_explained(
    code: str, kind: str, words: str, line: int | None
) -> None:
    for found in (ranged(code), looked(code)):
        assert found.problem is not None
        assert (found.problem.kind, found.problem.line) == (kind, line)
        assert words in found.problem.message


def test_a_wrong_backward_leaves_the_values() -> None:
    code = """
class Double(minitorch.ScalarFunction):
    @staticmethod
    def forward(ctx, a):
        return 2 * a
    @staticmethod
    def backward(ctx, d):
        return d * ctx.nothing

def f(x):
    return Double.apply(x)
"""
    found = ranged(code)
    assert found.values[-1] == 4.0
    assert found.problem is not None
    assert found.problem.kind == "AttributeError"


def test_a_close_look() -> None:
    found = looked("x * x * y", 3.0, 2.0)
    assert found.value == 18.0
    x, y = found.slopes
    assert (x.derivative, y.derivative) == (12.0, 9.0)
    assert x.differences.tolist() == pytest.approx([12.0, 12.0, 12.0])
    assert (x.below[0], x.above[0], x.ahead[0]) == (12.5, 24.5, 32.0)
    assert found.graph is not None
    assert {node.name for node in found.graph.nodes if node.operation is None} == {"x", "y"}
    named = looked("lambda a, b: a * b").graph
    assert named is not None
    assert {node.name for node in named.nodes if node.operation is None} == {"x", "y"}
    assert looked("x * x * y", nodes=0).graph is None
    assert looked("x * x * y", nodes=2).graph is None
    outside = looked("x.log()", -1.0)
    assert (outside.value, outside.problem) == (None, None)
    assert "logarithm" in outside.undefined

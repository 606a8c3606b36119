"""Evaluating what a learner types: results, and every way in which it can go wrong."""

from __future__ import annotations

import math
from typing import Any

import pytest

from bridge.expression import ExpressionResult, evaluate
from bridge.sandbox.output import LONGEST_OUTPUT


def run(code: str, max_nodes: int = 300, **inputs: float) -> ExpressionResult:
    return evaluate(
        {"code": code, "inputs": {"x": 2.0, "y": 3.0, "z": 1.0, **inputs}, "maxNodes": max_nodes}
    )


def derivatives(result: ExpressionResult) -> dict[str, float]:
    return {row.variable: row.derivative for row in result.derivatives}


def problem(code: str, **options: Any) -> tuple[str, str, int | None]:
    found = run(code, **options).problem
    assert found is not None
    return found.kind, found.message, found.line


def test_the_first_expression() -> None:
    result = run("(x * x) * y + 10.0 * x")
    assert result.problem is None
    assert (result.value, result.node_count) == (32.0, 7)
    assert derivatives(result) == {"x": 22.0, "y": 4.0}
    for row in result.derivatives:
        assert row.central_difference == pytest.approx(row.derivative, abs=1e-6)


def test_a_shared_node_is_one_node_with_two_edges() -> None:
    graph = run("y = x * x\ny + y").graph
    assert graph is not None
    assert [node.name for node in graph.nodes] == [None, "y", "x"]
    assert len(graph.edges) == 4
    assert [edge.contribution for edge in graph.edges] == [1.0, 1.0, 4.0, 4.0]


@pytest.mark.parametrize(
    "code",
    [
        "def f(a):\n    return a * y\nf(x)",
        "product = x * y",
        "  x * y",
        "# a comment\nx * y;",
        "import math\nx * y * math.cos(0)",
        "relu(x) * y",
        "x.backward()\nx * y",
    ],
)
def test_ways_to_write_it(code: str) -> None:
    result = run(code)
    assert result.problem is None
    assert result.value == 6.0
    assert derivatives(result)["x"] == 3.0


@pytest.mark.parametrize("name", ["log", "exp", "sigmoid", "relu"])
def test_functions_as_well_as_methods(name: str) -> None:
    by_function, by_method = run(f"{name}(x)"), run(f"x.{name}()")
    assert by_function.problem is None
    assert by_function.value == by_method.value == run(f"{name}(2)").value
    assert derivatives(by_function) == derivatives(by_method)


def test_a_variable_that_the_result_does_not_depend_on() -> None:
    assert derivatives(run("unused = z\nx * 2")) == {"x": 2.0, "z": 0.0}
    assert derivatives(run("x if y > 0 else z")) == {"x": 1.0, "y": 0.0, "z": 0.0}


def test_an_input_whose_name_was_given_away_is_no_variable() -> None:
    assert derivatives(run("y = x * x\ny + y")) == {"x": 8.0}
    # But what was made of it before still depends on it.
    assert derivatives(run("x = x * 3\nx * y")) == {"x": 9.0, "y": 6.0}


def test_a_result_that_is_an_input() -> None:
    result = run("x")
    assert derivatives(result) == {"x": 1.0}
    assert result.graph is not None
    assert [len(getattr(result.graph, part)) for part in ("nodes", "edges", "order")] == [1, 0, 1]


def test_random_numbers_are_the_same_each_time() -> None:
    # Otherwise the central difference would be that of another function.
    (row,) = run("import random\nx * random.random()").derivatives
    assert row.central_difference == pytest.approx(row.derivative)


def test_values_that_are_not_finite_come_through() -> None:
    assert run("x * math.inf").value == math.inf
    assert math.isnan(run("x * math.nan").value or 0.0)


def test_one_run_leaves_nothing_for_the_next() -> None:
    assert run("minitorch = None\nlog = 3\nx = y = z = 7\nnothing").problem is not None
    assert derivatives(run("log(y) + x * z")) == {
        "x": 1.0,
        "y": pytest.approx(1 / 3, rel=1e-5),
        "z": 2.0,
    }


@pytest.mark.parametrize(
    ("code", "kind", "part", "line"),
    [
        ("x +", "SyntaxError", "invalid syntax", 1),
        ("a = x\nfoo(a)", "NameError", "foo", 2),
        ("3 + 4", "No Scalar", "The result is 7", None),
        ("", "No Scalar", "no expression yet", None),
        ("for i in range(3):\n    x", "No Scalar", "last line has to be an expression", None),
        ("x, y = y, x", "No Scalar", "last line has to be an expression", None),
        ("return", "No Scalar", "last line has to be an expression", None),
        ("print('hello')", "No Scalar", "The result is None, of type NoneType", None),
        ("if x:\npass", "IndentationError", "expected an indented block", 2),
        ("def f(t):\n    return f(t)\nf(x)", "RecursionError", "recursion", 2),
        ("raise ValueError\nx", "ValueError", "no message was given", 1),
        ("1 / (x - 2)", "ZeroDivisionError", "Inv.forward(0.0)", 1),
        ("(-x).log()", "ValueError", "Log.forward(-2.0)", 1),
        ("(x * 1000).exp()", "OverflowError", "Exp.forward(2000.0)", 1),
        ("import sys\nsys.exit()", "SystemExit", "ended Python", 2),
        ("raise KeyError('k')\nx", "KeyError", "k", 1),
    ],
)
def test_what_goes_wrong_is_said(code: str, kind: str, part: str, line: int | None) -> None:
    found = problem(code)
    assert (found[0], found[2]) == (kind, line)
    assert part in found[1]


@pytest.mark.parametrize(
    ("code", "part"),
    [
        ("x ** 2", "x * x"),
        ("x **= 2", "x * x"),
        ("x ^ 2", "x * x"),
        ("import math\nmath.exp(x)", "x.exp()"),
        ("foo", "x, y and z"),
        ("2x", "2 * x"),
        ("2(x + y)", "2 * x"),
        ("x(y + 1)", "2 * x"),
        ("xy", "x * y"),
        ("abs(x)", "relu"),
        ("x % 2", "+ - * /"),
        ("x // 2", "+ - * /"),
        ("x.sin()", "sigmoid()"),
        ("print('%.2f' % x)\nx", "f'{x:.2f}'"),
        ("'%d' % x", "x.data"),
        ("range(x)", "x.data"),
        ("float(x)", "x.data"),
        ("x = “a”\nx", "“ (U+201C) is a quotation mark"),
        ("print('a’)\nx", "’ (U+2019) is a quotation mark"),
        ("x\u00a0* y", "no-break space (U+00A0)"),
        ("x\u200b * y", "zero width space (U+200B)"),
        ("x × y", "× (U+00D7) is a sign of multiplication: write * instead"),
        ("x − y", "− (U+2212) is a minus sign"),
        ("x²", "² (U+00B2) is a square: write x * x"),
        ("x ≤ y", "U+2264"),
        (">>> x * y", ">>> is a prompt"),
        ("a = x\n... a", "prompt"),
        ("\u0445 * y", "cyrillic small letter ha"),
        ("def f(t):\n    return f(t)\nf(x)", "calls itself without end"),
        ("a = []\nfor _ in range(10**5):\n    a = [a]\nrepr(a)\nx", "nested too deeply"),
    ],
)
def test_common_mistakes_get_a_hint(code: str, part: str) -> None:
    found = run(code).problem
    assert found is not None
    assert part in (found.hint or "")


def test_the_traceback_shows_the_learners_lines_and_nothing_else() -> None:
    found = run("def f(a):\n    return a / 0\nf(x)").problem
    assert found is not None
    assert found.traceback.count('File "<expression>"') == 2
    assert "return a / 0" in found.traceback
    assert "bridge" not in found.traceback


@pytest.mark.parametrize(
    "code",
    [
        *("return x * y", "x *= y", "a = x\na *= y", "a: Scalar = x * y", "    x * y"),
        "    a = x\n# a remark\n    a * y",
        "  f = (\nx)\n  f * y",
    ],
)
def test_a_last_line_that_means_a_result_is_one(code: str) -> None:
    assert run(code).value == 6.0


@pytest.mark.parametrize(
    ("code", "part"),
    [("x != y", "1 - (x == y)"), ("print(x)", "without print"), ("3", "made of x, y, z")],
)
def test_a_result_that_is_no_scalar_gets_advice(code: str, part: str) -> None:
    assert part in problem(code)[1]


def test_strings_are_left_as_they_are() -> None:
    text = 'a = """one\n   \n\n  two  \n"""\nprint(repr(a))\nx'
    lines = text.split("\n")
    shifted = [f"    {line}" if i in (0, 5, 6) else line for i, line in enumerate(lines)]
    for code in (text, "\n".join(shifted)):
        assert run(code).output == "'one\\n   \\n\\n  two  \\n'\n"
    assert run("print(f'{x:.2f}')\nx").output == "2.00\n"


def test_compile_is_python_s_own() -> None:
    assert run("eval(compile('x * y', '', 'eval'))").value == 6.0
    assert run("minitorch.compile\nx").problem is None


def test_a_learners_backward_without_a_result_is_named() -> None:
    code = (
        "class Half(ScalarFunction):\n"
        "    @staticmethod\n"
        "    def forward(ctx, a):\n"
        "        return a / 2\n"
        "    @staticmethod\n"
        "    def backward(ctx, d_output):\n"
        "        pass\n"
        "Half.apply(x)"
    )
    assert "Half.backward gave None" in problem(code)[1]


@pytest.mark.parametrize(("terms", "is_drawn"), [(298, True), (299, False), (100_000, False)])
def test_too_large_a_graph_still_gives_the_numbers(terms: int, is_drawn: bool) -> None:
    result = run(f"total = x\nfor _ in range({terms}):\n    total = total + y\ntotal")
    assert (result.problem, result.graph is not None) == (None, is_drawn)
    assert result.node_count == terms + 2
    assert derivatives(result) == {"x": 1.0, "y": terms}


def test_output_is_kept_once_and_cut() -> None:
    assert run("import sys\nprint('hi')\nprint('ho', file=sys.stderr)\nx * y").output == "hi\nho\n"
    assert run("print('before')\nnothing").output == "before\n"
    long = run("print('a' * 10**6)\nx").output
    assert len(long) < LONGEST_OUTPUT + 100
    assert "cut here" in long


def test_long_values_are_not_written_out() -> None:
    assert len(problem("[x] * 100_000")[1]) < 500
    assert len(problem("raise ValueError('a' * 10**6)\nx")[1]) < 3_000


def test_a_central_difference_that_cannot_be_taken_is_left_out() -> None:
    (row,) = run("(x + 0.0).log() if x > 0 else x / 0", x=1e-9).derivatives
    assert row.central_difference is None
    assert row.derivative == pytest.approx(1 / (1e-9 + 1e-6))


# ------------------------------------------------------------------------------ more inputs


def run_with_spare(code: str, **spare: float) -> ExpressionResult:
    inputs = {"x": 2.0, "y": 3.0, "z": 1.0}
    return evaluate({"code": code, "inputs": inputs, "spare": spare, "maxNodes": 300})


def test_a_name_that_nobody_defines_is_an_input_where_there_is_one_to_spare() -> None:
    result = run_with_spare("w * x + b", w=5.0, b=0.5, v=7.0)
    assert (result.problem, result.value, result.names) == (None, 10.5, ["x", "w", "b"])
    assert derivatives(result) == {"x": 5.0, "w": 2.0, "b": 1.0}
    assert derivatives(run_with_spare("def f(t):\n    return t * w\nf(x)", t=9.0, w=5.0)) == {
        "x": 5.0,
        "w": 2.0,
    }


@pytest.mark.parametrize(
    "code",
    [
        *("w = x * 2\nw", "total = x\nfor w in range(3):\n    total = total + w\ntotal"),
        *("(lambda w: w * y)(x)", "def w(a):\n    return a * y\nw(x)"),
        *("import math as w\nx * w.pi", "[w * x for w in (1, 2)][0]"),
        "try:\n    1 / 0\nexcept ZeroDivisionError as w:\n    print(w)\nx",
    ],
)
def test_what_the_code_defines_is_no_input(code: str) -> None:
    result = run_with_spare(code, w=5.0)
    assert (result.problem, "w" in result.names) == (None, False)


def test_what_is_called_is_no_input_and_the_names_are_told_with_a_problem() -> None:
    found = run_with_spare("f(w)", f=1.0, w=1.0)
    assert found.problem is not None
    assert (found.problem.kind, found.names) == ("NameError", ["w"])
    assert "any small letter" in (found.problem.hint or "")
    assert run_with_spare("1 / (w - 1)", w=1.0).names == ["w"]


# -------------------------------------------------------------- where the two ways disagree

SQUARE = """
class Square(ScalarFunction):
    @staticmethod
    def forward(ctx, a):
        ctx.save_for_backward(a)
        return a * a
    @staticmethod
    def backward(ctx, d_output):
        (a,) = ctx.saved_values
        return {slope} * d_output
Square.apply({at})
"""


@pytest.mark.parametrize(
    ("code", "inputs", "part"),
    [
        ("x.relu()", {"x": 0.0}, "a corner, a jump, or is very steep"),
        ("(x < 1.2) * 3", {"x": 1.2}, "a corner, a jump, or is very steep"),
        (SQUARE.format(slope="a", at="x"), {}, "`backward` of Square gives 2.0 where"),
        (SQUARE.format(slope="a", at="x"), {}, "differences say 4.0"),
        (SQUARE.format(slope="2.02 * a", at="x * y"), {}, "`backward` of Square gives 12.12"),
        ("y = x * 1\nScalar(x.data) * y", {}, "left the graph here (`x.data`, line 2)"),
        ("minitorch.Scalar((x * y).data * 2) + x", {}, "left the graph here (`(x * y).data`, lin"),
    ],
)
def test_why_derivatives_differ_is_said(code: str, inputs: dict[str, float], part: str) -> None:
    result = run(code, **inputs)
    assert result.problem is None
    assert part in (result.remark or "")


@pytest.mark.parametrize(
    ("code", "inputs"),
    [
        ("x * y + z", {}),
        ("x * 1.0", {"x": 1e10}),
        (SQUARE.format(slope="2 * a", at="x"), {"x": 1e8}),
        ("1 / x", {"x": 1e-4}),
        ("(1000 * x).exp()", {"x": 0.5}),
    ],
)
def test_nothing_is_said_where_there_is_nothing_to_say(code: str, inputs: dict[str, float]) -> None:
    result = run(code, **inputs)
    assert (result.problem, result.remark) == (None, None)

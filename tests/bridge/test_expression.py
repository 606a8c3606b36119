"""Evaluating what a learner types: results, and every way in which it can go wrong."""

from __future__ import annotations

from typing import Any

import pytest

from bridge.expression import OUTPUT_LIMIT, Result, evaluate


def run(code: str, max_nodes: int = 300, **inputs: float) -> Result:
    return evaluate(
        {"code": code, "inputs": {"x": 2.0, "y": 3.0, "z": 1.0, **inputs}, "maxNodes": max_nodes}
    )


def derivatives(result: Result) -> dict[str, float]:
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
    assert [node.name for node in graph["nodes"]] == [None, "y", "x"]
    assert len(graph["edges"]) == 4
    assert [edge["contribution"] for edge in graph["edges"]] == [1.0, 1.0, 4.0, 4.0]


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


def test_a_variable_that_the_result_does_not_depend_on() -> None:
    assert derivatives(run("unused = z\nx * 2")) == {"x": 2.0, "z": 0.0}


@pytest.mark.parametrize(
    ("code", "kind", "part", "line"),
    [
        ("x +", "SyntaxError", "invalid syntax", 1),
        ("a = x\nfoo(a)", "NameError", "foo", 2),
        ("3 + 4", "No Scalar", "The result is 7", None),
        ("", "No Scalar", "no expression yet", None),
        ("for i in range(3):\n    x", "No Scalar", "last line has to be an expression", None),
        ("1 / (x - 2)", "ZeroDivisionError", "Inv.forward(0.0)", 1),
        ("(-x).log()", "ValueError", "Log.forward(-2.0)", 1),
        ("(x * 1000).exp()", "OverflowError", "Exp.forward(2000.0)", 1),
        ("import sys\nsys.exit()", "SystemExit", "ended Python", None),
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
        ("import math\nmath.exp(x)", "x.exp()"),
        ("foo", "x, y and z"),
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


def test_too_large_a_graph_still_gives_the_numbers() -> None:
    result = run("total = x\nfor _ in range(400):\n    total = total + y\ntotal")
    assert (result.problem, result.graph, result.node_count) == (None, None, 402)
    assert derivatives(result) == {"x": 1.0, "y": 400.0}


def test_output_is_kept_once_and_cut() -> None:
    assert run("import sys\nprint('hi')\nprint('ho', file=sys.stderr)\nx * y").output == "hi\nho\n"
    long = run("print('a' * 10**6)\nx").output
    assert len(long) < OUTPUT_LIMIT + 100
    assert "cut here" in long


def test_long_values_are_not_written_out() -> None:
    assert len(problem("[x] * 100_000")[1]) < 500
    assert len(problem("raise ValueError('a' * 10**6)\nx")[1]) < 3_000


def test_a_central_difference_that_cannot_be_taken_is_left_out() -> None:
    (row,) = run("(x + 0.0).log() if x > 0 else x / 0", x=1e-9).derivatives
    assert row.central_difference is None
    assert row.derivative == pytest.approx(1 / (1e-9 + 1e-6))

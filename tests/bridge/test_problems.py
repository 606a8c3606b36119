"""Exceptions in the learner's terms."""

import re
from typing import Any

import pytest

from bridge.sandbox.problems import HINTS, Problem, describe, remember_source
from minitorch import Scalar, ScalarFunction

FILE = "<learner>"


def problem_of(code: str, **names: Any) -> Problem:
    """Run code that raises, and describe what it raised."""
    remember_source(code, FILE)
    with pytest.raises(BaseException) as caught:  # noqa: PT011
        exec(compile(code, FILE, "exec"), names)
    return describe(caught.value, FILE)


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("x ** 2", "write x * x for x²"),
        ("2 ** x", "write x * x for x²"),
        ("x ^ 2", "In Python ^ is not a power"),
        ("math.sin(x)", "x.log(), x.exp(), x.sigmoid() or x.relu()"),
        ("math.exp(x)", "x.log(), x.exp(), x.sigmoid() or x.relu()"),
        ("sin(x)", "There are x, y and z"),
        ("x <= 2", "Scalars have < and > only."),
        ("x >= x", "Scalars have < and > only."),
        ("(-x).log()", "defined for positive numbers only"),
        ("x / 0", "keep the divisor away from 0"),
        ("1 / (x - x)", "keep the divisor away from 0"),
        ("1 / 0", "keep the divisor away from 0"),
        ("(x * 1000).exp()", "Try smaller values."),
    ],
)
def test_a_common_mistake_has_a_hint(code: str, hint: str) -> None:
    import math

    problem = problem_of(code, x=Scalar(3.0), math=math)
    assert problem.hint is not None, problem
    assert hint in problem.hint


def test_other_mistakes_have_none() -> None:
    assert problem_of("raise RuntimeError('something else')").hint is None


def test_every_hint_is_a_sentence() -> None:
    for pattern, hint in HINTS:
        re.compile(pattern)
        assert hint.endswith(".")


def test_the_line_is_the_learners_even_where_the_library_raises() -> None:
    problem = problem_of("a = x + 1\n\nb = a * 'three'", x=Scalar(1.0))
    assert problem.kind == "TypeError"
    assert problem.line == 3
    assert "b = a * 'three'" in problem.traceback
    assert "site-packages" not in problem.traceback


def test_the_line_is_the_innermost_of_the_learners_own() -> None:
    code = "def f():\n    g()\ndef g():\n    1 / 0\nf()"
    problem = problem_of(code)
    assert problem.line == 4
    assert problem.traceback.count("File") == 3


def test_a_mistake_in_a_function_that_backward_calls_has_its_line() -> None:
    code = (
        "class Odd(ScalarFunction):\n"
        "    @staticmethod\n"
        "    def forward(ctx, a):\n"
        "        return a\n"
        "    @staticmethod\n"
        "    def backward(ctx, d):\n"
        "        return undefined\n"
        "Odd.apply(x).backward()"
    )
    problem = problem_of(code, ScalarFunction=ScalarFunction, x=Scalar(1.0))
    assert problem.kind == "NameError"
    assert problem.line == 7


def test_an_endless_recursion_is_told_shortly() -> None:
    problem = problem_of("def f(n):\n    return f(n + 1)\nf(0)")
    assert problem.kind == "RecursionError"
    assert problem.line == 2
    assert len(problem.traceback) < 3000


def test_a_syntax_error_has_line_and_mark() -> None:
    text = "a = 1\nb = (a +\n"
    remember_source(text, FILE)
    with pytest.raises(SyntaxError) as caught:
        compile(text, FILE, "exec")
    problem = describe(caught.value, FILE)
    assert problem.kind == "SyntaxError"
    assert problem.line == 2
    assert "^" in problem.traceback


def test_a_syntax_error_of_code_inside_the_code_has_the_callers_line() -> None:
    problem = problem_of("\nexec('1 +')")
    assert problem.kind == "SyntaxError"
    assert problem.line == 2


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("{}['a key']", "a key"),
        ("raise ValueError", "no message was given"),
        ("raise SystemExit('bye')", "The code ended Python; here it has only to end itself."),
    ],
)
def test_messages_that_python_would_leave_odd(code: str, message: str) -> None:
    assert problem_of(code).message == message

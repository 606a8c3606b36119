"""Running a program for what it prints."""

from __future__ import annotations

import pytest

from bridge.running import run


def test_what_is_printed_comes_back() -> None:
    result = run("from minitorch import Scalar\nx = Scalar(3.0)\nprint(x * x)\n")
    assert (result.output, result.problem) == ("Scalar(9.0)\n", None)


def test_it_needs_no_result_and_prints_once() -> None:
    assert run("print('a')\nfor i in range(2):\n    print(i)").output == "a\n0\n1\n"
    assert run("").output == ""


def test_names_are_its_own_and_forgotten() -> None:
    run("secret = 1")
    result = run("print('secret' in globals(), __name__)")
    assert result.output == "False __main__\n"


@pytest.mark.parametrize(
    ("code", "kind", "line"),
    [
        ("print(1)\n1 / 0", "ZeroDivisionError", 2),
        ("x = (", "SyntaxError", 1),
        ("raise SystemExit(3)", "SystemExit", 1),
        ("def f():\n    return f()\nf()", "RecursionError", 2),
        ("(" * 5000 + ")" * 5000, "SyntaxError", 1),
    ],
)
def test_what_goes_wrong_is_said_with_its_line(code: str, kind: str, line: int) -> None:
    result = run(code)
    assert result.problem is not None
    assert (result.problem.kind, result.problem.line) == (kind, line)
    assert result.output == ("1\n" if kind == "ZeroDivisionError" else "")


def test_numbers_at_random_are_the_same_each_time() -> None:
    code = "import random\nprint(random.random())"
    assert run(code).output == run(code).output

"""Programs that are too deep, too long, or no text."""

from __future__ import annotations

import time

import pytest

from bridge.expression import ExpressionResult, evaluate
from bridge.sandbox.source import DEEPEST, deepest


def run(code: str) -> ExpressionResult:
    return evaluate({"code": code, "inputs": {"x": 2.0}, "maxNodes": 9})


MANY = 100_000


@pytest.mark.parametrize(
    "code",
    [
        "x + " * MANY + "x",
        "(x +\n" + "x +\n" * MANY + "x)",
        "-" * MANY + "x",
        "x" + ".a" * MANY,
        "x" + "()" * MANY,
        "x" + "[0]" * MANY,
        "not " * MANY + "x",
        "x if x else " * MANY + "x",
        "lambda: " * MANY + "x",
        "(" * MANY + "x" + ")" * MANY,
        "[1, " * MANY,
        "if x: pass\n" + "elif x: pass\n" * MANY + "x",
    ],
)
def test_too_deep_is_refused_in_words(code: str) -> None:
    assert deepest(code)[0] > DEEPEST  # before the parser meets it
    found = run(f"a = 1\n{code}").problem
    assert found is not None
    assert (found.kind, found.message) == (
        "SyntaxError",
        "This is too deeply nested for Python here.",
    )
    assert found.line is not None
    assert found.line > 1
    assert found.hint


@pytest.mark.parametrize(
    "code",
    [
        "a = [" + "-1.5, " * 20_000 + "]",
        "a = [" + "(1 - 2, {3: -4}), " * 5_000 + "]",
        "a = 1 + 2\n" * 20_000,
        "if x > 1: pass\n" * 3_000,
        "a = '" + "+" * 10**6 + "'",
        'a = """' + "(\n" * MANY + '"""',
        "# " + "(-" * MANY,
        "a = (1 +\n  2)\n" * 10_000,
        "a = 1 + \\\n  2\n" * 10_000,
        "a = [" + "'it\\'s + (', " * 10_000 + "]",
        " + ".join(["x"] * 400),
    ],
)
def test_long_is_not_deep(code: str) -> None:
    assert deepest(code)[0] <= DEEPEST
    assert run(f"{code}\nx").problem is None


def test_a_megabyte_takes_no_time_to_be_looked_at() -> None:
    for code in ("'" * 10**6, '"""' * 300_000 + "'", "\\" * 10**6, "x" * 10**6, "#" * 10**6):
        start = time.perf_counter()
        deepest(code)
        assert time.perf_counter() - start < 10  # some would take hours, done badly


@pytest.mark.parametrize(
    ("code", "line"), [("x\n\0", 2), ("x\n\n\ud800", 3), ("\udfff = 1", 1), ("a = x\0", 1)]
)
def test_what_is_no_text_has_its_line(code: str, line: int) -> None:
    found = run(code).problem
    assert found is not None
    assert (found.kind, found.line) == ("SyntaxError", line)
    (found.message + found.traceback).encode()


def test_half_a_pair_in_a_string_is_replaced() -> None:
    assert run("print('\ud800')\nx").output == "�\n"


def test_line_ends_of_any_kind_and_the_lines_of_a_traceback() -> None:
    found = run("a = 1\r\nb = '\x0c'\rnothing").problem
    assert found is not None
    assert found.line == 3
    assert "nothing" in found.traceback

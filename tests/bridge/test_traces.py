"""What a program leaves behind is seen, and what leaves nothing behind is left alone."""

from __future__ import annotations

import json
import os
import sys

import pytest

from bridge.expression import evaluate
from bridge.sandbox.traces import Traces
from tests.browser.left_behind import MENDED, SEEN


def left_by(*programs: str) -> list[str]:
    """Run programs in a Python of their own, a copy of this one; list what they leave there."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        noted: list[str] = []
        try:
            traces = Traces()
            run("1 / 0"), run("1 +"), run("x * y")
            traces.watch(noted.append)
            for program in programs:
                run(f"{program}\nx * y")
            found = [*noted, *traces.found()]
        except BaseException as error:
            found = [repr(error)]
        with os.fdopen(writer, "w") as pipe:
            json.dump(found, pipe)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        found = json.load(pipe)
    os.waitpid(child, 0)
    return found


def run(code: str) -> None:
    evaluate({"code": code, "inputs": {"x": 2.0, "y": 3.0, "z": 1.0}, "maxNodes": 300})


@pytest.mark.parametrize("what", SEEN)
def test_what_is_left_behind_is_seen(what: str) -> None:
    if "monitoring" in SEEN[what] and not hasattr(sys, "monitoring"):
        pytest.skip("this Python has no tools to monitor it")
    assert left_by(SEEN[what]) != []


@pytest.mark.parametrize("what", MENDED)
def test_what_the_guard_has_mended_is_not_left(what: str) -> None:
    assert left_by(MENDED[what]) == []


def test_ordinary_programs_leave_nothing() -> None:
    programs = [
        "print(x.sigmoid() + log(y))",
        "class Square(minitorch.ScalarFunction):\n  @staticmethod\n  def forward(ctx, a):\n"
        "    ctx.save_for_backward(a)\n    return a * a\n  @staticmethod\n"
        "  def backward(ctx, d):\n    (a,) = ctx.saved_values\n    return 2 * a * d\n"
        "Square.apply(x)",
        "def f(n): return 1 if n < 2 else n * f(n - 1)\nf(5)",
        "import math, random\nmath.sin(random.random())",
        "minitorch.derivative_check(lambda a, b: a * b, x, y)",
        "for name in minitorch.datasets: minitorch.datasets[name](10)",
        "model = minitorch.Network(3)\nmodel.train()",
        "total = Scalar(0.0)\nfor i in range(1000): total = total + x",
        "raise ValueError('as it happens')",
        "def f(): return f()\nf()",
        "undefined",
        "x +",
    ]
    assert left_by(*programs) == []

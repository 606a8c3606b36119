"""What a program leaves behind is seen, and what leaves nothing behind is left alone."""

from __future__ import annotations

import json
import os
import sys

import pytest

from bridge.expression import evaluate
from bridge.sandbox.traces import Traces
from tests.bridge.worker import ask_all, edited
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


HOOK = "gc.callbacks.append(lambda *_: None)"


def request(code: str) -> dict[str, object]:
    return {"code": code, "inputs": {"x": 2.0, "y": 3.0}, "maxNodes": 300}


@pytest.mark.parametrize(
    ("code", "is_left"),
    [
        ("x * y", False),
        ("1 / 0", False),
        ("minitorch.autodiff.Context.__init__ = None\nx", True),
        ("minitorch.operators.mul = None\nx", True),
        ("minitorch.operators.mine = 3\nx", True),
    ],
)
def test_what_is_left_in_a_learner_s_library_is_seen(code: str, is_left: bool) -> None:
    """But not what the library does itself: it may count its Scalars."""
    counts = edited("scalar", "class Scalar:", "MADE = 0\n\n\nclass Scalar:\n    made = 0\n")
    text = counts["minitorch/scalar.py"]
    made = "        global MADE\n        MADE = Scalar.made = Scalar.made + 1\n"
    start = text.index("        self.", text.index("def __init__", text.index("class Scalar:")))
    counts["minitorch/scalar.py"] = text[:start] + made + text[start:]
    _, evaluated, left = ask_all(
        ("workspace.lay", counts), ("expression.evaluate", request(code)), ("programs.leftovers",)
    )
    assert evaluated["answer"]["value"] is not None or code == "1 / 0"
    assert bool(left["answer"]) is is_left, left


@pytest.mark.parametrize(("code", "is_left"), [("", False), (HOOK, True)])
def test_what_tests_leave_behind_is_seen(code: str, is_left: bool) -> None:
    files = {"test_a.py": f"import gc\ndef test_a():\n    assert gc\n    {code}\n"}
    first, left = ask_all(("checking.runTests", files, []), ("programs.leftovers",))
    assert first["answer"]["passed"] == 1
    assert bool(left["answer"]) is is_left, left

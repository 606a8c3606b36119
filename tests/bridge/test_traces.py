"""What a program leaves behind is seen, and what leaves nothing behind is left alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from tests.bridge.worker import ask_all, edited
from tests.browser.left_behind import MENDED, SEEN
from web.tools.paths import ROOT

Left = Callable[..., list[str]]


@pytest.fixture(scope="module")
def fresh() -> Iterator[subprocess.Popen[str]]:
    """A Python in which nothing else has been done."""
    command = [sys.executable, "-m", "tests.bridge.copies"]
    paths = os.pathsep.join([str(ROOT), str(ROOT / "web")])
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": paths},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as python:
        yield python
        assert python.stdin
        python.stdin.close()


@pytest.fixture
def left_by(fresh: subprocess.Popen[str]) -> Callable[..., list[str]]:
    """Run programs in a copy of it; list what they leave there."""

    def ask(*programs: str) -> list[str]:
        assert fresh.stdin
        assert fresh.stdout
        fresh.stdin.write(json.dumps(programs) + "\n")
        fresh.stdin.flush()
        found: list[str] = json.loads(fresh.stdout.readline())
        return found

    return ask


@pytest.mark.parametrize("what", SEEN)
def test_what_is_left_behind_is_seen(left_by: Left, what: str) -> None:
    if "monitoring" in SEEN[what] and not hasattr(sys, "monitoring"):
        pytest.skip("this Python has no tools to monitor it")
    assert left_by(SEEN[what]) != []


@pytest.mark.parametrize("what", MENDED)
def test_what_the_guard_has_mended_is_not_left(left_by: Left, what: str) -> None:
    assert left_by(MENDED[what]) == []


def test_ordinary_programs_leave_nothing(left_by: Left) -> None:
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


def test_no_subject_leaves_anything_behind_by_itself() -> None:
    function = {"code": "x * x", "ranges": [[-1, 1], [-1, 1]], "counts": [9, 5]}
    place = {"code": "x / y", "at": [1, 0], "epsilons": [0.1], "maxNodes": 9}
    *answers, left = ask_all(
        ("functions.sample", function),
        ("functions.look", place),
        ("functions.look", {**place, "at": [1, 2]}),
        ("running.run", "import math, random\nprint(math.pi, random.random())"),
        ("running.run", "1 / 0"),
        ("running.run", "import minitorch\nprint(minitorch.Scalar(2.0) * 3)"),
        ("expression.evaluate", request("x * y")),
        ("programs.leftovers",),
    )
    assert all("answer" in answer for answer in answers), answers
    assert left["answer"] == []

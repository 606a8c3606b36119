"""What a learner's code bends is mended; where Stop is heard, and where it is not."""

from __future__ import annotations

import builtins
import gc
import logging
import math
import os
import random
import signal
import sys
import time
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

import minitorch
from bridge.expression import ExpressionResult, evaluate
from bridge.sandbox import stopping


@pytest.fixture(autouse=True)
def without_others_callbacks() -> Iterator[None]:
    """Hypothesis looks on at each garbage collection, where an interrupt would meet it."""
    theirs, gc.callbacks[:] = gc.callbacks[:], []
    yield
    gc.callbacks[:] = theirs


def run(code: str) -> ExpressionResult:
    return evaluate({"code": code, "inputs": {"x": 2.0, "y": 3.0, "z": 1.0}, "maxNodes": 300})


def kind(code: str) -> str | None:
    found = run(code).problem
    return found and found.kind


def state() -> list[Any]:
    """All that a run might have bent, by identity."""
    names = sorted(minitorch.__all__)
    classes = [c for name in names if isinstance(c := getattr(minitorch, name), type)]
    return [
        *(dict(vars(module)) for module in (builtins, minitorch, minitorch.operators, math, os)),
        *(dict(vars(cls)) for cls in classes),
        [sys.stdout, sys.stderr, sys.__stdout__, sys.stdin, sys.path[:], sys.meta_path[:]],
        [sys.gettrace(), sys.getprofile(), sys.getrecursionlimit(), sys.breakpointhook],
        [gc.isenabled(), signal.getsignal(signal.SIGINT), time.sleep, sys.setrecursionlimit],
        [warnings.filters[:], logging.root.handlers[:], logging.root.level],
        [dict(minitorch.datasets), sys.modules.get("minitorch"), sys.modules.get("made_up")],
    ]


@pytest.mark.parametrize(
    "code",
    [
        "print = 3",
        "import builtins\nbuiltins.print = builtins.len = builtins.isinstance = None",
        "import builtins\nbuiltins.__import__ = None\nbuiltins.added = 1",
        "import builtins\nvars(builtins).clear()",
        "import sys\nsys.stdout = sys.stderr = sys.__stdout__ = None",
        "import sys\nsys.stdout.close()",
        "import sys\nsys.stdout.detach()",
        "import sys\nsys.settrace(lambda *_: 1 / 0)",
        "import sys\nsys.setprofile(lambda *_: 1 / 0)",
        "import sys\nsys.setprofile(lambda *_: None)\nsys.settrace(lambda *_: None)",
        "import sys\nsys.setrecursionlimit(10**9)",
        "import sys\nsys.setrecursionlimit(50)",
        "import sys\nsys.path.clear()\nsys.meta_path.clear()\nsys.path = None",
        "import sys\nsys.modules.clear()",
        "import sys\nsys.modules = {}",
        "import sys\nsys.modules['made_up'] = 3\nsys.modules['minitorch'] = None",
        "import gc\ngc.disable()",
        "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)",
        "import warnings\nwarnings.simplefilter('error')\nwarnings.filters = []",
        "import logging\nlogging.basicConfig(level=1)",
        "import logging\nlogging.root.handlers.clear()\nlogging.root.handlers = None",
        "minitorch.Scalar.__add__ = minitorch.Scalar.added = lambda *_: 3",
        "del minitorch.Scalar, minitorch.operators",
        "minitorch.datasets.clear()",
        "import minitorch.operators as o\no.mul = o.inv = None",
        "import math, os, time\nmath.exp = os.path = time.sleep = None",
        "import bridge.sandbox.guard as g\ng.Guard.__exit__ = None\ng.STOP = None",
        "import bridge.expression as e\ne.evaluate = None",
        "import bridge.sandbox.problems as p\np.HINTS.clear()",
        "import random\nrandom.seed = random.Random = None",
    ],
)
def test_a_run_leaves_python_as_it_was(code: str) -> None:
    before = state()
    run(f"{code}\nx * y")
    assert state() == before
    assert run("x * y").value == 6.0
    assert kind("foo") == "NameError"
    assert run("print(len('ab'))\n1 / x").output == "2\n"


def test_what_was_imported_stays_so_that_it_need_not_be_loaded_again() -> None:
    sys.modules.pop("colorsys", None)
    run("import colorsys\nx")
    assert "colorsys" in sys.modules


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("input()", "EOFError"),
        ("breakpoint()", "RuntimeError"),
        ("import os\nos._exit(1)", "SystemExit"),
        ("import os\nos.abort()", "SystemExit"),
        ("raise SystemExit", "SystemExit"),
        ("raise KeyboardInterrupt", "Stopped"),
        ("import sys\nsys.setrecursionlimit(10**9)\ndef f(): f()\nf()", "RecursionError"),
        ("raise MemoryError", "MemoryError"),
        ("import nothing_of_that_name", "ModuleNotFoundError"),
        ("import asyncio\ndef f(): await asyncio.sleep(1)", "SyntaxError"),
    ],
)
def test_what_there_is_not_is_said(code: str, expected: str) -> None:
    found = run(f"{code}\nx").problem
    assert found is not None
    assert found.kind == expected
    assert found.line == code.count("\n") + (1 if found.kind != "RecursionError" else 0)
    assert found.hint or expected in ("SystemExit", "Stopped")


# ------------------------------------------------------------------------------------- stopping


@pytest.fixture
def page() -> Iterator[None]:
    """Hear of Stop as the page's Python does; a timer sends it."""
    before = stopping.listen(), signal.signal(signal.SIGALRM, stopping._interrupt)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGINT, before[0])
    signal.signal(signal.SIGALRM, before[1])


def stop_after(seconds: float) -> None:
    signal.setitimer(signal.ITIMER_REAL, seconds)


HELPER = "def turn(n):\n\n  while n: n += 1\n"


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("a = 1\nwhile True: pass\nx", 2),
        ("while True: print(1)\nx", 1),
        (f"{HELPER}\nturn(1)\nx", 3),
        ("total = x\n\nwhile True:\n total = total * y\nx", 4),
        ("import time\ntime.sleep(60)\nx", 2),
        # Ways to reach the learner's code again when it has ended.
        ("class A:\n def __repr__(self):\n  while 1: pass\nA()", 3),
        ("class E(Exception):\n def __str__(self):\n  while 1: pass\nraise E\nx", 3),
        # While the central difference is taken: the first run has ended well.
        ("if 'once' in vars(math):\n while True: pass\nmath.once = 1\nx", 2),
    ],
)
def test_stop_is_told_with_the_line(page: None, code: str, line: int) -> None:
    # The code sets the timer itself, so that the signal can't come before it has begun.
    result = run(f"import signal; signal.setitimer(signal.ITIMER_REAL, 0.05, 0.1)\n{code}")
    stop_after(0)
    assert result.problem is not None
    assert (result.problem.kind, result.problem.line) == ("Stopped", line + 1)
    assert result.problem.message == f"You stopped it in line {line + 1}."
    assert (result.problem.hint, result.problem.traceback) == (None, "")
    assert result.value is None


def test_stop_at_any_moment_leaves_all_whole(page: None) -> None:
    before, chance, kinds = state(), random.Random(0), set()
    code = "def f(a):\n  return a * y\nprint('hi')\nf(x)"
    start = time.perf_counter()
    run(code)
    seconds = 1.5 * (time.perf_counter() - start)
    for _ in range(300):
        stop_after(chance.uniform(0.00001, seconds))
        result = run(code)
        stop_after(0)
        kinds.add(result.problem and result.problem.kind)
        assert result.problem is not None or result.value == 6.0
        assert sys.stdout is before[-5][0]
    assert state() == before
    assert kinds == {None, "Stopped"}


def test_stop_is_nothing_to_the_bridge_itself(page: None) -> None:
    os.kill(os.getpid(), signal.SIGINT)
    assert run("x * y").value == 6.0


def test_sleep_in_slices_sleeps_as_long_and_takes_the_same() -> None:
    start = time.monotonic()
    stopping._sleep(0.05)
    assert time.monotonic() - start >= 0.05
    with pytest.raises(ValueError, match="non-negative"):
        stopping._sleep(-1)


# ----------------------------------------------------------------------------- hostile exceptions


@pytest.mark.parametrize(
    ("body", "base"),
    [
        ("def __str__(self): raise KeyError", "Exception"),
        ("def __str__(self): return 3", "Exception"),
        ("def __str__(self): return str(self)", "Exception"),
        ("def __str__(self): return 'a' * 10**7", "Exception"),
        ("def __str__(self): return '\\ud800'", "Exception"),
        ("args = __traceback__ = property(lambda self: 1 / 0)", "Exception"),
        ("__class__ = property(lambda self: 1 / 0)", "Exception"),
        ("__notes__ = property(lambda self: 1 / 0)", "Exception"),
        ("__notes__ = ['a' * 10**6] * 100", "Exception"),
        ("msg = filename = property(lambda self: 1 / 0)", "SyntaxError"),
        ("__cause__ = property(lambda self: 1 / 0)", "BaseException"),
        ("__module__ = 3", "KeyError"),
    ],
)
def test_any_exception_can_be_told(body: str, base: str) -> None:
    found = run(f"class Mine({base}):\n    {body}\nraise Mine\nx").problem
    assert found is not None
    assert (found.kind, found.line) == ("Mine", 3)
    assert len(found.message) < 3_000
    assert len(found.traceback) < 100_000
    (found.message + found.traceback).encode()


def test_a_class_s_name_is_its_own() -> None:
    code = "class M(type):\n __name__ = property(lambda c: 1 / 0)\nclass E(Exception, metaclass=M):"
    assert kind(f"{code} pass\nraise E\nx") == "E"
    assert kind(f"{code} pass\nE.__qualname__ = 'a' * 10**6\nraise E\nx") == "E"


def test_many_causes_are_not_gone_through() -> None:
    code = "e = None\nfor i in range(900):\n n = ValueError(i)\n n.__cause__ = e\n e = n\n"
    found = run(f"{code}raise e\nx").problem
    assert found is not None
    assert (found.kind, found.message, found.line) == ("ValueError", "899", 6)
    assert kind("raise ExceptionGroup('some', [ValueError(1)])\nx") == "ExceptionGroup"


def test_what_a_failed_run_has_made_is_freed_at_once() -> None:
    gc.collect()
    gc.disable()
    make = "import colorsys, weakref\nclass Big: pass\nbig = Big()\ncolorsys.big = weakref.ref(big)"
    run(f"{make}\n1 / 0\nx")
    gc.enable()
    assert sys.modules["colorsys"].big() is None  # type: ignore[attr-defined]

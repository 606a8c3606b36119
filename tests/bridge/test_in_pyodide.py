"""What only the page's Python does: its stack is shorter, its memory smaller, Stop is a byte."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
PYODIDE = ROOT / "web" / "node_modules" / "pyodide" / "pyodide.mjs"
pytestmark = pytest.mark.skipif(
    not shutil.which("node") or not PYODIDE.exists(), reason="no Node, or no Pyodide here"
)


class Case(NamedTuple):
    """A program, and the problem that comes of it."""

    code: str
    kind: str | None
    line: int | None = None


ENDLESS = "class A:\n def __{}__(self, *_): return {}\n"
ENDLESS_TEXT = "class E(Exception):\n def __str__(self):\n  while 1: pass\n"
STOP = "import js; js.stopAfter(30)\n"
CASES = [
    Case(STOP + "while True: pass\nx", "Stopped", 2),
    Case(STOP + "while True: print(1)\nx", "Stopped", 2),
    Case(STOP + "import time\n\ntime.sleep(60)\nx", "Stopped", 4),
    Case(STOP + "import asyncio\nawait asyncio.sleep(60)\nx", "Stopped", 3),
    Case(STOP + "import asyncio\nasyncio.run(asyncio.sleep(60))\nx", "Stopped", 3),
    Case("import asyncio\nawait asyncio.sleep(0.01)\nx", None),
    Case(STOP + "import threading\nthreading.Event().wait(60)\nx", "Stopped", 3),
    Case(STOP + "total = x\nwhile True:\n total = total * y\nx", "Stopped", 4),
    Case(
        STOP + "class E(Exception):\n def __str__(self):\n  while 1: pass\nraise E\nx", "Stopped", 4
    ),
    # Recursion that goes through C: JavaScript's stack would end before Python's.
    Case(ENDLESS.format("str", "str(self)") + "str(A())\nx", "RecursionError", 2),
    Case(ENDLESS.format("eq", "self == A()") + "A() == A()\nx", "RecursionError", 2),
    Case(ENDLESS.format("add", "self + A()") + "A() + A()\nx", "RecursionError", 2),
    Case(ENDLESS.format("getattr", "self.a") + "A().a\nx", "RecursionError", 2),
    Case("def f(n): return max([n, n], key=f)\nf(1)\nx", "RecursionError", 1),
    Case("import sys\nsys.setrecursionlimit(10**9)\ndef f(): return f()\nf()", "RecursionError", 3),
    Case("import gc\ngc.collect()\nx", None),  # which frees what those have left
    # Depth that the parser would not survive; and what it has to.
    *(Case(f"\n{part * 100_000}x", "SyntaxError", 2) for part in ("x + ", "not ", "lambda: ")),
    Case(f"\n{'(' * 100_000}x", "SyntaxError", 2),
    Case("x" + "()" * 100_000, "SyntaxError", 1),
    Case("x" + " + x" * 400, None),
    Case("if x: pass\n" + "elif x: pass\n" * 450 + "x", None),
    Case("a = [" + "-1.5, " * 100_000 + "]\nx", None),
    # What there is not.
    Case("[0] * 10**10\nx", "OverflowError", 1),
    Case("[0] * 2**29\nx", "MemoryError", 1),
    Case("import os\nos._exit(1)\nx", "SystemExit", 2),
    Case("import os\nos.abort()\nx", "SystemExit", 2),
    Case("import antigravity\nx", "ImportError", 1),
    Case("import threading\nthreading.Thread(target=print).start()\nx", "RuntimeError", 2),
    Case("import subprocess\nsubprocess.run(['ls'])\nx", "OSError", 2),
    Case("import asyncio\nawait asyncio.Event().wait()\nx", "RuntimeError", 2),
    Case('import micropip\nawait micropip.install("numpy")\nx', "ValueError", 2),
    Case("import numpy\nx", "ModuleNotFoundError", 1),
    Case("s = '\ud800'\nx", None),
    Case("a = x * y\na.name = '\ud800'\na", None),
    Case("x * y", None),
]


def test_every_program_ends_in_words_and_the_next_one_runs(tmp_path: Path) -> None:
    programs = tmp_path / "programs.json"
    programs.write_text(json.dumps([case.code for case in CASES]))
    done = subprocess.run(
        ["node", Path(__file__).parent / "pyodide.mjs", PYODIDE, ROOT, programs],
        capture_output=True,
        text=True,
        timeout=120,
    )
    results: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    for case, result in zip(CASES, results, strict=False):
        problem = result["problem"] or {"kind": None, "line": None}
        assert (problem["kind"], problem["line"]) == case[1:], (case.code[:80], problem)
        if case.kind not in (None, "Stopped", "SystemExit"):
            assert problem["hint"], problem
    assert len(results) == len(CASES), (CASES[len(results)].code[:80], done.stderr[-2_000:])
    assert max(result["seconds"] for result in results) < 30, "a Stop was not heard"

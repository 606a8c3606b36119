"""Programs that a page has to survive, and how each of them ends.

The tests run them with and without cross-origin isolation, and `build.py bench` times how long
Stop takes for those that don't end by themselves.
"""

from typing import NamedTuple


class Endless(NamedTuple):
    """A program that has to be stopped; `line` is where that finds it, where there is but one."""

    code: str
    line: int | None


class Ending(NamedTuple):
    """A program that ends by itself, and what is said of it where the person is looking."""

    code: str
    said: str


ENDLESS = {
    "a loop": Endless("y * z\nwhile True: pass\nx", 2),
    "a loop that prints": Endless("while True: print(1)\nx", 1),
    "a loop that catches everything": Endless(
        "def run():\n  while True:\n    try: y\n    except BaseException: run()\nrun()\nx", None
    ),
    "a long sleep": Endless("import time\ntime.sleep(60)\nx", 2),
    "one long operation": Endless("sum(range(10**10))\nx", None),
}

ALERTS = {
    "infinite recursion": Ending("def f(): return f()\nf()\nx", "RecursionError in line 1"),
    "recursion in C": Ending(
        "class A:\n  def __eq__(self, other): return self == A()\nA() == A()\nx",
        "RecursionError in line 2",
    ),
    "too long a list": Ending("y\n[0] * 10**10\nx", "OverflowError in line 2"),
    "sys.exit": Ending("import sys\nsys.exit()\nx", "SystemExit in line 2"),
    "SystemExit": Ending("raise SystemExit\nx", "The code ended Python"),
    "os._exit": Ending("import os\nos._exit(1)\nx", "SystemExit in line 2"),
    "antigravity": Ending("import antigravity\nx", "ImportError in line 1"),
    "half a character": Ending("y\nraise ValueError('\\ud800')\nx", "ValueError in line 2"),
    "what Python does not survive": Ending(
        "a = []\nfor _ in range(100_000): a = [a]\nrepr(a)\nx",
        "Python ended while it was running this",
    ),
}

RESULTS = {
    "100,000 lines": Ending("for i in range(100_000): print(i)\nx", "more lines are not shown"),
    "half a character, printed": Ending("print('\\ud800')\nx", r"\ud800"),
}

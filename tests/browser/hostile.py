"""Programs that a page has to survive, and how each of them ends.

The tests run them with and without cross-origin isolation, and `build.py bench` times how long
Stop takes for those that don't end by themselves.
"""

from typing import NamedTuple


class Endless(NamedTuple):
    """A program that has to be stopped; `line` is where that finds it, if anything can tell."""

    code: str
    line: int | None


class Ending(NamedTuple):
    """A program that ends with an alert, or with a result: what is said, a regular expression."""

    code: str
    said: str


ENDLESS = {
    "a loop": Endless("y * z\nwhile True:\n    pass\nx", 3),
    "a loop that prints": Endless("while True:\n    print(1)\nx", 2),
    "a loop that catches everything": Endless(
        "while True:\n    try:\n        y\n    except BaseException:\n        pass\nx", None
    ),
    "a long sleep": Endless("import time\ntime.sleep(60)\nx", 2),
    "one long operation": Endless("sum(range(10**10))\nx", None),
}

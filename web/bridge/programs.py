"""Programs, one after the other in one Python: what comes before the first, and after each."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from .sandbox.traces import TRACES
from .workspace import WORKSPACE

# The subjects that run them, in a Python in which nothing else is done.
SUBJECTS = ("expression", "functions", "running")


@cache
def prepare() -> None:
    """Do what only the first run takes time for; with a learner's library, this is it that runs."""
    for subject in SUBJECTS:
        import_module(f".{subject}", __package__)
    from .expression import evaluate

    for wrong in ("1 / 0", "1 +", "1"):  # each is explained by modules of its own
        evaluate({"code": wrong, "inputs": {}, "maxNodes": 0})
    if WORKSPACE.library is None:  # a learner's runs when it is asked to
        evaluate({"code": "x * x", "inputs": {"x": 1.0}, "maxNodes": 9})


def watch() -> None:
    """Keep in mind how Python is before the first program; once."""
    TRACES.watch()


def leftovers() -> list[str]:
    """What programs have left behind, in words: nothing, if another may follow."""
    return TRACES.found()

"""Programs, one after the other in one Python: what comes before the first, and after each."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from typing import Any

from .sandbox.traces import Traces
from .workspace import WORKSPACE

_TRACES = Traces()


@cache
def prepare() -> None:
    """Do what only the first run takes time for, and keep in mind how Python is then."""
    from .expression import evaluate  # with a learner's library this runs it

    for wrong in ("1 / 0", "1 +", "1"):  # each is explained by modules of its own
        evaluate({"code": wrong, "inputs": {}, "maxNodes": 0})
    if WORKSPACE.library is None:  # a learner's runs when it is asked to
        evaluate({"code": "x * x", "inputs": {"x": 1.0}, "maxNodes": 9})
    _TRACES.watch(_note())


def leftovers() -> list[str]:
    """What programs have left behind, in words: nothing, if another may follow."""
    return _TRACES.found()


def _note() -> Callable[[str], Any]:
    """Keeps a word of what is reported where Python can't reach it: in the worker."""
    if sys.platform == "emscripten":
        import worker

        return worker.note
    return lambda word: None

"""Freeing a deep graph where the stack is short.

When the last reference to a chain of operations goes, each one's inputs are freed from within the
freeing of the one above. CPython puts a stop to that depth by itself; in WebAssembly, whose stack
it can't see, a chain of about a thousand ends the program. So there, a dying history hands its
inputs to a list, and the outermost one empties that list in a loop.
"""

from __future__ import annotations

import sys
from typing import Any

_waiting: list[Any] = []
_emptying = False


def _free_in_turn(history: Any) -> None:
    """Do what `__del__` should: let go of the inputs, but never one inside another."""
    global _emptying
    _waiting.append(getattr(history, "inputs", ()))  # none yet where a call has failed
    history.inputs = ()
    if not _emptying:
        _emptying = True
        try:
            while _waiting:
                _waiting.pop()
        finally:  # an interrupt may come at any time
            _emptying = False


def free_in_turn(history_class: Any) -> None:
    """Make a class of histories safe to free at any depth, on the platform that needs it."""
    if sys.platform == "emscripten":
        history_class.__del__ = _free_in_turn

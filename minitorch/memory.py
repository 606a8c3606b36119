"""Freeing a deep graph where the stack is short.

When the last reference to a chain of operations goes away, freeing each operation frees its
inputs, one call inside the other. CPython limits that depth by itself; in WebAssembly, whose stack
it can't see, a chain of about a thousand operations crashes the program. So there, a history that
is about to be freed puts its inputs on a list, and the outermost one empties the list in a loop.
"""

from __future__ import annotations

import sys
from typing import Any

_waiting: list[Any] = []
_emptying = False


def _free_in_turn(history: Any) -> None:
    """What `__del__` does: let go of the inputs, but never one inside another."""
    global _emptying
    _waiting.append(getattr(history, "inputs", ()))  # there are none yet if the call failed
    history.inputs = ()
    if not _emptying:
        _emptying = True
        try:
            while _waiting:
                _waiting.pop()
        finally:  # an interrupt may come at any time
            _emptying = False


def free_in_turn(history_class: Any) -> None:
    """Make histories safe to free at any depth, on the platform that needs it: in the browser.

    Args:
        history_class: a class with the attribute `inputs`; it gets a finaliser.
    """
    if sys.platform == "emscripten":
        history_class.__del__ = _free_in_turn

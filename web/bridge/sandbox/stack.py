"""How deep calls may go in the page, where the browser's own stack is shorter than Python's.

Python asks how much of *its* stack is used before it calls from C into Python again, and raises
RecursionError in time. In the page it is JavaScript's stack that is used up first, of which Python
knows nothing: the end of it is the end of Python. So Python is told that its own is shorter.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import Any

BYTES = 90_000  # of Python's stack: JavaScript's was used up at about 110,000


@cache
def _functions() -> dict[str, Any]:
    """Python's own, by what they do: what is the thread, set its limit, take it back."""
    import ctypes

    def function(name: str, result: Any, *arguments: Any) -> Any:
        found = getattr(ctypes.pythonapi, name)
        found.restype, found.argtypes = result, arguments
        return found

    kind = "PyUnstable_ThreadState_{}StackProtection".format
    return {
        "thread": function("PyThreadState_Get", ctypes.c_void_p),
        "set": function(
            kind("Set"), ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t
        ),
        "reset": function(kind("Reset"), None, ctypes.c_void_p),
    }


def addresses() -> set[int]:
    """Where these functions are, by which calls of them are told from others."""
    if sys.platform == "emscripten":
        import ctypes

        return {ctypes.cast(each, ctypes.c_void_p).value or 0 for each in _functions().values()}
    return set()


def limit() -> None:
    """Let endless recursion become a RecursionError, whatever way it goes."""
    if sys.platform == "emscripten":
        import worker

        functions = _functions()
        functions["set"](functions["thread"](), worker.stackBase - BYTES, BYTES)


def unlimit() -> None:
    """Let Python's parser, for one, use all there is."""
    if sys.platform == "emscripten":
        functions = _functions()
        functions["reset"](functions["thread"]())

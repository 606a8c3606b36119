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
def _calls() -> tuple[Any, Any, Any]:
    """What sets the limit, what takes it back, and the address at which the stack begins."""
    import ctypes

    import pyodide_js

    def thread_function(name: str, *types: Any) -> Any:
        function = getattr(ctypes.pythonapi, name)
        function.argtypes = (ctypes.c_void_p, *types)
        return lambda *arguments: function(current(), *arguments)

    current = ctypes.pythonapi.PyThreadState_Get
    current.restype = ctypes.c_void_p
    kind = "PyUnstable_ThreadState_{}StackProtection".format
    return (
        thread_function(kind("Set"), ctypes.c_void_p, ctypes.c_size_t),
        thread_function(kind("Reset")),
        pyodide_js._module._emscripten_stack_get_base(),
    )


def limit() -> None:
    """Let endless recursion become a RecursionError, whatever way it goes."""
    if sys.platform == "emscripten":
        set_limit, _, base = _calls()
        set_limit(base - BYTES, BYTES)


def unlimit() -> None:
    """Let Python's parser, for one, use all there is."""
    if sys.platform == "emscripten":
        _calls()[1]()

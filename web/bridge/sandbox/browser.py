"""What Python has of the browser: what computes, and nothing that could happen later."""

from __future__ import annotations

import sys
from typing import Any


def confine() -> None:
    """Take Pyodide's own insides away from programs, and what would wait for its time; once."""
    if sys.platform == "emscripten":
        import asyncio

        import pyodide._package_loader
        import pyodide.ffi
        import pyodide.webloop

        for name in ("pyodide_js", "pyodide_js._api"):
            sys.modules.pop(name, None)
        pyodide._package_loader.loadedPackages = {}
        pyodide.webloop.scheduleCallback = asyncio.run = pyodide.ffi.run_sync = _nothing_later


def _nothing_later(*_: Any) -> None:
    raise RuntimeError("nothing can wait here: a program runs from its first line to its last")

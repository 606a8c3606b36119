"""What can't be compiled, and where in the learner's code the reason is."""

from __future__ import annotations

import linecache
import os
import sys
from pathlib import Path

ADVICE = "train Scalar by Scalar instead"
_LIBRARY = str(Path(__file__).parents[1]) + os.sep


class NotCompilable(TypeError):
    """The function does something that a fixed list of operations can't express."""


def place() -> str:
    """Name the line of the learner's code that is running: the innermost outside the library."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_LIBRARY):
        frame = frame.f_back
    file, line = frame.f_code.co_filename, frame.f_lineno
    text = linecache.getline(file, line).strip()
    return f"{Path(file).name}, line {line}" + (f": {text}" if text else "")

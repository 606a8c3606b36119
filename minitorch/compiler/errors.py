"""What can't be compiled, and where in the learner's code the reason is."""

from __future__ import annotations

import linecache
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import NoReturn

ADVICE = "train Scalar by Scalar instead"
_LIBRARY = str(Path(sys._getframe().f_code.co_filename).parents[1]) + os.sep


class NotCompilable(Exception):
    """The function does something that a fixed list of operations can't express.

    It is none of the errors that arithmetic raises, so that no `except TypeError` takes it for
    one of those.
    """


_refused: ContextVar[list[NotCompilable] | None] = ContextVar("refused", default=None)


def refuse(reason: str) -> NoReturn:
    """Raise NotCompilable, for good: see `refusals_last`.

    Args:
        reason: the message.
    """
    error = NotCompilable(reason)
    refused = _refused.get()
    if refused is not None:
        refused.append(error)
    raise error


@contextmanager
def refusals_last() -> Iterator[None]:
    """Within the block, the learner's code may catch a refusal, but the block ends with it."""
    refused: list[NotCompilable] = []
    token = _refused.set(refused)
    try:
        yield
    except Exception as error:
        if not refused or error is refused[0]:
            raise
    finally:
        _refused.reset(token)
    if refused:
        raise refused[0]


def place() -> str:
    """Name the line of the learner's code that is running: the innermost outside the library."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_LIBRARY):
        frame = frame.f_back
    file, line = frame.f_code.co_filename, frame.f_lineno
    text = linecache.getline(file, line).strip()
    return f"{Path(file).name}, line {line}" + (f": {text}" if text else "")

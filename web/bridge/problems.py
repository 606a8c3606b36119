"""An exception in the learner's terms: what, where in their text, and what to try."""

from __future__ import annotations

import linecache
import re
import traceback
from dataclasses import dataclass

LONGEST = 2_000  # characters of a message

HINTS: list[tuple[str, str]] = [
    (r"unsupported operand type\(s\) for \*\* ", "Scalars have no power: write x * x for x²."),
    (r"unsupported operand type\(s\) for \^", "In Python ^ is not a power: write x * x for x²."),
    (
        r"must be real number, not Scalar",
        "Functions of the math module give plain numbers, without derivatives. Use a Scalar's "
        "own: x.log(), x.exp(), x.sigmoid() or x.relu().",
    ),
    (
        r"name '\w+' is not defined",
        "There are x, y and z, Scalar, math and the functions log, exp, sigmoid and relu; other "
        "names have to be assigned first.",
    ),
    (
        r"'<=' not supported|'>=' not supported",
        "Scalars have < and > only.",
    ),
    (r"^log\(|\.forward\(.*\): log\(", "The logarithm is defined for positive numbers only."),
    (r"division by zero", "Try other values, or keep the divisor away from 0."),
    (r"exp\(.*\) is too large", "Try smaller values."),
]


@dataclass
class Problem:
    """What went wrong; `line` counts from 1 in the learner's own text."""

    kind: str
    message: str
    line: int | None = None
    hint: str | None = None
    traceback: str = ""


def remember_source(text: str, file_name: str) -> None:
    """Let tracebacks show the lines of a text that is no file."""
    lines = text.splitlines(keepends=True)
    linecache.cache[file_name] = (len(text), None, lines, file_name)


def describe(error: BaseException, file_name: str) -> Problem:
    """Describe an exception that the learner's text, known as `file_name`, has caused."""
    if isinstance(error, SyntaxError) and error.filename == file_name:
        text = "".join(traceback.format_exception_only(error))
        message = error.msg or "the syntax is not right"
        return Problem(type(error).__name__, message, error.lineno, _hint(message), text)
    if isinstance(error, SystemExit):
        return Problem("SystemExit", "The code ended Python; here it has only to end itself.")
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == file_name]
    message = str(error.args[0]) if isinstance(error, KeyError) and error.args else str(error)
    return Problem(
        kind=type(error).__name__,
        message=_cut(message) or "no message was given",
        line=frames[-1].lineno if frames else None,
        hint=_hint(message),
        traceback=_traceback(error, frames),
    )


def _hint(message: str) -> str | None:
    return next((hint for pattern, hint in HINTS if re.search(pattern, message)), None)


def _traceback(error: BaseException, frames: list[traceback.FrameSummary]) -> str:
    shown = traceback.format_list(frames[-20:])
    last = map(_cut, traceback.format_exception_only(type(error), error))
    return "".join(["Traceback (most recent call last):\n", *shown, *last])


def _cut(text: str) -> str:
    """Shorten what a learner's values may have made very long."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"

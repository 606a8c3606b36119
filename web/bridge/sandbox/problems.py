"""An exception in the learner's terms: what, where in their text, and what to try."""

from __future__ import annotations

import io
import linecache
import re
import traceback
from collections import deque
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from .guard import Guard
from .output import Output
from .source import readable

LONGEST = 2_000  # characters of a message
MOST_FRAMES = 20
SYNTAX_ERRORS = (SyntaxError, IndentationError, TabError)

MESSAGES: list[tuple[str, str]] = [
    (r"^MemoryError: $", "There was no memory left."),
    (r"^MemoryError: Parser", "This is too deeply nested for Python here."),
    (r"^RecursionError: Stack overflow", "maximum recursion depth exceeded"),
    (
        r"cannot fit 'int' into an index-sized|too large to concat|is too long",
        "That is more than fits into memory.",
    ),
    (r"^EOFError: EOF when reading a line", "The code waits for somebody to type."),
    (r"can't start new thread", "Threads can’t be started here."),
    (r"does not support processes", "Other programs can’t be started here."),
    (r"stack switching|stack switch", "There is no waiting for a coroutine here."),
    (r"name 'window' from 'js'", "There is no window here to show a page in."),
]
"""What to say instead of Python's own words, where these don't tell a learner what happened."""

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
    (r": log\(|\.forward\(.*\): log\(", "The logarithm is defined for positive numbers only."),
    (r"division by zero", "Try other values, or keep the divisor away from 0."),
    (r"exp\(.*\) is too large", "Try smaller values."),
    (
        r"^RecursionError",
        "A function calls itself without end: it needs a case in which it doesn’t.",
    ),
    (r"^MemoryError|more than fits into memory", "Make it smaller, or let the loop end."),
    (r"too deeply nested", "Compute it in several steps, each with a name of its own."),
    (r"waits for somebody to type", "Nobody can: use the fields for x, y and z."),
    (r"no debugger here", "Print what you want to see."),
    (
        r"^ModuleNotFoundError",
        "There are minitorch and Python’s own modules; others are not installed here.",
    ),
    (
        r"^SyntaxError: .*(await|async)|no waiting for a coroutine",
        "The code runs from top to bottom, and waits for nothing: leave out async and await.",
    ),
    (
        r"Threads can’t|programs can’t|no window here|Function not implemented",
        "Python runs inside this page, alone.",
    ),
    (
        r"^(OSError|FileNotFoundError|\w*URLError|gaierror|Remote\w+|Connection\w+)\b",
        "Python runs inside this page: it reaches no network, and only files it makes itself.",
    ),
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
    lines = io.StringIO(text, newline=None).readlines()
    linecache.cache[file_name] = (len(text), None, lines, file_name)


def explain(error: BaseException, file_name: str, output: Output) -> Problem:
    """Describe an exception, guarded: its own methods are the learner's code again."""
    problem = None
    with Guard(output) as guard:
        problem = describe(error, file_name)
    if problem is not None:
        return problem
    if issubclass(type(guard.error), KeyboardInterrupt):
        return _stopped(_learners_frames(guard.error, file_name))
    kind, frames = _name(type(error)), _learners_frames(error, file_name)
    return Problem(kind, "There is an exception whose text can’t be made.", _line(frames))


def describe(error: BaseException, file_name: str) -> Problem:
    """Describe an exception that the learner's text, known as `file_name`, has caused."""
    kind = type(error)  # unlike `error.__class__` it can't lie
    frames = _learners_frames(error, file_name)
    if kind in SYNTAX_ERRORS and error.filename == file_name:  # type: ignore[attr-defined]
        return _describe_syntax(error)  # type: ignore[arg-type]
    if issubclass(kind, KeyboardInterrupt):
        return _stopped(frames)
    if issubclass(kind, SystemExit):
        message = "The code ended Python; here it has only to end itself."
        return Problem("SystemExit", message, _line(frames))
    message = _message(error)
    return Problem(
        kind=_name(kind),
        message=message,
        line=_line(frames),
        hint=_hint(f"{_name(kind)}: {message}"),
        traceback=_traceback(error, frames),
    )


def _describe_syntax(error: SyntaxError) -> Problem:
    message = error.msg or "the syntax is not right"
    kind, text = type(error).__name__, "".join(map(_cut, traceback.format_exception_only(error)))
    return Problem(kind, _cut(message), error.lineno, _hint(f"{kind}: {message}"), text)


def _stopped(frames: list[traceback.FrameSummary]) -> Problem:
    line = _line(frames)
    return Problem("Stopped", f"You stopped it{f' in line {line}' if line else ''}.", line)


def _name(kind: type) -> str:
    """A class's name, even where its metaclass would give another."""
    return _cut(type.__dict__["__name__"].__get__(kind))


def _message(error: BaseException) -> str:
    arguments = BaseException.__dict__["args"].__get__(error)
    of_key = issubclass(type(error), KeyError) and arguments
    text = _cut(str(arguments[0] if of_key else error))
    for pattern, message in MESSAGES:
        if re.search(pattern, f"{_name(type(error))}: {text}"):
            return message
    if issubclass(type(error), ModuleNotFoundError):
        text = text.partition("\n")[0]  # Pyodide adds how to install it, which is not for here
    return text or "no message was given"


def _hint(message: str) -> str | None:
    return next((hint for pattern, hint in HINTS if re.search(pattern, message)), None)


def _learners_frames(error: BaseException | None, file_name: str) -> list[traceback.FrameSummary]:
    """The innermost calls of the learner's code, of which there may be very many."""
    found: deque[Any] = deque(maxlen=MOST_FRAMES)
    entry = BaseException.__dict__["__traceback__"].__get__(error)
    while entry is not None:
        if entry.tb_frame.f_code.co_filename == file_name:
            found.append(entry)
        entry = entry.tb_next
    chain = None
    for entry in reversed(found):
        chain = TracebackType(chain, entry.tb_frame, entry.tb_lasti, entry.tb_lineno)
    return list(traceback.extract_tb(chain))


def _line(frames: list[traceback.FrameSummary]) -> int | None:
    return frames[-1].lineno if frames else None


def _traceback(error: BaseException, frames: list[traceback.FrameSummary]) -> str:
    for link in ("__cause__", "__context__"):  # each would be gone through, and not be shown
        BaseException.__dict__[link].__set__(error, None)
    last = traceback.format_exception_only(type(error), error)
    shown = [*traceback.format_list(frames), *last[:MOST_FRAMES]]
    return "".join(["Traceback (most recent call last):\n", *map(_cut, shown)])


def _cut(text: str) -> str:
    """Shorten what a learner's values may have made very long; give a plain str."""
    start = str.__getitem__(text, slice(LONGEST))
    return readable(start) if str.__len__(text) <= LONGEST else f"{readable(start)} …"

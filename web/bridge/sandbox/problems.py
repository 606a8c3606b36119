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

from ..workspace import WORKSPACE
from . import pasted
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
    (r"stack switching|stack switch", "A coroutine is waited for with await, or asyncio.run."),
    (r"name 'window' from 'js'", "There is no window here to show a page in."),
]
"""What to say instead of Python's own words, where these don't tell a learner what happened."""

HINTS: list[tuple[str, str]] = [
    (r"unsupported operand type\(s\) for \*\*", "Scalars have no power: write x * x for x²."),
    (r"unsupported operand type\(s\) for \^", "In Python ^ is not a power: write x * x for x²."),
    (
        r"must be real number, not Scalar[^\n]*\n.*\bmath\b",
        "Functions of the math module give plain numbers, without derivatives. Use a Scalar's "
        "own: x.log(), x.exp(), x.sigmoid() or x.relu().",
    ),
    (
        r"(must be real|a real) number[a-z ]*, not Scalar[^\n]*\n.*%",
        "`%` writes plain numbers: write x.data in its place, or f'{x:.2f}'.",
    ),
    (
        r"(must be|or a) real number, not '?Scalar|cannot be interpreted as an integer",
        "A plain number is wanted here. That of a Scalar is x.data: no derivative leads back "
        "from it.",
    ),
    (
        r"bad operand type for abs",
        "Scalars have no absolute value: write x.relu() + (-x).relu().",
    ),
    (
        r"unsupported operand type\(s\) for (//|%|@|&|\||<<|>>|divmod)|bad operand type for unary",
        "Scalars have + - * / and the comparisons <, > and ==.",
    ),
    (r"'Scalar' object has no attribute", "Scalars have log(), exp(), sigmoid() and relu()."),
    (
        r"invalid (decimal|hexadecimal|octal) literal|'(int|float|Scalar)' object is not callable",
        "A product needs its sign: write 2 * x, not 2x or 2(x).",
    ),
    (r"name '([xyz])(?!\1)[xyz]' is not defined", "A product needs its sign: write x * y, not xy."),
    (
        r"name '\w+' is not defined",
        "There are x, y and z, Scalar, math and the functions log, exp, sigmoid and relu; other "
        "names have to be assigned first. In an expression, any small letter is an input, too.",
    ),
    (
        r"'<=' not supported|'>=' not supported",
        "Scalars have < and > only.",
    ),
    (r": log\(|\.forward\(.*\): log\(", "The logarithm is defined for positive numbers only."),
    (r"division by zero", "Try other values, or keep the divisor away from 0."),
    (r"exp\(.*\) is too large", "Try smaller values."),
    (
        r"^RecursionError.*\n.*\ba call within itself$",
        "A function calls itself without end: it needs a case in which it doesn’t.",
    ),
    (r"^RecursionError", "What this goes through is nested too deeply for Python here."),
    (r"^MemoryError|more than fits into memory", "Make it smaller, or let the loop end."),
    (r"too deeply nested", "Compute it in several steps, each with a name of its own."),
    (r"waits for somebody to type", "Nobody can: use the fields for x, y and z."),
    (r"no debugger here", "Print what you want to see."),
    (
        r"^ModuleNotFoundError",
        "There are minitorch and Python’s own modules. What else the site has can be installed: "
        'import micropip, and then await micropip.install("hypothesis").',
    ),
    (
        r"^SyntaxError: .*(await|async)|nothing can come later|never awaited",
        "await is for lines outside of functions, and for functions that begin with async def.",
    ),
    (
        r"^ValueError: .* can’t be installed here",
        "Python reaches no network from this page: it can have what the site has, and no more.",
    ),
    (
        r"waits for something that never comes",
        "Every task waits: one of them has to go on without the others.",
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
    """What went wrong in the learner's code.

    Attributes:
        kind: the exception's class, or "Stopped" where the learner interrupted it.
        message: what the exception says, or plainer words for it.
        file: which of the learner's files it happened in; None for the text that was run itself.
        line: the line there, counted from 1.
        task: the task of the assignment that is still to be done there, such as "1.2".
        hint: what to try.
        traceback: the learner's part of it.
    """

    kind: str
    message: str
    file: str | None = None
    line: int | None = None
    task: str | None = None
    hint: str | None = None
    traceback: str = ""


def remember_source(text: str, file_name: str) -> None:
    """Let tracebacks show the lines of a text that is no file.

    Args:
        text: the program.
        file_name: what it is compiled as.
    """
    lines = io.StringIO(text, newline=None).readlines()
    linecache.cache[file_name] = (len(text), None, lines, file_name)


def explain(error: BaseException, output: Output, text_name: str | None = None) -> Problem:
    """Describe an exception, guarded: its own methods are the learner's code again.

    Args:
        error: what the learner's code has raised.
        output: takes what its methods print.
        text_name: what the text that was run goes by in tracebacks, if it is no file.
    """
    problem = None
    with Guard(output) as guard:
        problem = describe(error, text_name)
    if problem is not None:
        return problem
    frames = _learners_frames(error, text_name)
    if issubclass(type(guard.error), KeyboardInterrupt):
        return _stopped(_learners_frames(guard.error, text_name), text_name)
    message = "There is an exception whose text can’t be made."
    return Problem(_name(type(error)), message, *_place(frames, text_name))


def describe(error: BaseException, text_name: str | None = None) -> Problem:
    """Describe an exception that the learner's code has raised; see `explain`.

    Args:
        error: the exception.
        text_name: as for `explain`.
    """
    kind = type(error)  # unlike `error.__class__` it can't lie
    frames = _learners_frames(error, text_name)
    if kind in SYNTAX_ERRORS and _is_learners(error.filename, text_name):  # type: ignore[attr-defined]
        return _describe_syntax(error, text_name)  # type: ignore[arg-type]
    if issubclass(kind, KeyboardInterrupt):
        return _stopped(frames, text_name)
    file, line = _place(frames, text_name)
    if issubclass(kind, SystemExit):
        message = "The code ended Python; here it has only to end itself."
        return Problem("SystemExit", message, file, line)
    message = _message(error)
    return Problem(
        kind=_name(kind),
        message=message,
        file=file,
        line=line,
        task=_task(kind, message),
        hint=_hint(f"{_name(kind)}: {message}", _last_line(kind, frames)),
        traceback=_traceback(error, frames) if frames else "",
    )


def _describe_syntax(error: SyntaxError, text_name: str | None) -> Problem:
    message = _cut(error.msg or "the syntax is not right")
    kind, text = type(error).__name__, "".join(map(_cut, traceback.format_exception_only(error)))
    file = _file(str(error.filename), text_name)
    hint = pasted.hint_for(message, str(error.text or "")) or _hint(f"{kind}: {message}")
    return Problem(
        kind, message, file, error.lineno, hint=hint, traceback=WORKSPACE.with_names(text)
    )


def _stopped(frames: list[traceback.FrameSummary], text_name: str | None) -> Problem:
    file, line = _place(frames, text_name)
    where = f" in line {line}{f' of {file}' if file else ''}" if line else ""
    return Problem("Stopped", f"You stopped it{where}.", file, line)


def _task(kind: type, message: str) -> str | None:
    """The task that a blank belongs to, which says "Need to implement for Task 1.2"."""
    found = re.search(r"\bTask (\d+\.\d+)", message)
    return found[1] if found and issubclass(kind, NotImplementedError) else None


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
    return WORKSPACE.with_names(text) or "no message was given"


def _last_line(kind: type, frames: list[traceback.FrameSummary]) -> str:
    """The line it happened in, and whether that is in a function which has called itself."""
    if not frames:
        return ""
    calls = sum(frame.name == frames[-1].name for frame in frames)
    within = " a call within itself" if issubclass(kind, RecursionError) and calls > 1 else ""
    return f"{frames[-1].line}{within}"


def _hint(message: str, line: str = "") -> str | None:
    name = re.search(r"name '(\w+)' is not defined", message)
    if name and (of_letters := pasted.hint_for_name(name[1])):
        return of_letters
    message = f"{message}\n{line}"
    return next((hint for pattern, hint in HINTS if re.search(pattern, message)), None)


def _is_learners(file_name: Any, text_name: str | None) -> bool:
    return file_name is not None and (file_name == text_name or WORKSPACE.holds(file_name))


def _learners_frames(
    error: BaseException | None, text_name: str | None
) -> list[traceback.FrameSummary]:
    """The innermost calls of the learner's code, of which there may be very many."""
    found: deque[Any] = deque(maxlen=MOST_FRAMES)
    entry = BaseException.__dict__["__traceback__"].__get__(error)
    while entry is not None:
        if _is_learners(entry.tb_frame.f_code.co_filename, text_name):
            found.append(entry)
        entry = entry.tb_next
    chain = None
    for entry in reversed(found):
        chain = TracebackType(chain, entry.tb_frame, entry.tb_lasti, entry.tb_lineno)
    return list(traceback.extract_tb(chain))


def _place(
    frames: list[traceback.FrameSummary], text_name: str | None
) -> tuple[str | None, int | None]:
    """The file and the line of the innermost call."""
    return (_file(frames[-1].filename, text_name), frames[-1].lineno) if frames else (None, None)


def _file(file_name: str, text_name: str | None) -> str | None:
    return None if file_name == text_name else WORKSPACE.name_of(file_name)


def _traceback(error: BaseException, frames: list[traceback.FrameSummary]) -> str:
    for link in ("__cause__", "__context__"):  # each would be gone through, and not be shown
        BaseException.__dict__[link].__set__(error, None)
    last = traceback.format_exception_only(type(error), error)
    shown = [*traceback.format_list(frames), *last[:MOST_FRAMES]]
    text = "".join(["Traceback (most recent call last):\n", *map(_cut, shown)])
    return WORKSPACE.with_names(text)


def _cut(text: str) -> str:
    """Shorten what a learner's values may have made very long; give a plain str."""
    start = str.__getitem__(text, slice(LONGEST))
    return readable(start) if str.__len__(text) <= LONGEST else f"{readable(start)} …"

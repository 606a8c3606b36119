"""Run a program for what it prints: the code in the guides, which learners change."""

from __future__ import annotations

import random
from dataclasses import dataclass
from types import CodeType

from .sandbox import stack
from .sandbox.guard import Guard
from .sandbox.output import Output
from .sandbox.problems import Problem, explain, remember_source
from .sandbox.source import deepest_line, readable, too_deep
from .workspace import Library, library

LIBRARY = library()  # which the program imports
FILE = "<code>"


@dataclass
class RunResult:
    """What came of a program.

    Attributes:
        library: what it could import.
        output: what it printed, up to a limit; up to the problem, if there was one.
        problem: what went wrong.
    """

    library: Library
    output: str = ""
    problem: Problem | None = None


def run(code: str) -> RunResult:
    """Run a program from its first line to its last.

    Args:
        code: the learner's text.
    """
    output, result = Output(), RunResult(LIBRARY)
    text = readable(code)
    remember_source(text, FILE)
    with Guard(output) as guard:
        stack.unlimit()
        program = _compile(text)  # which has a limit of its own
        stack.limit()
        random.seed(0)  # what is printed beside the text is what comes out
        exec(program, {"__name__": "__main__"})
    if guard.error is not None:
        result.problem = explain(guard.error, output, FILE)
        guard.error = None  # or it would hold this frame, which holds it
    result.output = output.text()
    return result


def _compile(text: str) -> CodeType:
    if deepest_line(text):
        raise too_deep(text, FILE)
    try:
        return compile(text, FILE, "exec", dont_inherit=True)
    except (RecursionError, MemoryError):
        raise too_deep(text, FILE) from None

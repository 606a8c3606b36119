"""The one entrance: what the page asks for is found by its name, and answered or explained.

A subject is a module with public functions; it is imported at its first call. The page's
`training.open` is `open` in `training/calls.py`; `checking.runTests` is `run_tests`.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from . import programs
from .convert import for_javascript, snake
from .sandbox import browser, stopping
from .sandbox.guard import Guard
from .sandbox.output import Output
from .sandbox.problems import explain
from .workspace import WORKSPACE

SUBJECTS = {
    "workspace": "workspace",
    "training": "training.calls",
    "expression": "expression",
    "functions": "functions",
    "checking": "checking",
    "running": "running",
    "programs": "programs",
}
# These change which library there is: it is they who guard what runs of it.
_CONTAIN_THEMSELVES = {"workspace", "checking", "programs"}


def find(name: str) -> Callable[..., Any]:
    """Find the function that answers a call, importing its subject.

    Args:
        name: the call's name on the page, such as "training.open".

    Raises:
        LookupError: there is no such subject, or it has no such function.
        Exception: whatever importing the subject raises; with a learner's library, its errors.
    """
    subject, _, call = name.partition(".")
    module = import_module(f".{SUBJECTS[subject]}", __package__)
    function = vars(module).get(snake(call))
    if call.startswith("_") or getattr(function, "__module__", None) != module.__name__:
        raise LookupError(f"{subject} has no call {call!r}")
    return function  # type: ignore[return-value]


def answer(name: str, *arguments: Any) -> dict[str, Any]:
    """Answer a call, or say what went wrong in the learner's library.

    Args:
        name: the call's name on the page.
        arguments: the call's own.

    Returns:
        {"answer": what the function gave}, or {"problem": a Problem}.

    Raises:
        Exception: with our own library, whatever the function raises.
    """
    subject = name.partition(".")[0]
    if subject in programs.SUBJECTS:
        prepared = _contain("programs.prepare")
        if "problem" in prepared:
            return prepared
        programs.watch()
    if subject in _CONTAIN_THEMSELVES:
        return {"answer": find(name)(*arguments)}
    return _contain(name, *arguments)


def _contain(name: str, *arguments: Any) -> dict[str, Any]:
    if WORKSPACE.library is None:
        return {"answer": find(name)(*arguments)}
    output, answered = Output(), None
    with Guard(output) as guard:
        answered = find(name)(*arguments)
    if guard.error is None:
        return {"answer": answered}
    problem = explain(guard.error, output)
    guard.error = None  # or it would hold this frame, which holds it
    return {"problem": problem}


call = for_javascript(answer)

stopping.install()
browser.confine()

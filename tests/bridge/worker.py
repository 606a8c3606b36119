"""A worker's Python, without the worker: calls go to the bridge in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
COURSE = ROOT / "web" / "content" / "course"

_PROGRAM = """
import json, signal, sys
sys.path[:0] = sys.argv[1:]
from bridge import api
from bridge.convert import plain
from bridge.sandbox import stopping
from bridge.workspace import WORKSPACE
signal.signal(signal.SIGALRM, stopping._interrupt)  # a timer is what stops the code here

def encode(value):
    return value.tolist() if hasattr(value, "tolist") else str(value)

def answer(call):
    told = []
    name, arguments = call
    if name == "modules":
        return {"answer": [m for m in sys.modules if m.partition(".")[0] in arguments]}
    more = [told.append] if name == "checking.runTests" else []
    try:
        result = api.answer(name, *arguments, *more)
    except Exception as error:
        result = {"error": f"{type(error).__name__}: {error}"}
    return {**plain(result), "told": plain(told)}

out = sys.stdout  # learners' code may close the one of that name
for line in sys.stdin:
    out.write(json.dumps(answer(json.loads(line)), default=encode) + "\\n")
    out.flush()
"""


class Worker:
    """A Python that is asked, call by call; `with Worker() as worker:` ends it."""

    def __enter__(self) -> Worker:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, str(ROOT / "web"), str(ROOT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=30)

    def ask(self, name: str, *arguments: Any) -> dict[str, Any]:
        """Make a call.

        Args:
            name: the call's, or "modules", which lists what is imported of some packages.
            arguments: the call's own.

        Returns:
            What `api.answer` gives, with what was `told`; or the `error` it raised.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps((name, arguments)) + "\n")
        self._process.stdin.flush()
        result: dict[str, Any] = json.loads(self._process.stdout.readline())
        return result


def ask_all(*calls: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Make calls, one after the other, in a new Python; see `Worker.ask`."""
    with Worker() as worker:
        return [worker.ask(name, *arguments) for name, *arguments in calls]


def course(**changes: str) -> dict[str, str]:
    """The files of the course's edition of `minitorch`, solved.

    Args:
        changes: text for some of its modules, by their names; "" takes one away.
    """
    folder = COURSE / "minitorch"
    files = {
        f"minitorch/{path.name}": path.read_text(encoding="utf-8") for path in folder.glob("*.py")
    }
    for module, text in changes.items():
        files[f"minitorch/{module}.py"] = text
    return {name: text for name, text in files.items() if text}


def edited(module: str, old: str, new: str) -> dict[str, str]:
    """The course's files with a piece of one of them exchanged."""
    files = course()
    name = f"minitorch/{module}.py"
    assert old in files[name], old
    return {**files, name: files[name].replace(old, new)}

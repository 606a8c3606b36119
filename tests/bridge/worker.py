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

results = [answer(call) for call in json.load(sys.stdin)]
print(json.dumps(results, default=encode))
"""


def ask_all(*calls: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Make calls, one after the other, in a new Python.

    Args:
        calls: the name of each and its arguments; `("modules", …)` lists what is imported of some
            packages.

    Returns:
        For each what `api.answer` gives, with what was `told`; or the `error` it raised.
    """
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(ROOT / "web"), str(ROOT)],
        input=json.dumps([(name, arguments) for name, *arguments in calls]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    results: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return results


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

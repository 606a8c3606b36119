"""The recorded wrong answers: what becomes of each."""

import ast
from dataclasses import dataclass
from pathlib import Path

from projects import Outcome, Runner, replaced, solved, write

from web.tools import content

PATHS = sorted(content.TASKS.glob("*/wrong/*.py"))


@dataclass
class Verdict:
    """How a task's tests ended, and the mistakes that were recognised."""

    outcome: Outcome
    mistakes: list[str]


def task_of(path: Path) -> str:
    return path.parts[-3].replace("_", ".")


def mistake_of(path: Path) -> str:
    """The mistake that a wrong answer makes; several may make the same one, in their own ways."""
    return path.stem.partition("-")[0]


def lay(path: Path, folder: Path) -> Path:
    """Write the solution with this wrong answer in it into a folder."""
    text = path.read_text(encoding="utf-8")
    file = ast.get_docstring(ast.parse(text)) or ""
    return write(replaced(solved(), file, text), folder)


def judge(task: str, tests: str, runner: Runner, folder: Path) -> Verdict:
    """Run a task's tests, up to the first that fails, on a wrong answer laid into a folder.

    It only waits for another process, so that it may do so in a thread: `ast`, in which Python
    3.11 counts its depth for all threads together, stays out of it.
    """
    return Verdict(runner.run(folder, tests, "-x"), runner.mistakes(folder, task))

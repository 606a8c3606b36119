"""The recorded wrong answers: what becomes of each."""

import ast
from dataclasses import dataclass
from pathlib import Path

from projects import Outcome, Runner, file_of_tests, replaced, solved, write

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


def judge(path: Path, runner: Runner, folder: Path) -> Verdict:
    """Run a task's tests, up to the first that fails, on the solution with this in it."""
    text, task = path.read_text(encoding="utf-8"), task_of(path)
    file = ast.get_docstring(ast.parse(text)) or ""
    write(replaced(solved(), file, text), folder)
    return Verdict(runner.run(folder, file_of_tests(task), "-x"), runner.mistakes(folder, task))

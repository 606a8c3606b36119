"""Run pytest over a learner's files."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from . import webassembly
from .sandbox.guard import Guard
from .sandbox.output import Output
from .sandbox.traces import TRACES
from .testreport import Reporter, Tell, TestReport
from .workspace import WORKSPACE, library

OPTIONS = [
    *("-p", "_hypothesis_pytestplugin"),
    *("-p", "no:cacheprovider"),
    *("-p", "no:faulthandler"),
    # It collects garbage again and again at the end of each run.
    *("-p", "no:unraisableexception"),
    "--capture=sys",
    "--tb=native",
    "--import-mode=importlib",
]
MARKS = "".join(f"\n    task1_{n}: a test of task 1.{n}" for n in range(6))


# What pytest and hypothesis load and hook in by themselves, they do for this.
_TRIED = """
from hypothesis import given, strategies
@given(strategies.booleans())
def test(value): assert value is not None
"""


@cache
def prepare() -> None:
    """Do what only the first run takes time for, and keep in mind how Python is then."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    sys.dont_write_bytecode = True
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder), Guard(Output()):
        place = Path(folder, "test_tried.py")
        place.write_text(_TRIED, encoding="utf-8")
        pytest.main(
            [*OPTIONS, f"--rootdir={folder}", "-c", str(_settings(Path(folder))), place.name]
        )
    TRACES.watch(of_tests=True)


def run_tests(
    files: dict[str, str], arguments: list[str], tell: Tell = lambda news: None
) -> TestReport:
    """Lay `files` into the workspace and run pytest there.

    With a package `minitorch` among them, it is that one which is tested.

    Args:
        files: the text of each file by its path, tests included.
        arguments: pytest's own, such as `["-m", "task1_2"]`.
        tell: takes news while the tests run: see Reporter.
    """
    prepare()
    WORKSPACE.lay(files)
    if WORKSPACE.library is None:
        webassembly.install()  # which the tests of our own compiler use
    output, start = Output(), time.perf_counter()
    report = TestReport(library())
    reporter = Reporter(report, tell)
    with contextlib.chdir(WORKSPACE.folder), Guard(output) as guard:
        report.status = int(pytest.main([*_options(), *arguments], plugins=[reporter]))
    if guard.error is not None:  # it went past pytest too
        reporter.take_end(guard.error)
        guard.error = None  # or it would hold this frame, which holds it
    report.seconds = time.perf_counter() - start
    report.output = output.text()
    return report


@dataclass
class Mistake:
    """A particular mistake that the learner's code makes.

    Attributes:
        name: what the course calls it, such as "one_sided".
        where: what it adds to the mistake's message; often nothing.
    """

    name: str
    where: str


def recognise(files: dict[str, str], recognisers: dict[str, str], task: str) -> list[Mistake]:
    """Name the mistakes that the learner's code makes, after its tests have failed.

    What names them tries the code out, with limits of its own, and never raises for what it does.

    Args:
        files: the learner's files, as for `run_tests`.
        recognisers: what recognises mistakes, `recognise.py` among them, by path.
        task: the task that failed, such as "1.3".
    """
    WORKSPACE.lay(files)
    found: list[Mistake] = []
    output = Output()
    with tempfile.TemporaryDirectory() as folder, Guard(output) as guard:
        for name, text in recognisers.items():
            place = Path(folder, name)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
        sys.path.append(folder)  # the guard takes it away again
        sys.modules.pop("recognise", None)
        named = import_module("recognise").recognise(task)
        found = [Mistake(str(one["name"]), str(one["where"])) for one in named]
    guard.error = None  # or it would hold this frame, which holds it
    return found


def _options() -> list[Any]:
    folder = WORKSPACE.folder
    return [*OPTIONS, f"--rootdir={folder}", "-c", str(_settings(folder))]


def _settings(folder: Path) -> Path:
    """The ini file: the one that came with the files, or one with the course's marks."""
    own, default = folder / "pytest.ini", folder / "default.ini"
    if own.exists():
        return own
    default.write_text(f"[pytest]\nmarkers ={MARKS}\n", encoding="utf-8")
    return default

"""Run pytest over files that exist only here."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .sandbox.guard import Guard
from .sandbox.output import Output, cut
from .sandbox.source import readable

OPTIONS = [
    "-p",
    "no:cacheprovider",
    "-p",
    "no:faulthandler",
    "--capture=sys",
    "--tb=native",
    "--import-mode=importlib",
]
MOST_FAILURES = 100  # that come with pytest's text


@dataclass
class Failure:
    """A test that did not pass, and pytest's text about it."""

    test: str
    text: str


@dataclass(eq=False)  # pytest keeps its plugins in sets
class Report:
    """How a run went, as far as it came.

    `status` is pytest's exit status, 0 when all passed; `stopped` says that it was interrupted.
    """

    status: int = 0
    stopped: bool = False
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    failures: list[Failure] = field(default_factory=list)
    output: str = ""

    def _fail(self, report: Any) -> None:
        self.failed += 1
        if len(self.failures) < MOST_FAILURES:
            self.failures.append(Failure(report.nodeid, cut(report.longreprtext)))

    def end(self, error: BaseException) -> None:
        """Take what ended the run before pytest could."""
        self.status = 2  # as for an interrupted run
        self.stopped = issubclass(type(error), KeyboardInterrupt)
        if not self.stopped:
            self.failed += 1
            self.failures.append(Failure("pytest", _ending(error)))

    # pytest calls these by their names.

    def pytest_collectreport(self, report: Any) -> None:
        """Count a file that can't be imported as a failure, and one that skips itself."""
        if report.failed:
            self._fail(report)
        elif report.skipped:
            self.skipped += 1

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Count a test; errors in its set-up and tear-down are failures too."""
        if report.failed:
            self._fail(report)
        elif report.skipped:
            self.skipped += 1
        elif report.when == "call":
            self.passed += 1

    def pytest_internalerror(self, excinfo: Any) -> None:
        """Say what ended pytest itself, such as a file that calls `sys.exit` when imported."""
        self.failed += 1
        self.failures.append(Failure("pytest", _ending(excinfo.value)))

    def pytest_keyboard_interrupt(self, excinfo: Any) -> None:
        """Tell Stop from pytest's own ways to end early, which have the same status."""
        self.stopped = excinfo.type is KeyboardInterrupt


def _ending(error: BaseException) -> str:
    return cut("".join(traceback.format_exception(error)))


def run_tests(files: dict[str, str], arguments: list[str]) -> Report:
    """Write `files` (path -> text) into a folder of their own and run pytest in it."""
    import pytest

    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    sys.dont_write_bytecode = True
    report, output, start = Report(), Output(), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder, readable(name))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(readable(text), encoding="utf-8")
        where = [f"--rootdir={folder}", "-c", _settings(folder)]
        plugins = ["-p", "_hypothesis_pytestplugin"]
        loaded = set(sys.modules)
        with contextlib.chdir(folder), Guard(output) as guard:
            report.status = int(
                pytest.main([*OPTIONS, *plugins, *where, *arguments], plugins=[report])
            )
        _forget_modules(folder, loaded)
    if guard.error is not None:  # it went past pytest too
        report.end(guard.error)
        guard.error = None  # or it would hold this frame, which holds it
    report.seconds = time.perf_counter() - start
    report.output = output.text()
    return report


def _forget_modules(folder: str, loaded: set[str]) -> None:
    """Let the next run import these files anew: they may have been edited meanwhile."""
    for name in set(sys.modules) - loaded:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(folder):
            del sys.modules[name]
    importlib.invalidate_caches()


def _settings(folder: str) -> str:
    """The ini file: the one that came with the files, or one with the course's marks."""
    ini = Path(folder, "pytest.ini")
    if not ini.exists():
        marks = "".join(f"\n    task1_{n}: a test of task 1.{n}" for n in range(5))
        ini.write_text(f"[pytest]\nmarkers ={marks}\n")
    return str(ini)

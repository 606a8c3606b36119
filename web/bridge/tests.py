"""Run pytest over files that exist only here."""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

OPTIONS = [
    "-p",
    "no:cacheprovider",
    "-p",
    "no:faulthandler",
    "--capture=sys",
    "--tb=native",
    "--import-mode=importlib",
]


@dataclass
class Failure:
    """A test that did not pass, and pytest's text about it."""

    test: str
    text: str


@dataclass(eq=False)  # pytest keeps its plugins in sets
class Report:
    """How a run went; `status` is pytest's exit status, 0 when all passed."""

    status: int = 0
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    failures: list[Failure] = field(default_factory=list)
    output: str = ""

    # pytest calls these by their names.

    def pytest_collectreport(self, report: Any) -> None:
        """Count a file that can't be imported as a failure, and one that skips itself."""
        if report.failed:
            self.failed += 1
            self.failures.append(Failure(report.nodeid, report.longreprtext))
        elif report.skipped:
            self.skipped += 1

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Count a test; errors in its set-up and tear-down are failures too."""
        if report.failed:
            self.failed += 1
            self.failures.append(Failure(report.nodeid, report.longreprtext))
        elif report.skipped:
            self.skipped += 1
        elif report.when == "call":
            self.passed += 1


def run_tests(files: dict[str, str], arguments: list[str]) -> Report:
    """Write `files` (path -> text) into a folder of their own and run pytest in it."""
    import pytest

    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    sys.dont_write_bytecode = True
    report, output, start = Report(), io.StringIO(), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        where = [f"--rootdir={folder}", "-c", _settings(folder)]
        plugins = ["-p", "_hypothesis_pytestplugin"]
        loaded = set(sys.modules)
        with contextlib.chdir(folder), contextlib.redirect_stdout(output):
            report.status = int(
                pytest.main([*OPTIONS, *plugins, *where, *arguments], plugins=[report])
            )
        _forget_modules(folder, loaded)
    report.seconds = time.perf_counter() - start
    report.output = output.getvalue()
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

"""Run pytest on one project after another, as the page does: in one Python, on fresh modules.

Started as a program. Each line it reads is a request as JSON, each line it writes an answer:
`{"folder", "arguments", "examples"}` gives `{"status", "outcomes", "failures", "seconds"}`, where
null examples are as many as the course has; `{"folder", "task"}` a list of the task's mistakes that
are recognised there.
"""

import contextlib
import importlib
import io
import json
import os
import sys
import time
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).resolve().parents[2] / "web" / "content"
# Not in the page either, where the tests have to get along without them.
HIDDEN = {"numpy", "typing_extensions"}

OPTIONS = [
    *("-p", "_hypothesis_pytestplugin", "-p", "no:faulthandler"),
    *("-p", "no:unraisableexception"),  # it collects garbage at the end of each run
    *("--tb=native", "--import-mode=importlib", "--capture=sys"),
]


class WithoutSome(PathFinder):
    """Finds what is installed, but for what is hidden."""

    @classmethod
    def find_spec(cls, name: str, path: Any = None, target: Any = None) -> Any:
        return None if name in HIDDEN else super().find_spec(name, path, target)


class Report:
    """The outcome of each test, and what failed ones say."""

    def __init__(self, examples: int | None) -> None:
        self.examples = examples
        self.outcomes: dict[str, str] = {}
        self.failures: list[dict[str, Any]] = []

    def pytest_collection(self) -> None:
        """The course's conftest.py has been loaded, and no test yet."""
        from hypothesis import settings

        if self.examples:
            settings.register_profile("few", settings.default, max_examples=self.examples)
            settings.load_profile("few")

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            self._fail(report, {})

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            self._fail(report, dict(report.user_properties))
        elif report.when == "call":
            self.outcomes[report.nodeid] = report.outcome

    def _fail(self, report: Any, details: dict[str, Any]) -> None:
        self.outcomes[report.nodeid] = "failed"
        failure = {"test": report.nodeid, "text": report.longreprtext, "details": details}
        self.failures.append(failure)


def run(folder: Path, arguments: list[str], examples: int | None) -> dict[str, Any]:
    import pytest

    report, start, loaded = Report(examples), time.perf_counter(), set(sys.modules)
    where = [f"--rootdir={folder}", "-c", "pytest.ini"]
    with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()):
        status = int(pytest.main([*OPTIONS, *where, *arguments], plugins=[report]))
    forget(folder, loaded)
    return {
        "status": status,
        "outcomes": report.outcomes,
        "failures": report.failures,
        "seconds": time.perf_counter() - start,
    }


def recognised(folder: Path, task: str) -> list[dict[str, str]]:
    before, loaded = sys.path.copy(), set(sys.modules)
    sys.path[:0] = [str(folder), str(CONTENT / "tasks"), str(CONTENT / "course" / "tests")]
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # what the project prints is no answer
            found: list[dict[str, str]] = importlib.import_module("recognise").recognise(task)
        return found
    finally:
        sys.path[:] = before
        forget(folder, loaded)


def forget(folder: Path, loaded: set[str]) -> None:
    for name in set(sys.modules) - loaded:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(folder)):
            del sys.modules[name]
    importlib.invalidate_caches()


def main() -> None:
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    sys.dont_write_bytecode = True
    sys.meta_path[:] = [WithoutSome if finder is PathFinder else finder for finder in sys.meta_path]
    for line in sys.stdin:
        request = json.loads(line)
        folder, task = Path(request["folder"]), request.get("task")
        if task:
            answer: Any = recognised(folder, task)
        else:
            answer = run(folder, request["arguments"], request["examples"])
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()

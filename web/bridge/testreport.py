"""What pytest finds, test by test: told as it goes, and counted."""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from .sandbox.output import cut
from .workspace import WORKSPACE, Library

MOST_FAILURES = 100  # that are in a report

Tell = Callable[[Any], object]


@dataclass
class TestResult:
    """How a test went; a file that can't be imported counts as one that failed.

    Attributes:
        test: pytest's name for it, such as "tests/test_scalars.py::test_forward[Mul]".
        outcome: "passed", "failed" or "skipped". A test whose tear-down fails has two results.
        seconds: how long it took.
        marks: the names of its marks, such as "task1_2".
        text: what pytest says of a failure, up to a limit; paths as the learner knows them.
        file: the learner's file that a failure came from; None if the test itself found fault.
        line: the line there, counted from 1.
        details: what the tests add as plain data (pytest's `user_properties`).
    """

    __test__ = False  # it is none

    test: str
    outcome: str
    seconds: float = 0.0
    marks: list[str] = field(default_factory=list)
    text: str = ""
    file: str | None = None
    line: int | None = None
    details: dict[str, Any] = field(default_factory=dict)


@dataclass
class TestReport:
    """How a run went, as far as it came.

    Attributes:
        library: what `import minitorch` was.
        status: pytest's exit status, 0 when all passed.
        stopped: whether it was interrupted; the rest is what was found until then.
        passed, failed, skipped: how many.
        seconds: how long it took.
        failures: the first of those that failed.
        output: what was printed, up to a limit.
    """

    __test__ = False

    library: Library
    status: int = 0
    stopped: bool = False
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    failures: list[TestResult] = field(default_factory=list)
    output: str = ""


class Reporter:
    """A plugin for pytest, which calls its methods by their names.

    Args:
        report: where to count.
        tell: takes `{"count": n}`, how many tests there are, and `{"result": …}` for each.
    """

    def __init__(self, report: TestReport, tell: Tell) -> None:
        self._report, self._tell = report, tell
        self._marks: dict[str, list[str]] = {}

    def take(self, result: TestResult) -> None:
        """Count a result, and tell it."""
        report = self._report
        setattr(report, result.outcome, getattr(report, result.outcome) + 1)
        if result.outcome == "failed" and len(report.failures) < MOST_FAILURES:
            report.failures.append(result)
        self._tell({"result": result})

    def take_end(self, error: BaseException) -> None:
        """Take what ended the run before pytest could."""
        self._report.status = 2  # as for an interrupted run
        self._report.stopped = issubclass(type(error), KeyboardInterrupt)
        if not self._report.stopped:
            self.take(_end_of_run(error))

    def pytest_itemcollected(self, item: Any) -> None:
        """Note a test's marks."""
        self._marks[item.nodeid] = sorted({mark.name for mark in item.iter_markers()})

    def pytest_collection_finish(self, session: Any) -> None:
        """Tell how many tests will be run."""
        self._tell({"count": len(session.items)})

    def pytest_collectreport(self, report: Any) -> None:
        """Count a file that can't be imported as a failure, and one that skips itself."""
        if report.outcome != "passed":
            self.take(self._result_of(report))

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self, collector: Any) -> Generator[None, Any, Any]:
        """Note where in the learner's files an import has failed."""
        report = yield
        info = getattr(getattr(report, "call", None), "excinfo", None)
        if info is not None:
            error = info.value.__cause__ or info.value  # pytest says it in words of its own
            report.place = _place(error, Path(collector.path).parent)
        return report

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: Any, call: Any) -> Generator[None, Any, Any]:
        """Note in the report of `item` where in the learner's files `call` has failed."""
        report = yield
        if call.excinfo is not None:
            report.place = _place(call.excinfo.value, Path(item.path).parent)
        return report

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Count a test; errors in its set-up and tear-down are failures too."""
        if report.outcome != "passed" or report.when == "call":
            self.take(self._result_of(report))

    def pytest_internalerror(self, excinfo: Any) -> None:
        """Say what ended pytest itself, such as a file that calls `sys.exit` when imported."""
        self.take(_end_of_run(excinfo.value))

    def pytest_keyboard_interrupt(self, excinfo: Any) -> None:
        """Tell Stop from pytest's own ways to end early, which have the same status."""
        self._report.stopped = excinfo.type is KeyboardInterrupt

    def _result_of(self, report: Any) -> TestResult:
        result = TestResult(
            test=report.nodeid,
            outcome=report.outcome,
            seconds=getattr(report, "duration", 0.0),
            marks=self._marks.get(report.nodeid, []),
            details=_plain(dict(getattr(report, "user_properties", ()))),
        )
        if report.failed:
            result.text = _shown(report.longreprtext)
            result.file, result.line = getattr(report, "place", (None, None))
        return result


def _end_of_run(error: BaseException) -> TestResult:
    """What stands for the tests that there were none of, as something has ended pytest itself."""
    result = TestResult("pytest", "failed")
    result.text = _shown("".join(traceback.format_exception(error)))
    result.file, result.line = _place(error)
    if isinstance(error, SystemExit):
        where = f"{result.file} ends" if result.file else "The code ends"
        result.details["what"] = (
            f"{where} Python when it is imported: {_called(error)}. Then nothing of it can be "
            "tested: leave that line out."
        )
    return result


def _called(error: SystemExit) -> str:
    return f"it calls exit with {error.code!r}" if error.code is not None else "it calls exit"


def _shown(text: str) -> str:
    return cut(WORKSPACE.with_names(text))


def _plain(details: dict[str, Any]) -> dict[str, Any]:
    """The details as data: what is neither number nor text nor made of such becomes its text."""
    plain: dict[str, Any] = json.loads(json.dumps(details, default=str))
    return plain


def _place(error: BaseException, tests: Path | None = None) -> tuple[str | None, int | None]:
    """The learner's file and line that an exception comes from; files beside the tests are none."""
    if isinstance(error, SyntaxError) and WORKSPACE.holds(error.filename):
        return WORKSPACE.name_of(str(error.filename)), error.lineno
    found: tuple[str | None, int | None] = (None, None)
    chain = error.__traceback__
    while chain is not None:
        file = chain.tb_frame.f_code.co_filename
        if WORKSPACE.holds(file) and Path(file).parent != tests:
            found = WORKSPACE.name_of(file), chain.tb_lineno
        chain = chain.tb_next
    return found

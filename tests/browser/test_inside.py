"""The library's own tests, run by pytest inside the page: the same files, the same outcome."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.views import wait_for_python

TESTS = Path(__file__).parents[1]
# It trains for a quarter of the time that all the others take; test_train.py does so in the page.
LONG = "test_training.py::test_it_learns"
# The bridge travels without its sources.
UNREAD = "test_docstrings.py::test_docstrings_name_every_parameter[bridge]"


# Those of the compiler that run programs as WebAssembly, and the kernels by themselves.
COMPILER = ["test_kernels.py", "test_trace.py", "test_compiled.py", "test_merge.py"]


def number_of_tests(*places: Path) -> int:
    """Count the tests that pytest finds outside the page."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", *places]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return sum("::" in line for line in done.stdout.splitlines())


def run_inside(page: Page, site: str, folder: Path, *arguments: str) -> dict[str, Any]:
    """Run tests of a folder in the page; give the report, which has no failure."""
    page.goto(f"{site}#/expression")
    wait_for_python(page)
    files = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.py")}
    report: dict[str, Any] = page.evaluate(
        "([files, args]) => window.minitorch.runTests(files, args)",
        [files, ["-q", "--durations=8", *arguments]],
    )
    print(report["output"][-2000:])
    assert [failure["test"] for failure in report["failures"]] == []
    assert (report["status"], report["failed"]) == (0, 0)
    return report


def test_the_unit_tests_pass_inside_the_page(kept_page: Page, site: str) -> None:
    folder = TESTS / "unit"
    report = run_inside(kept_page, site, folder, *(f"--deselect={one}" for one in (LONG, UNREAD)))
    # A few need what there is not in a page, such as a process of their own; no file is left out.
    assert report["passed"] > 0.95 * number_of_tests(folder) > 400
    assert report["skipped"] < 20


def test_the_compiler_s_tests_pass_inside_the_page(kept_page: Page, site: str) -> None:
    """Through the bridge, in the browser's own WebAssembly."""
    folder = TESTS / "compiler"
    report = run_inside(kept_page, site, folder, *COMPILER)
    # Three are about the package wasmtime itself.
    assert report["skipped"] <= 3
    assert report["passed"] >= number_of_tests(*(folder / name for name in COMPILER)) - 3

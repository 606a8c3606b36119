"""The library's own tests, run by pytest inside the page: the same files, the same outcome."""

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.views import wait_for_python

UNIT = Path(__file__).parents[1] / "unit"
COMPILER = Path(__file__).parents[1] / "compiler"


def number_of_tests() -> int:
    """Count the unit tests that pytest finds outside the page."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", UNIT]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return sum("::" in line for line in done.stdout.splitlines())


def test_the_unit_tests_pass_inside_the_page(page: Page, site: str) -> None:
    page.goto(f"{site}#/expression")
    wait_for_python(page)
    files = {path.name: path.read_text(encoding="utf-8") for path in UNIT.glob("*.py")}
    report = page.evaluate(
        "([files, args]) => window.minitorch.runTests(files, args)",
        [files, ["-q", "--durations=8"]],
    )
    print(report["output"][-2000:])
    assert [failure["test"] for failure in report["failures"]] == []
    assert (report["status"], report["failed"]) == (0, 0)
    # A few need what there is not in a page, such as a process of their own; no file is left out.
    assert report["passed"] > 0.95 * number_of_tests() > 400
    assert report["skipped"] < 20


def test_the_compiler_s_tests_pass_inside_the_page(page: Page, site: str) -> None:
    """In the browser's own WebAssembly, through the bridge: runs, errors, and the kernels alone."""
    page.goto(f"{site}#/expression")
    wait_for_python(page)
    files = {path.name: path.read_text(encoding="utf-8") for path in COMPILER.glob("*.py")}
    named = ["test_kernels.py", "test_trace.py", "test_compiled.py", "test_merge.py"]
    page.set_default_timeout(600_000)
    report = page.evaluate(
        "([files, args]) => window.minitorch.runTests(files, args)",
        [files, ["-q", "--durations=8", *named]],
    )
    print(report["output"][-2000:])
    assert [failure["test"] for failure in report["failures"]] == []
    assert report["status"] == 0
    assert report["passed"] > 50
    assert any("wasm" in line for line in report["output"].splitlines())

"""The library's own tests, run by pytest inside the page: the same files, the same outcome."""

from pathlib import Path

from playwright.sync_api import Page

from tests.browser.views import wait_for_python

UNIT = Path(__file__).parents[1] / "unit"
COMPILER = Path(__file__).parents[1] / "compiler"

# Comlink's promise is kept by the page, where a test can wait for it in pieces.
START = """([files, args]) => {
  window.report = null;
  window.minitorch.runTests(files, args).then(
    (report) => (window.report = report),
    (error) => (window.report = { error: String(error) }),
  );
}"""


def test_the_unit_tests_pass_inside_the_page(page: Page, site: str) -> None:
    page.goto(f"{site}#/expression")
    wait_for_python(page)
    files = {path.name: path.read_text(encoding="utf-8") for path in UNIT.glob("*.py")}
    page.set_default_timeout(600_000)
    report = page.evaluate(
        "([files, args]) => window.minitorch.runTests(files, args)",
        [files, ["-q", "--durations=8"]],
    )
    print(report["output"][-2000:])
    assert [failure["test"] for failure in report["failures"]] == []
    assert report["status"] == 0
    assert report["passed"] > 400
    assert report["failed"] == 0
    assert report["skipped"] < 20
    # Of every task of the course, and of the deep graphs, there was something.
    for name in ("test_autodiff.py", "test_deep.py", "test_scalar.py", "test_training.py"):
        assert name in files


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

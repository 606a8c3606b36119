"""The library's own tests, run by pytest inside the page: the same files, the same outcome."""

from pathlib import Path

from playwright.sync_api import Page

from tests.browser.views import wait_for_python

UNIT = Path(__file__).parents[1] / "unit"


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
    assert report["status"] == 0
    assert report["passed"] > 400
    assert report["failed"] == 0
    assert report["skipped"] < 20

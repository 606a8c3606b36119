"""Python that ends while it loads, or can't start: the page says so, and what to do."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Problems
from tests.browser.views import (
    LOADING_MS,
    address,
    button,
    kill,
    python_status,
    train_to_the_end,
    training_status,
    wait_for_columns,
    wait_for_python,
    watch_workers,
)


def banner(page: Page) -> Locator:
    """Find the alert about Python itself."""
    return page.get_by_role("alert").filter(has=button(page, "Start again"))


def start_again(page: Page) -> None:
    """Press the button that the alert offers, and wait for Python."""
    button(page, "Start again").click()
    expect(python_status(page)).not_to_have_text("Python ready")
    wait_for_python(page)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_python_that_ends_while_it_loads_starts_again(page: Page, site: str) -> None:
    watch_workers(page)
    page.goto(address(site, "train", dataset="Simple", points=20, hidden=2, epochs=10))
    expect(python_status(page)).to_contain_text("Fetching Python")
    kill(page)
    expect(banner(page)).to_contain_text("Python has stopped unexpectedly.")
    start_again(page)
    expect(training_status(page)).to_have_text("Epoch 0 of 10 · not trained yet")
    train_to_the_end(page, 10)


@pytest.mark.parametrize(
    ("part", "how"),
    [
        ("pyodide.asm.wasm", "not found"),
        ("pyodide.asm.wasm", "another file"),
        ("python-*.wasm", "not found"),
        ("worker-*.js", "no connection"),
        ("pyodide.asm.wasm", "no connection"),
        ("stdlib-*.wasm", "no connection"),
    ],
)
def test_python_that_can_not_start_says_so(
    page: Page, site: str, problems: Problems, part: str, how: str
) -> None:
    def answer(route: Route) -> None:
        body = "<h1>Not found</h1>"
        if how == "not found":
            route.fulfill(status=404, content_type="text/html", body=body)
        elif how == "another file":
            route.fulfill(status=200, content_type="application/wasm", body=body)
        else:
            route.abort("connectionreset")

    problems.allow("Failed to load resource|Failed to fetch|could not be fetched|request failed")
    page.route(f"**/{part}", answer)
    page.goto(f"{site}#/train")
    expect(banner(page)).to_contain_text("Python could not be started", timeout=LOADING_MS)
    expect(python_status(page)).to_contain_text("Python could not be started")
    expect(page.get_by_role("alert")).to_have_count(1)
    # All that needs no Python is there.
    wait_for_columns(page, "boundary")
    expect(button(page, "Train")).to_be_disabled()

    if how == "no connection":
        page.unroute(f"**/{part}")
        start_again(page)
        button(page, "Step").click()
        expect(training_status(page)).to_have_text(re.compile("^Epoch 1 of"))

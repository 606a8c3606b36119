"""Python in its worker: when it ends, or can't start, the page says so and nothing is lost."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Problems
from tests.browser.views import (
    LOADING_MS,
    TRAINING_MS,
    address,
    button,
    columns,
    editor_text,
    epoch,
    kill,
    open_train,
    python_status,
    rows,
    run_code,
    table,
    the_result,
    train_to_the_end,
    trained,
    training_status,
    type_code,
    wait_for_columns,
    wait_for_python,
    wait_until,
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


def test_python_that_ends_while_it_rests_starts_again(page: Page, site: str) -> None:
    watch_workers(page)
    open_train(page, site, dataset="Simple", points=20, hidden=2, rate=0.5, seed=3, epochs=40)
    model = train_to_the_end(page, 40)
    navigation = page.get_by_role("navigation", name="Main")
    navigation.get_by_role("link", name="Expression").click()
    run_code(page, "x * y")
    expect(the_result(page)).to_have_text("The result is 6.0.")
    type_code(page, "x * y * z * 5")

    kill(page)
    assert editor_text(page) == "x * y * z * 5"
    expect(the_result(page)).to_have_text("The result is 6.0.")

    # Another one starts by itself, and does what was asked for meanwhile.
    button(page, "Run").click()
    expect(the_result(page)).to_have_text("The result is 30.0.")
    # The new Python knows nothing of the model: the page does.
    navigation.get_by_role("link", name="Train").click()
    assert trained(page) == model
    button(page, "Step").click()
    expect(training_status(page)).to_have_text(re.compile("^Epoch 41 of 41 "))
    wait_for_columns(page, "loss")
    curve = columns(page, "loss")["loss"]
    assert curve[40] < curve[39] < curve[0]


def test_training_goes_on_where_it_was_when_python_ended(page: Page, site: str) -> None:
    watch_workers(page)
    epochs = 150
    model = {"dataset": "Xor", "points": 40, "hidden": 3, "rate": 0.5, "seed": 2}
    open_train(page, site, **model, epochs=epochs, engine="eager")
    button(page, "Train").click()
    wait_until(page, "() => document.querySelector('progress').value > 10")
    kill(page)
    go_on = page.get_by_role("button", name=re.compile("^Go on from epoch"))
    expect(go_on).to_be_visible()
    reached = epoch(page)
    assert 10 < reached < epochs
    log = rows(table(page, "Training log"))
    expect(go_on).to_have_text(f"Go on from epoch {reached}")

    go_on.click()
    expect(training_status(page)).to_have_text(
        re.compile(f"^Epoch {epochs} of {epochs} · .* correct$"), timeout=TRAINING_MS
    )
    expect(page.get_by_role("alert")).to_have_count(0)
    # No epoch is missing, none came twice, and those from before are still in the log.
    wait_for_columns(page, "loss")
    curve = columns(page, "loss")
    assert curve["epoch"] == list(range(1, epochs + 1))
    assert all(row in rows(table(page, "Training log")) for row in log[1:])
    # It is the very run that would have been without the interruption.
    interrupted = trained(page)
    button(page, "Reset").click()
    expect(training_status(page)).to_have_text(f"Epoch 0 of {epochs} · not trained yet")
    assert train_to_the_end(page, epochs) == interrupted
    assert columns(page, "loss") == curve


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
        ("worker-*.js", "no connection"),
        ("pyodide.asm.wasm", "no connection"),
        ("pyodide.asm.wasm", "not found"),
        ("python-*.zip", "not found"),
        ("stdlib-*.zip", "no connection"),
        ("pyodide.asm.wasm", "another file"),
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
    page.goto(site)
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

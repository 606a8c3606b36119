"""What is pressed while something else is still on its way."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.views import (
    LOADING_MS,
    TRAINING_MS,
    address,
    button,
    editor,
    epoch,
    expect_idle,
    field,
    open_expression,
    open_train,
    python_status,
    run_code,
    table,
    the_result,
    train_to_the_end,
    training_status,
    type_code,
    wait_for_python,
    wait_until,
)

QUICK = {"dataset": "Simple", "points": 20, "hidden": 2, "rate": 0.5, "seed": 3}
ENDLESS = "while True:\n    pass\nx"
TYPING_MS = 250  # how long the page waits for another digit before it makes a new model


def show(page: Page, view: str) -> None:
    """Go to another view by the navigation."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name=view).click()


@pytest.mark.parametrize("how", ["Reset", "another setting"])
def test_a_model_given_up_while_python_is_busy_stays_given_up(
    page: Page, site: str, how: str
) -> None:
    open_train(page, site, **QUICK, epochs=40)
    train_to_the_end(page, 40)
    show(page, "Expression")
    type_code(page, ENDLESS)
    button(page, "Run").click()
    expect(page.get_by_text("Running…")).to_be_visible()

    # A new model is wanted, and Python ends before it could make one.
    show(page, "Train")
    if how == "Reset":
        button(page, "Reset").click()
    else:
        field(page, "Hidden size").fill("3")
        page.wait_for_timeout(2 * TYPING_MS)
    show(page, "Expression")
    button(page, "Stop").click()
    show(page, "Train")
    expect(training_status(page)).to_have_text(
        "Epoch 0 of 40 · not trained yet", timeout=LOADING_MS
    )
    wait_for_python(page)
    expect(button(page, "Train")).to_be_enabled()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(table(page, "Training log").locator("tbody")).to_contain_text("Empty so far")
    button(page, "Step").click()
    expect(training_status(page)).to_have_text(re.compile("^Epoch 1 of 40 "))


def test_stop_while_python_loads_calls_the_run_off(page: Page, site: str) -> None:
    held: list[Route] = []
    page.route("**/python-*.zip", lambda route: held.append(route))
    with page.expect_request("**/python-*.zip"):
        page.goto(address(site, "expression", code=ENDLESS, x=2, y=3, z=1))
    expect(editor(page)).to_have_attribute("contenteditable", "true")
    button(page, "Run").click()
    expect(page.get_by_text("Waiting for Python…")).to_be_visible()
    expect(python_status(page)).not_to_have_text("Python ready")
    button(page, "Stop").click()
    expect(page.get_by_text("Stopped.", exact=True)).to_be_visible()
    expect_idle(page)

    (bridge,) = held
    bridge.continue_()
    wait_for_python(page)
    # The loop would keep Python from ever answering this.
    run_code(page, "x * y")
    expect(the_result(page)).to_have_text("The result is 6.0.")


def test_reset_and_train_right_after_a_setting_is_not_undone(page: Page, site: str) -> None:
    open_train(page, site, **QUICK, epochs=10_000)
    field(page, "Hidden size").fill("3")
    button(page, "Reset").click()
    button(page, "Train").click()
    wait_until(page, "() => document.querySelector('progress').value > 0")
    page.wait_for_timeout(2 * TYPING_MS)
    before = epoch(page)
    assert before > 0
    expect(button(page, "Pause")).to_be_enabled()
    wait_until(page, "value => document.querySelector('progress').value > value", before)
    button(page, "Pause").click()
    expect(button(page, "Train")).to_be_enabled(timeout=TRAINING_MS)


def test_the_last_text_survives_a_reload_even_where_the_address_is_behind(
    page: Page, site: str
) -> None:
    open_expression(page, site, "x * y")
    # Too long for the address; then, typed a moment before the reload, short again.
    for code, result in [("x * y * 7  # " + 1000 * "long ", "42.0"), ("x * y * 9", "54.0")]:
        type_code(page, code)
        page.reload()
        wait_for_python(page)
        button(page, "Run").click()
        expect_idle(page)
        expect(the_result(page)).to_have_text(f"The result is {result}.")

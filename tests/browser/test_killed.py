"""Python ended at random moments: the page offers to go on, and the run is the one it would be."""

import random
import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Problems
from tests.browser.views import (
    TRAINING_MS,
    button,
    columns,
    epoch,
    kill,
    open_train,
    python_status,
    run_code,
    the_result,
    train_to_the_end,
    trained,
    training_status,
    type_code,
    wait_for_columns,
    wait_until,
    watch_workers,
)

EPOCHS = 400
MODEL = {"dataset": "Xor", "points": 40, "hidden": 6, "rate": 0.5, "seed": 2, "engine": "eager"}

# Presses what the page offers; true when it has offered something.
GO_ON = """() => {
  for (const offer of ["Go on from epoch", "Start again", "Train"]) {
    const found = [...document.querySelectorAll("button:enabled")];
    const button = found.find((one) => one.textContent.startsWith(offer));
    if (button) return button.click(), true;
  }
  return false;
}"""
DONE = f"document.querySelector('progress').value === {EPOCHS}"


def test_training_survives_twenty_ends_at_random_moments(page: Page, site: str) -> None:
    """While it trains, while another Python loads, and while the model is on its way to it."""
    watch_workers(page)
    open_train(page, site, **MODEL, epochs=EPOCHS)
    uninterrupted = train_to_the_end(page, EPOCHS)
    losses = columns(page, "loss")
    button(page, "Reset").click()
    expect(training_status(page)).to_have_text(f"Epoch 0 of {EPOCHS} · not trained yet")

    button(page, "Train").click()
    chance = random.Random(4)
    reached = 0
    for _ in range(20):
        page.wait_for_timeout(chance.uniform(0, 250))
        # A worker that has not said a word yet is missed only after half a minute.
        expect(python_status(page)).not_to_have_text("Starting Python")
        # The end of the one before may be noticed only now.
        wait_until(page, f"() => workersOfTest.length > 0 || (({GO_ON})(), false)")
        kill(page)
        wait_until(page, GO_ON)
        assert epoch(page) >= reached
        reached = epoch(page)
    finish = f"() => {DONE} || (({GO_ON})(), false)"
    wait_until(page, finish, patience=TRAINING_MS)
    expect(training_status(page)).to_have_text(re.compile(f"^Epoch {EPOCHS} of {EPOCHS} · "))
    assert trained(page) == uninterrupted
    wait_for_columns(page, "loss")
    assert columns(page, "loss") == losses


def test_code_that_ends_python_leaves_the_page_as_it_was(
    page: Page, site: str, problems: Problems
) -> None:
    watch_workers(page)
    page.goto(f"{site}#/expression")
    run_code(page, "x * y")
    for _ in range(2):
        type_code(page, "while True:\n    pass\nx")
        button(page, "Run").click()
        expect(page.get_by_text("Running…")).to_be_visible()
        kill(page)
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("Python ended while it was running this. Your text is safe.")
        expect(the_result(page)).to_have_text("The result is 6.0.")
        run_code(page, "x * y")
        expect(alert).to_have_count(0)

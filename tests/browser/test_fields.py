"""Fields: a value is taken when its field is left, or said to be none; nothing else is lost."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.views import (
    TRAINING_MS,
    address,
    button,
    choice,
    derivatives,
    editor,
    field,
    losses,
    open_expression,
    open_train,
    run_code,
    the_result,
    train_to_the_end,
    trained,
    training_status,
    type_code,
    wait_for_python,
)

QUICK = {"dataset": "Simple", "points": 20, "hidden": 2, "rate": 0.5, "seed": 3}
ENDLESS = "while True:\n    pass\nx"


def show(page: Page, view: str) -> None:
    """Go to another view by the navigation."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name=view).click()


def expect_refused(page: Page, label: str, expected: str) -> None:
    """Check that a field says what it takes, and that the buttons wait for it."""
    refused = field(page, label)
    expect(refused).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("alert")).to_have_text(f"Needs {expected}.")
    expect(refused).to_have_accessible_description(f"Needs {expected}.")
    reason = f"{label} needs another value first."
    expect(page.get_by_text(reason)).to_be_visible()
    for waiting in main_buttons(page):
        expect(waiting).to_be_disabled()
        expect(waiting).to_have_accessible_description(re.compile(re.escape(reason)))


def expect_accepted(page: Page, label: str) -> None:
    """Check that nothing is wrong any more."""
    expect(field(page, label)).to_have_attribute("aria-invalid", "false")
    expect(page.get_by_role("alert")).to_have_count(0)
    for free in main_buttons(page):
        expect(free).to_be_enabled()


def main_buttons(page: Page) -> list[Locator]:
    """Find the buttons that use what stands in the fields."""
    names = ["Run"] if "#/expression" in page.url else ["Train", "Step", "Reset"]
    return [button(page, name) for name in names]


def test_nothing_changes_while_somebody_types(kept_page: Page, site: str) -> None:
    page = kept_page
    open_train(page, site, **QUICK, epochs=30)
    reached = train_to_the_end(page, 30)
    before = page.url
    field(page, "Points").press("Control+a")
    field(page, "Points").press_sequentially("40")
    field(page, "Points").press("ArrowLeft")
    field(page, "Points").press_sequentially("5")
    expect(field(page, "Points")).to_have_value("450")
    assert trained(page) == reached
    assert page.url == before

    field(page, "Points").press("Tab")
    expect(training_status(page)).to_have_text("Epoch 0 of 30 · not trained yet")
    expect(page).to_have_url(re.compile("points=450"))


WRONG = [
    *[("Points", text) for text in ("-5", "1e9", "1,5", "1.000", "")],
    *[("x", text) for text in ("", "1e999")],
]
EXPECTED = {"Points": "a whole number from 1 to 1,000", "x": "a number"}


@pytest.mark.parametrize(("label", "text"), WRONG)
def test_what_can_not_be_taken_stays_and_holds_the_buttons_up(
    kept_page: Page, site: str, label: str, text: str
) -> None:
    page = kept_page
    show(page, "Expression" if label == "x" else "Train")
    good, before = field(page, label).input_value(), page.url
    field(page, label).fill(text)
    expect(page.get_by_role("alert")).to_have_count(0)  # nobody is told off for half a number
    field(page, label).blur()
    expect_refused(page, label, EXPECTED[label])
    expect(field(page, label)).to_have_value(text)
    assert page.url == before
    # A button that waits leads to the reason.
    main_buttons(page)[0].click(force=True)
    expect(field(page, label)).to_be_focused()
    expect(field(page, label)).to_have_value(text)
    field(page, label).press("Escape")
    expect(field(page, label)).to_have_value(good)
    expect_accepted(page, label)


def test_a_complaint_goes_as_soon_as_it_is_met(kept_page: Page, site: str) -> None:
    page = kept_page
    open_train(page, site, **QUICK, epochs=30)
    field(page, "Seed").fill("-")
    field(page, "Seed").press("Enter")
    expect_refused(page, "Seed", "a whole number from 0 to 2,147,483,648")
    field(page, "Points").fill("none")
    field(page, "Points").blur()
    expect(page.get_by_text("Points and Seed need other values first.")).to_be_visible()
    field(page, "Points").press("Escape")
    field(page, "Seed").press("End")
    field(page, "Seed").press("Backspace")
    expect(page.get_by_role("alert")).to_have_count(1)
    field(page, "Seed").press_sequentially("4")
    expect_accepted(page, "Seed")
    # What is typed last is taken, whatever is pressed.
    button(page, "Train").click()
    expect(page).to_have_url(re.compile("seed=4"))
    expect(training_status(page)).to_have_text(
        re.compile("^Epoch 30 of 30 .* correct$"), timeout=TRAINING_MS
    )


def test_decimals_take_a_point(kept_page: Page, site: str) -> None:
    page = kept_page
    open_expression(page, site)
    field(page, "y").fill("1,5")
    field(page, "y").blur()
    expect_refused(page, "y", "a point for decimals: 1.5")
    # Not by the keys either, with the value from before.
    editor(page).press("Control+Enter")
    expect(field(page, "y")).to_be_focused()
    expect(page.get_by_text("The result is not known yet.")).to_be_visible()
    field(page, "y").fill("1.5")
    field(page, "y").press("Enter")
    expect(the_result(page)).to_have_text("The result is 26.0.")


def test_what_the_page_writes_can_be_pasted_back(kept_page: Page, site: str) -> None:
    page = kept_page
    open_expression(page, site, "x * y + 0 * z", x=-2)
    field(page, "y").fill("3e-5")
    field(page, "y").press("Enter")
    expect(the_result(page)).to_have_text("The result is −6e−5.")
    values = {name: row[0] for name, row in derivatives(page).items()}
    assert values == {"x": "−2.0", "y": "3e−5", "z": "1.0"}
    for label, text, value in [("z", values["x"], "-2"), ("x", values["y"], "0.00003")]:
        page.evaluate("text => navigator.clipboard.writeText(text)", text)
        field(page, label).press("Control+a")
        field(page, label).press("Control+v")
        field(page, label).blur()
        expect(field(page, label)).to_have_value(value)
    expect(page).to_have_url(re.compile("x=0.00003&y=0.00003&z=-2"))

    show(page, "Train")
    for text, value in [("1,000", "1000"), ("1e3", "1000"), ("1_000", "1000"), ("５０", "50")]:
        field(page, "Points").fill(text)
        field(page, "Points").blur()
        expect(field(page, "Points")).to_have_value(value)
        expect_accepted(page, "Points")


def test_enter_does_what_the_main_button_does(kept_page: Page, site: str) -> None:
    page = kept_page
    open_train(page, site, **QUICK, epochs=30)
    field(page, "Points").fill("25")
    field(page, "Points").press("Enter")
    expect(training_status(page)).to_have_text(
        re.compile("^Epoch 30 of 30 .* of 25 correct$"), timeout=TRAINING_MS
    )
    # Another number under way: the new model is trained at once.
    field(page, "Epochs").fill("10,000")
    field(page, "Epochs").press("Enter")
    expect(button(page, "Pause")).to_be_enabled()
    field(page, "Points").fill("24")
    field(page, "Points").press("Enter")
    expect(training_status(page)).to_have_text(re.compile(r"^Epoch [\d,]+ of 10,000 .* of 24 "))
    expect(button(page, "Pause")).to_be_enabled()
    button(page, "Reset").click()

    open_expression(page, site, "x * y")
    field(page, "x").fill("-1.5")
    field(page, "x").press("Enter")
    expect(the_result(page)).to_have_text("The result is −4.5.")


def test_arrows_step(kept_page: Page, site: str) -> None:
    page = kept_page
    open_train(page, site, **QUICK, epochs=30)
    # While the key is held nothing is made of the numbers that rush by.
    field(page, "Seed").focus()
    for _ in range(3):
        page.keyboard.down("ArrowUp")
    expect(field(page, "Seed")).to_have_value("6")
    expect(field(page, "Seed")).to_have_attribute("aria-valuenow", "6")
    assert "seed=3" in page.url
    page.keyboard.up("ArrowUp")
    expect(page).to_have_url(re.compile("seed=6"))
    for label, key, value in [("Hidden size", "ArrowDown", "1"), ("Points", "ArrowUp", "21")]:
        field(page, label).press(key)
        field(page, label).press(key) if value == "1" else None
        expect(field(page, label)).to_have_value(value)
    expect(page).to_have_url(re.compile("points=21&hidden=1&"))

    # With the mouse, which finds the arrows at the field's end.
    box = field(page, "Epochs").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] - 8, box["y"] + 10)
    expect(page).to_have_url(re.compile("epochs=31"))
    page.mouse.click(box["x"] + box["width"] - 8, box["y"] + box["height"] - 10)
    expect(page).to_have_url(re.compile("epochs=30"))


def test_settings_apply_in_the_order_they_were_made(kept_page: Page, site: str) -> None:
    page = kept_page
    wanted = QUICK | {"dataset": "Spiral", "hidden": 3, "engine": "eager", "epochs": 6}
    open_train(page, site, **wanted)
    train_to_the_end(page, 6)
    curve = losses(page)
    assert len(curve) == 6

    open_train(page, site, **QUICK, epochs=6)
    field(page, "Hidden size").fill("3")
    # All within a tenth of a second.
    page.evaluate(
        """() => {
          const pick = (name, value) => {
            const select = document.querySelector(`select[name=${name}]`);
            select.value = value;
            select.dispatchEvent(new Event("change", { bubbles: true }));
          };
          document.activeElement.blur();
          pick("dataset", "Spiral");
          pick("engine", "eager");
        }"""
    )
    train_to_the_end(page, 6)
    assert losses(page) == curve
    expect(choice(page, "Engine")).to_have_value("eager")


def test_a_link_takes_the_place_of_what_is_typed(kept_page: Page, site: str) -> None:
    page = kept_page
    open_train(page, site, **QUICK, epochs=30)
    field(page, "Points").fill("7")
    field(page, "Seed").fill("x")
    field(page, "Points").focus()
    # Nobody leaves a field to go back by the keys, or to follow a link from elsewhere.
    page.evaluate("hash => { location.hash = hash; }", address("", "train", **QUICK, epochs=40))
    for label, value in {"Epochs": "40", "Points": "20", "Seed": "3"}.items():
        expect(field(page, label)).to_have_value(value)
    field(page, "Points").blur()
    expect(page).to_have_url(re.compile("points=20.*epochs=40"))
    expect_accepted(page, "Points")
    # Even one that says what is set already.
    field(page, "Points").fill("none")
    field(page, "Points").blur()
    page.goto(address(site, "train", **QUICK, epochs=40))
    expect(field(page, "Points")).to_have_value("20")
    expect_accepted(page, "Points")


def test_what_is_typed_is_there_after_a_look_at_another_view(kept_page: Page, site: str) -> None:
    page = kept_page
    open_train(page, site, **QUICK, epochs=30)
    field(page, "Points").fill("22")
    field(page, "Seed").fill("three")
    field(page, "Points").focus()
    page.evaluate("location.hash = '#/expression'")
    expect(page.get_by_role("heading", level=1)).to_have_text("Follow the chain rule")
    show(page, "Train")
    expect(field(page, "Points")).to_have_value("22")
    expect(field(page, "Seed")).to_have_value("three")
    expect_refused(page, "Seed", "a whole number from 0 to 2,147,483,648")
    expect(page).to_have_url(re.compile("points=22.*seed=3"))
    field(page, "Seed").press("Escape")
    expect_accepted(page, "Seed")


def test_train_waits_for_no_program_which_any_view_can_stop(kept_page: Page, site: str) -> None:
    page = kept_page
    open_train(page, site, **QUICK, epochs=30)
    open_expression(page, site)
    type_code(page, ENDLESS)
    button(page, "Run").click()
    doing = page.get_by_role("status", name="Python", exact=True)
    expect(doing).to_have_text("Running your expression")
    show(page, "Train")
    expect(doing).to_have_text("Running your expression")
    button(page, "Train").click()
    # Training has a Python of its own, and waits for no program.
    expect(training_status(page)).to_have_text(
        re.compile("^Epoch 30 of 30 .* correct$"), timeout=TRAINING_MS
    )
    expect(doing).to_have_text("Running your expression")
    stops = button(page, "Stop your expression")
    expect(stops).to_have_count(1)  # in the header
    stops.click()
    wait_for_python(page)
    expect(stops).to_have_count(0)

    # The header's does the same, in any view.
    show(page, "Expression")
    # On a busy machine an interrupt may come too late to tell the line.
    expect(page.get_by_text(re.compile(r"^Stopped( in line 2)?\.$"))).to_be_visible()
    button(page, "Run").click()
    show(page, "Train")
    # A run that is done waits for nothing.
    expect(training_status(page)).to_have_text(re.compile("^Epoch 30 of 30"))
    button(page, "Stop your expression").click()
    wait_for_python(page)
    show(page, "Expression")
    run_code(page, "x * y")
    expect(the_result(page)).to_have_text("The result is 6.0.")

"""What is kept where: by the address, by a tab, by the browser, or by nothing at all."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.views import (
    LOADING_MS,
    address,
    button,
    editor_text,
    expect_trained,
    field,
    losses,
    open_train,
    rows,
    show,
    table,
    the_result,
    train_to_the_end,
    trained,
    training_status,
    type_code,
    without_python,
)

QUICK = {"dataset": "Simple", "points": 20, "hidden": 2, "rate": 0.5, "seed": 3}
LONG = "x * y * 7  # " + 1000 * "long "  # too long for the address


def not_kept(page: Page) -> Locator:
    """Find the notice about what a reload would lose."""
    return page.get_by_role("status", name="Not kept", exact=True)


def test_back_forward_and_nonsense_in_the_address(kept_page: Page, site: str) -> None:
    page = kept_page
    settings = {**QUICK, "epochs": 60, "drawing": "end"}
    open_train(page, site, **settings)
    first = train_to_the_end(page, 60)
    show(page, "Expression")
    type_code(page, "x * 2\n+ y")
    expect(page).to_have_url(re.compile(r"code=x\+\*\+2%0A%2B\+y"))
    type_code(page, LONG)

    # Nonsense changes nothing but the address, which is put right.
    page.goto(f"{site}#/train?hidden=<b>&points=1e400&__proto__=1")
    notice = page.get_by_role("status", name="Notice")
    expect(notice).to_contain_text("Hidden size can’t be “<b>”")
    expect(notice).to_contain_text("so it stays as it was.")
    assert trained(page) == first
    expect(field(page, "Hidden size")).to_have_value("2")
    expect(page).to_have_url(
        re.compile("hidden=2&rate=0.5&epochs=60&seed=3&engine=compiled&drawing=end$")
    )

    # A link brings another model and another text; Back, what was there before.
    page.goto(address(site, "train", **settings | {"hidden": 4}))
    expect(training_status(page)).to_have_text("Epoch 0 of 60 · not trained yet")
    page.goto(address(site, "expression", x=2, y=3, z=1, code="x + z"))
    assert editor_text(page) == "x + z"
    page.go_back()
    expect(field(page, "Hidden size")).to_have_value("4")
    page.go_back()
    expect_trained(page, 60, 60)
    assert trained(page) == first
    page.go_back()
    assert editor_text(page) == LONG


def test_two_tabs_keep_their_own(kept_page: Page, site: str) -> None:
    tabs = [kept_page, kept_page.context.new_page()]
    curves = []
    for tab, (page, epochs) in enumerate(zip(tabs, (30, 40), strict=True)):
        open_train(page, site, **QUICK | {"seed": tab}, epochs=epochs, drawing="end")
        train_to_the_end(page, epochs)
        curves.append(losses(page))
        show(page, "Expression")
        type_code(page, f"x * {tab}")
    assert curves[0] != curves[1][:30]

    one, other = tabs
    one.reload()
    assert editor_text(one) == "x * 0"
    show(one, "Train")
    expect_trained(one, 30, 30)
    assert losses(one) == curves[0]
    assert editor_text(other) == "x * 1"
    show(other, "Train")
    expect_trained(other, 40, 40)
    assert losses(other) == curves[1]
    # A new tab begins with the text that was typed last, and with no training of another tab.
    new = one.context.new_page()
    without_python(new)
    new.goto(f"{site}#/expression")
    assert editor_text(new) == "x * 1"
    new.close()
    other.close()


REFUSED = """
for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, {
    get() { throw new DOMException("Access is denied for this document.", "SecurityError"); },
  });
}
"""


def test_a_browser_that_keeps_nothing(page: Page, site: str) -> None:
    page.add_init_script(REFUSED)
    page.goto(address(site, "expression", x=2, y=3, z=1))
    type_code(page, "x * y * z * 5")  # is in the address
    expect(page).to_have_url(re.compile(r"code=x\+\*\+y\+\*\+z\+\*\+5"))
    expect(not_kept(page)).to_have_count(0)
    type_code(page, LONG)
    expect(not_kept(page)).to_contain_text(
        "This browser can’t keep your text: a reload would lose it."
    )
    show(page, "Train")
    button(page, "Step").click()
    expect(training_status(page)).to_have_text(re.compile("^Epoch 1 of"), timeout=LOADING_MS)
    expect(not_kept(page)).to_contain_text(
        "can’t keep your text and your trained network: a reload would lose them."
    )
    not_kept(page).get_by_role("button", name="Dismiss").click()
    expect(not_kept(page)).to_have_count(0)
    # Once is enough.
    button(page, "Step").click()
    expect(training_status(page)).to_have_text(re.compile("^Epoch 2 of"))
    show(page, "Expression")
    type_code(page, LONG + "and longer")
    button(page, "Run").click()
    expect(the_result(page)).to_have_text("The result is 42.0.")
    expect(not_kept(page)).to_have_count(0)


# Leaves so many characters free.
FILL = """free => {
  let size = 2 ** 23;
  let text = "";
  for (; size >= 1; size = Math.floor(size / 2)) {
    try {
      sessionStorage.setItem("other", text + "x".repeat(size));
      text += "x".repeat(size);
    } catch {}
  }
  sessionStorage.setItem("other", text.slice(free));
}"""


def test_a_log_too_long_to_be_kept(kept_page: Page, site: str) -> None:
    page, epochs = kept_page, 5_000
    open_train(page, site, **QUICK | {"seed": 4}, epochs=epochs, drawing="end")
    page.evaluate(FILL, 70_000)
    train_to_the_end(page, epochs)
    curve = losses(page)
    expect(not_kept(page)).to_contain_text("can’t keep the beginning of the log")
    page.reload()
    expect_trained(page, epochs, epochs)
    kept = losses(page)
    assert 100 < len(kept) < epochs
    assert kept == curve[-len(kept) :]
    log = rows(table(page, "Training log"))
    assert log[0][0] == "5,000"
    assert int(log[-1][0].replace(",", "")) > 1
    page.evaluate("() => sessionStorage.clear()")

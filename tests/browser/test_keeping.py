"""Nothing is lost: not by a reload, nor by Back, another tab, or a browser that keeps nothing."""

import re

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.views import (
    LOADING_MS,
    address,
    button,
    choice,
    columns,
    editor_text,
    epoch,
    field,
    losses,
    open_train,
    rows,
    table,
    the_result,
    train_to_the_end,
    trained,
    training_status,
    type_code,
    wait_for_columns,
    wait_for_python,
    wait_until,
)

QUICK = {"dataset": "Simple", "points": 20, "hidden": 2, "rate": 0.5, "seed": 3}
# All was deleted a moment ago, by the reader or by another page of the site.
EMPTY = "() => { sessionStorage.clear(); localStorage.clear(); }"
LONG = "x * y * 7  # " + 1000 * "long "  # too long for the address


def show(page: Page, view: str) -> None:
    """Go to another view by the navigation."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name=view).click()


def expect_rest(page: Page, done: int, goal: int) -> None:
    """Wait until the page shows a model that has been trained so far and waits for more."""
    expect(training_status(page)).to_have_text(
        re.compile(rf"^Epoch {done:,} of {goal:,} · loss .* correct$"), timeout=LOADING_MS
    )
    expect(button(page, "Train")).to_be_enabled()


def not_kept(page: Page) -> Locator:
    """Find the notice about what a reload would lose."""
    return page.get_by_role("status", name="Not kept", exact=True)


def test_a_reload_in_the_middle_of_training(kept_page: Page, site: str) -> None:
    page = kept_page
    epochs = 300
    open_train(page, site, **QUICK, epochs=epochs)
    button(page, "Train").click()
    wait_until(page, "() => document.querySelector('progress').value > 40")
    seen, log = epoch(page), rows(table(page, "Training log"))
    page.evaluate(EMPTY)
    page.reload()

    expect(training_status(page)).to_have_text(
        re.compile(rf"^Epoch \d+ of {epochs} · loss .* correct$"), timeout=LOADING_MS
    )
    reached = epoch(page)
    assert seen <= reached < epochs
    assert set(map(tuple, log)) <= set(map(tuple, rows(table(page, "Training log"))))
    wait_for_columns(page, "loss")
    assert columns(page, "loss")["epoch"] == list(range(1, reached + 1))
    before = losses(page)
    # Nothing runs that nobody asked for.
    wait_for_python(page)
    expect_rest(page, reached, epochs)

    # No epoch is missing, none came twice: it is the run that would have been without the reload.
    reloaded = train_to_the_end(page, epochs)
    curve = losses(page)
    assert curve[:reached] == before
    button(page, "Reset").click()
    choice(page, "Drawing").select_option("At the end")
    assert train_to_the_end(page, epochs) == reloaded
    assert losses(page) == curve

    # What was given up is not kept.
    button(page, "Reset").click()
    expect(training_status(page)).to_have_text(f"Epoch 0 of {epochs} · not trained yet")
    assert [key for key in page.evaluate("() => Object.keys(sessionStorage)") if "run" in key] == []


# As soon as the button is there, before anything else of the page has happened.
AT_ONCE = """
new MutationObserver((_, observer) => {
  const named = (name) =>
    [...document.querySelectorAll("button")].find((one) => one.textContent === name);
  if (!named("BUTTON")) return;
  observer.disconnect();
  const area = document.querySelector("textarea");
  if (area) {
    area.focus();
    area.setSelectionRange(0, area.value.length);
    document.execCommand("insertText", false, "x * z");
  }
  named("BUTTON").click();
}).observe(document, { childList: true, subtree: true });
"""


def test_what_is_pressed_at_once_happens_when_python_is_there(
    context: BrowserContext, site: str
) -> None:
    train, expression = context.new_page(), context.new_page()
    train.add_init_script(AT_ONCE.replace("BUTTON", "Train"))
    train.goto(address(site, "train", **QUICK, epochs=10))
    expression.add_init_script(AT_ONCE.replace("BUTTON", "Run"))
    expression.goto(address(site, "expression", x=2, y=3, z=4))
    expect(expression.get_by_role("textbox", name="Expression")).to_have_attribute(
        "contenteditable", "true"
    )
    # The editor proper takes over from the plain one, even where the next character goes.
    expression.keyboard.type(" + y")
    assert editor_text(expression) == "x * z + y"
    expect(the_result(expression)).to_have_text("The result is 8.0.", timeout=LOADING_MS)
    expect_rest(train, 10, 10)


def test_back_forward_and_nonsense_in_the_address(kept_page: Page, site: str) -> None:
    page = kept_page
    settings = {**QUICK, "epochs": 60, "drawing": "end"}
    open_train(page, site, **settings)
    first = train_to_the_end(page, 60)
    curve = losses(page)
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
    expect_rest(page, 60, 60)
    assert trained(page) == first
    page.go_back()
    assert editor_text(page) == LONG

    # The same from another page; and the view that the address doesn't name is kept too.
    page.evaluate(EMPTY)
    page.goto("about:blank")
    page.go_back()
    assert editor_text(page) == LONG
    show(page, "Train")
    expect_rest(page, 60, 60)
    assert losses(page) == curve
    button(page, "Step").click()
    expect_rest(page, 61, 61)


def test_two_tabs_keep_their_own(context: BrowserContext, site: str) -> None:
    tabs = [context.new_page() for _ in range(2)]
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
    expect_rest(one, 30, 30)
    assert losses(one) == curves[0]
    assert editor_text(other) == "x * 1"
    show(other, "Train")
    expect_rest(other, 40, 40)
    assert losses(other) == curves[1]
    # A new tab begins with the text that was typed last, and with no training of another tab.
    new = context.new_page()
    new.route("**/worker-*.js", lambda route: None)  # Python is not needed
    new.goto(f"{site}#/expression")
    assert editor_text(new) == "x * 1"


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
    page, epochs = kept_page, 9_000
    open_train(page, site, **QUICK | {"seed": 4}, epochs=epochs, drawing="end")
    page.evaluate(FILL, 200_000)
    train_to_the_end(page, epochs)
    curve = losses(page)
    expect(not_kept(page)).to_contain_text("can’t keep the beginning of the log")
    page.reload()
    expect_rest(page, epochs, epochs)
    kept = losses(page)
    assert 100 < len(kept) < epochs
    assert kept == curve[-len(kept) :]
    log = rows(table(page, "Training log"))
    assert log[0][0] == "9,000"
    assert int(log[-1][0].replace(",", "")) > 1

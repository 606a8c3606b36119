"""Whatever comes in between, nothing is lost, and nothing happens that was called off.

Three tables: what interrupts a run in the middle, what happens to a model and a text at rest, and
what is pressed while Python can't do it yet.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import Problems
from tests.browser.views import (
    LOADING_MS,
    TRAINING_MS,
    address,
    button,
    columns,
    editor,
    editor_text,
    epoch,
    expect_idle,
    expect_trained,
    field,
    kill,
    losses,
    open_train,
    paste_code,
    python_again,
    python_status,
    rows,
    run_code,
    set_field,
    show,
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

QUICK = {"dataset": "Simple", "points": 20, "hidden": 2, "rate": 0.5, "seed": 3}
ENDLESS = "while True:\n    pass\nx"
LONG = "x * y * 7  # " + 1000 * "long "  # too long for the address
# All was deleted a moment ago, by the reader or by another page of the site.
EMPTY = "() => { sessionStorage.clear(); localStorage.clear(); }"
PROGRESS = "least => document.querySelector('progress')?.value > least"

Happening = Callable[[Page], None]


@pytest.fixture(scope="module", autouse=True)
def _watched(_kept: tuple[Page, Problems]) -> None:
    watch_workers(_kept[0])


@pytest.fixture
def page(kept_page: Page) -> Page:
    """Give the module's page, or a new one in its place where Python has ended too often.

    After three ends within a minute the page starts no other Python unless it is told to.
    """
    if kept_page.evaluate("window.killed > 1"):
        kept_page.goto("about:blank")
    return kept_page


# ------------------------------------------------------------------------- a run in the middle

RUN = {"dataset": "Xor", "points": 40, "hidden": 3, "rate": 0.5, "seed": 2, "engine": "eager"}
EPOCHS = 160  # long enough not to be done before all has happened, on a quick machine too

# Presses what the page offers; true when it has offered something.
GO_ON = """() => {
  for (const offer of ["Go on from epoch", "Start again", "Train"]) {
    const found = [...document.querySelectorAll("button:enabled")];
    const button = found.find((one) => one.textContent.startsWith(offer));
    if (button) return button.click(), true;
  }
  return false;
}"""
FINISH = f"() => document.querySelector('progress').value === {EPOCHS} || (({GO_ON})(), false)"


class Outcome(NamedTuple):
    status: dict[str, str]
    losses: list[float]


@pytest.fixture(scope="module")
def uninterrupted(_kept: tuple[Page, Problems], site: str) -> Outcome:
    """Train without a stop, as fast as it goes."""
    page, _ = _kept
    open_train(page, site, **RUN, epochs=EPOCHS, drawing="end")
    return Outcome(train_to_the_end(page, EPOCHS), losses(page))


def python_ends(page: Page) -> None:
    kill(page)
    go_on = page.get_by_role("button", name=re.compile("^Go on from epoch"))
    expect(go_on).to_have_text(f"Go on from epoch {epoch(page)}")


def python_ends_again_and_again(page: Page) -> None:
    """While it trains, while the model is on its way to another Python, and while that loads."""
    for moment in (0, 0, 300, 100, 0):
        page.wait_for_timeout(moment)
        # A worker that has not said a word yet is missed only after half a minute.
        expect(python_status(page)).not_to_have_text("Starting Python")
        # The end of the one before may be noticed only now.
        wait_until(page, f"() => workersOfTest.length > 0 || (({GO_ON})(), false)")
        reached = epoch(page)
        kill(page)
        wait_until(page, GO_ON)
        assert epoch(page) >= reached


def a_reload(page: Page) -> None:
    page.evaluate(EMPTY)
    page.reload()
    # Nothing runs that nobody asked for.
    wait_for_python(page)
    expect(button(page, "Train")).to_be_enabled()
    expect(training_status(page)).to_have_text(re.compile(rf"^Epoch [1-9]\d* of {EPOCHS}"))
    reached = epoch(page)
    expect(training_status(page)).to_have_text(
        re.compile(rf"^Epoch {reached} of {EPOCHS} · loss .* correct$")
    )
    wait_for_columns(page, "loss")
    assert columns(page, "loss")["epoch"] == list(range(1, reached + 1))


def a_pause_and_steps(page: Page) -> None:
    button(page, "Pause").click()
    expect(button(page, "Train")).to_be_enabled()
    reached = epoch(page)
    for step in (1, 2):
        button(page, "Step").click()
        expect(training_status(page)).to_have_text(re.compile(f"^Epoch {reached + step} of"))


def another_view(page: Page) -> None:
    reached = epoch(page)
    show(page, "Expression")
    show(page, "Train")
    # It has gone on meanwhile, and Pause still reaches it.
    wait_until(page, PROGRESS, reached)
    button(page, "Pause").click()
    expect(button(page, "Train")).to_be_enabled()


def nonsense_in_the_address(page: Page) -> None:
    here = page.url.partition("#")[0]
    for nonsense in ("hidden=<b>", "epochs=1e400&points=-1", "constructor=1"):
        page.goto(f"{here}#/train?{nonsense}")
        expect(page.get_by_role("status", name="Notice")).to_be_visible()
        wait_until(page, PROGRESS, epoch(page))


def what_python_survives(page: Page) -> None:
    a_pause_and_steps(page)
    button(page, "Train").click()
    another_view(page)
    button(page, "Train").click()
    nonsense_in_the_address(page)


INTERRUPTIONS: dict[str, Happening] = {
    "what Python survives": what_python_survives,
    "Python ends": python_ends,
    "Python ends again and again": python_ends_again_and_again,
    "a reload": a_reload,
}


@pytest.mark.parametrize("what", INTERRUPTIONS)
def test_an_interrupted_run_is_the_run_it_would_have_been(
    page: Page, site: str, uninterrupted: Outcome, what: str
) -> None:
    open_train(page, site, **RUN, epochs=EPOCHS)
    button(page, "Train").click()
    wait_until(page, PROGRESS, 20)
    before, log = epoch(page), rows(table(page, "Training log"))
    INTERRUPTIONS[what](page)
    assert before <= epoch(page) < EPOCHS

    wait_until(page, FINISH, patience=TRAINING_MS)
    expect_trained(page, EPOCHS, EPOCHS)
    assert trained(page) == uninterrupted.status
    # No epoch is missing, none came twice, and those from before are still in the log.
    assert losses(page) == uninterrupted.losses
    assert all(row in rows(table(page, "Training log")) for row in log[1:])
    expect(page.get_by_role("alert")).to_have_count(0)


def test_what_was_given_up_is_not_kept(page: Page, site: str) -> None:
    open_train(page, site, **QUICK, epochs=10)
    train_to_the_end(page, 10)
    kept = "() => Object.keys(sessionStorage).filter((key) => key.includes('run'))"
    wait_until(page, f"() => ({kept})().length > 0")
    button(page, "Reset").click()
    expect(training_status(page)).to_have_text("Epoch 0 of 10 · not trained yet")
    assert page.evaluate(kept) == []


# ------------------------------------------------------------------- a model and a text at rest


def python_ends_while_it_rests(page: Page) -> None:
    kill(page)
    expect(the_result(page)).to_have_text("The result is 6.0.")


def python_ends_while_code_runs(page: Page) -> None:
    type_code(page, ENDLESS)
    button(page, "Run").click()
    expect(page.get_by_text("Running…")).to_be_visible()
    kill(page)
    expect(page.get_by_role("alert")).to_contain_text(
        "Python ended while it was running this. Your text is safe."
    )
    expect(the_result(page)).to_have_text("The result is 6.0.")
    assert editor_text(page) == ENDLESS
    type_code(page, LONG)


def everything_is_loaded_again(page: Page) -> None:
    page.evaluate(EMPTY)
    page.reload()


def another_page_and_back(page: Page) -> None:
    page.goto("about:blank")
    page.go_back()


def another_page_and_here_again(page: Page) -> None:
    here = page.url.partition("#")[0]
    page.goto("about:blank")
    page.goto(f"{here}#/expression")


def one_after_the_other(page: Page) -> None:
    for leave in (everything_is_loaded_again, another_page_and_back, another_page_and_here_again):
        leave(page)
        assert editor_text(page) == LONG


AT_REST: dict[str, Happening] = {
    "Python ends": python_ends_while_it_rests,
    "Python ends while code runs": python_ends_while_code_runs,
    "all is left and found again": one_after_the_other,
}


@pytest.mark.parametrize("what", AT_REST)
def test_a_model_and_a_text_at_rest_stay(page: Page, site: str, what: str) -> None:
    open_train(page, site, **QUICK, epochs=40, drawing="end")
    model, curve = train_to_the_end(page, 40), losses(page)
    show(page, "Expression")
    run_code(page, "x * y")
    expect(the_result(page)).to_have_text("The result is 6.0.")
    type_code(page, LONG)
    AT_REST[what](page)

    assert editor_text(page) == LONG
    button(page, "Run").click()
    expect(the_result(page)).to_have_text("The result is 42.0.", timeout=LOADING_MS)
    expect(page.get_by_role("alert")).to_have_count(0)
    # The Python of now knows nothing of the model: the page does.
    show(page, "Train")
    expect_trained(page, 40, 40)
    assert trained(page) == model
    button(page, "Step").click()
    expect_trained(page, 41, 41)
    assert losses(page)[:40] == curve


def test_the_last_text_survives_a_reload_where_the_address_is_behind(page: Page, site: str) -> None:
    page.goto(address(site, "expression", code="x * y", x=2, y=3, z=1))
    # Too long for the address; then, typed a moment before the reload, short again.
    for code in (LONG, "x * y * 9"):
        paste_code(page, code)
        page.reload()
        assert editor_text(page) == code


# --------------------------------------------------- what is pressed while Python can't do it yet

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
    document.execCommand("insertText", false, "while True: pass\\nx");
  }
  named("BUTTON").click();
}).observe(document, { childList: true, subtree: true });
"""


def open_held(context: BrowserContext, url: str, press: str) -> tuple[Page, list[Route]]:
    """Open a page that has a button pressed at once; its Python waits for a route to go on."""
    page = context.new_page()
    page.add_init_script(AT_ONCE.replace("BUTTON", press))
    held: list[Route] = []
    page.route("**/python-*.wasm", lambda route: held.append(route))
    with page.expect_request("**/python-*.wasm"):
        page.goto(url)
    return page, held


def test_train_pressed_at_once_happens_when_python_is_there(
    context: BrowserContext, site: str
) -> None:
    page, held = open_held(context, address(site, "train", **QUICK, epochs=10), "Train")
    expect(training_status(page)).to_have_text("Starts as soon as Python is ready")
    held[0].continue_()
    expect_trained(page, 10, 10)


def test_run_and_stop_pressed_before_python_is_there(context: BrowserContext, site: str) -> None:
    page, held = open_held(context, address(site, "expression", x=2, y=3, z=4), "Run")
    expect(page.get_by_text("Waiting for Python…")).to_be_visible()
    # The editor proper takes over from the plain one, even where the next character goes.
    expect(editor(page)).to_have_attribute("contenteditable", "true")
    page.keyboard.type(" + y")
    assert editor_text(page) == "while True: pass\nx + y"
    button(page, "Stop").click()
    expect(page.get_by_text("Stopped.", exact=True)).to_be_visible()
    expect_idle(page)

    type_code(page, "x * z")
    button(page, "Run").click()
    expect(python_status(page)).not_to_have_text("Python ready")
    held[0].continue_()
    # The loop would keep Python from ever answering this.
    expect(the_result(page)).to_have_text("The result is 8.0.", timeout=LOADING_MS)


def reset(page: Page) -> None:
    button(page, "Reset").click()


def set_another_size(page: Page) -> None:
    set_field(page, "Hidden size", 3)


def stop(page: Page) -> None:
    show(page, "Expression")
    button(page, "Stop").click()


@pytest.mark.parametrize(("give_up", "end"), [(reset, stop), (set_another_size, kill)])
def test_a_model_given_up_while_python_is_busy_stays_given_up(
    page: Page, site: str, give_up: Happening, end: Happening
) -> None:
    open_train(page, site, **QUICK, epochs=40)
    train_to_the_end(page, 40)
    show(page, "Expression")
    type_code(page, ENDLESS)
    button(page, "Run").click()
    expect(page.get_by_text("Running…")).to_be_visible()

    # A new model is wanted, and nothing can make one until the program has ended.
    show(page, "Train")
    give_up(page)
    end(page)
    show(page, "Train")
    expect(training_status(page)).to_have_text(
        "Epoch 0 of 40 · not trained yet", timeout=LOADING_MS
    )
    python_again(page)
    expect(button(page, "Train")).to_be_enabled()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(table(page, "Training log").locator("tbody")).to_contain_text("Empty so far")
    button(page, "Step").click()
    expect_trained(page, 1, 40)


def test_reset_and_train_right_after_a_setting_is_not_undone(page: Page, site: str) -> None:
    open_train(page, site, **QUICK, epochs=10_000)
    set_another_size(page)
    button(page, "Reset").click()
    button(page, "Train").click()
    # Whatever might begin it again has happened by then.
    wait_until(page, PROGRESS, 40)
    button(page, "Pause").click()
    expect(button(page, "Train")).to_be_enabled(timeout=TRAINING_MS)
    assert len(losses(page)) == epoch(page) > 40
    expect(field(page, "Hidden size")).to_have_value("3")

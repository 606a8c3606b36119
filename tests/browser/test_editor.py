"""The editor: names completed and explained, typing, its height, and undoing after a reload."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import assert_accessible
from tests.browser.views import (
    address,
    editor,
    editor_text,
    enter_editor,
    field,
    type_code,
    without_python,
)


@pytest.fixture
def view(kept_page: Page, site: str) -> Page:
    """Show the Expression view with an empty editor; Python isn't needed."""
    without_python(kept_page)
    kept_page.goto(address(site, "expression"))
    enter_editor(kept_page)
    editor(kept_page).press("Control+a")
    editor(kept_page).press("Delete")
    return kept_page


def names(page: Page) -> Locator:
    """Find the list of names."""
    return page.get_by_role("listbox", name="Completions")


def top_of_inputs(page: Page) -> float:
    """Measure where what is below the editor begins."""
    box = field(page, "x").bounding_box()
    assert box
    return box["y"]


def test_a_name_is_taken_only_when_it_is_chosen(view: Page) -> None:
    view.keyboard.type("sig")
    expect(names(view).get_by_role("option").first).to_have_text("sigmoidfunction")
    editor(view).press("Enter")
    expect(names(view)).to_have_count(0)
    view.keyboard.type("sig")
    expect(names(view)).to_be_visible()
    editor(view).press("ArrowDown")
    chosen = names(view).get_by_role("option", selected=True)
    expect(chosen).to_have_accessible_description("sigmoid(x) 1 / (1 + e⁻ˣ), between 0 and 1.")
    assert_accessible(view)
    editor(view).press("Enter")
    view.keyboard.type("(x).lo")
    expect(names(view).get_by_role("option")).to_have_text(["logmethod"])
    editor(view).press("Escape")
    expect(names(view)).to_have_count(0)
    assert editor_text(view) == "sig\nsigmoid(x).lo"
    editor(view).press("Tab")
    expect(field(view, "x")).to_be_focused()


def test_the_pointer_on_a_name_explains_it(view: Page) -> None:
    type_code(view, "relu(x)")
    view.get_by_text("relu", exact=True).hover()
    expect(view.get_by_role("tooltip")).to_contain_text("relu(x)")
    assert_accessible(view)
    field(view, "x").focus()
    view.keyboard.press("Escape")
    expect(view.get_by_role("tooltip")).to_have_count(0)


def test_it_grows_with_its_text_up_to_a_limit(view: Page) -> None:
    type_code(view, "x\n" * 6)
    lines = view.locator(".cm-line")
    line = lines.first.bounding_box()
    assert line
    before = top_of_inputs(view)
    view.keyboard.press("Enter")
    expect(lines).to_have_count(8)
    assert top_of_inputs(view) - before == line["height"]
    type_code(view, "x\n" * 60)
    box = view.locator(".editor").bounding_box()
    window = view.viewport_size
    assert box
    assert window
    assert box["height"] == pytest.approx(0.6 * window["height"], abs=1)
    # A text area is as high: nothing moves when the editor comes.
    end = top_of_inputs(view)
    view.route("**/assets/editor-*.js", lambda route: route.abort())
    view.reload()
    expect(view.locator(".editor textarea")).to_be_visible()
    assert top_of_inputs(view) == pytest.approx(end, abs=1)
    view.unroute("**/assets/editor-*.js")


def test_a_reload_leaves_what_can_be_undone(view: Page) -> None:
    view.keyboard.type('f("a", [1])')
    assert editor_text(view) == 'f("a", [1])'
    view.reload()
    enter_editor(view)
    editor(view).press("Control+z")
    assert editor_text(view) != 'f("a", [1])'
    editor(view).press("Control+y")
    assert editor_text(view) == 'f("a", [1])'

"""Views are fetched when they are opened, and only what they need."""

import re

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Problems
from tests.browser.views import address, button, show, wait_for_python

SCRIPTS = """() => performance.getEntriesByType("resource")
  .map(({ name }) => name.split("/").at(-1))
  .filter((name) => /^(main|chunk|view|editor)-.*\\.js$/.test(name))"""
LISTED = """() => [...document.querySelectorAll("link[rel=modulepreload], script[type=module]")]
  .map((one) => (one.href ?? one.src).split("/").at(-1))"""


def heading(page: Page) -> str:
    """Read the view's title."""
    return page.get_by_role("heading", level=1).inner_text()


def test_the_first_page_fetches_what_the_build_has_listed_for_it(page: Page, site: str) -> None:
    page.goto(site)
    wait_for_python(page)
    fetched, listed = page.evaluate(SCRIPTS), page.evaluate(LISTED)
    assert sorted(fetched) == sorted(listed)
    # Nothing of the layout of graphs, nor the editor, which are the most of the scripts.
    bodies = [page.request.get(f"{site}assets/{name}").body() for name in fetched]
    assert sum(map(len, bodies)) < 100_000
    assert not any(b"rankdir" in body for body in bodies)
    show(page, "Expression")
    expect(page.get_by_role("heading", level=1)).to_have_text("Follow the chain rule")
    assert set(page.evaluate(SCRIPTS)) > set(listed)


def test_a_view_on_its_way_leaves_the_focus_to_who_moves_it(page: Page, site: str) -> None:
    page.goto(f"{site}#/train")
    wait_for_python(page)
    held: list[Route] = []
    page.route("**/view-*.js", lambda route: held.append(route))
    show(page, "Expression")
    expect(page).to_have_title("Expression · MiniTorch")
    expect(page.get_by_text("Expression is on its way")).to_be_visible()
    expect(page.get_by_role("link", name="Expression")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    held[0].continue_()
    expect(page.get_by_role("heading", level=1)).to_have_text("Follow the chain rule")
    expect(page.get_by_role("link", name="Assignment")).to_be_focused()

    # The next time it is there at once, and its heading is where readers begin.
    show(page, "Train")
    show(page, "Expression")
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_a_view_that_can_not_be_fetched_says_so_and_tries_again(
    page: Page, site: str, problems: Problems
) -> None:
    problems.allow("Failed to load resource")
    page.goto(f"{site}#/train")
    wait_for_python(page)
    page.route("**/view-*.js", lambda route: route.abort())
    show(page, "Expression")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Expression could not be fetched")
    button(page, "Try again").click()
    expect(alert).to_be_visible()
    # The others work meanwhile.
    show(page, "Train")
    expect(alert).to_have_count(0)
    assert heading(page) == "Train a network"
    show(page, "Expression")
    expect(alert).to_be_visible()
    page.unroute("**/view-*.js")
    button(page, "Try again").click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert heading(page) == "Follow the chain rule"


def test_a_first_view_that_can_not_be_fetched_keeps_nothing_else_back(
    page: Page, site: str, problems: Problems
) -> None:
    problems.allow("Failed to load resource")
    page.route("**/view-*.js", lambda route: route.abort())
    page.goto(address(site, "expression", x=4))
    expect(page.get_by_role("alert")).to_contain_text("Expression could not be fetched")
    wait_for_python(page)
    page.unroute("**/view-*.js")
    button(page, "Try again").click()
    expect(page.get_by_role("spinbutton", name="x", exact=True)).to_have_value("4")
    expect(page).to_have_url(re.compile(r"#/expression\?x=4&y=3&z=1"))

"""The first page: before any script, with Python, and at addresses that nobody meant."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.bench.start import MOST_BROTLI, MOST_GZIP
from tests.browser.conftest import Problems, opened_context
from tests.browser.views import (
    address,
    button,
    choice,
    field,
    open_expression,
    python_status,
    the_result,
    wait_for_python,
    without_python,
)
from web.tools import compress


def test_the_page_is_readable_before_any_script(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, service_workers="block")
    page = context.new_page()
    page.goto(site)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Automatic differentiation, to look at and to touch")
    for what_one_can_do in ("Learn", "Do the assignment", "Play"):
        expect(page.get_by_role("listitem").filter(has_text=what_one_can_do)).to_be_visible()
    # A browser switched off this way reads the page as if there were scripts, and shows no hint.
    hint = page.content().partition("<noscript>")[2].partition("</noscript>")[0]
    assert "This page needs JavaScript" in hint
    assert "python -m minitorch train" in hint
    expect(page.get_by_role("alert")).to_have_count(0)
    context.close()


def test_python_starts_by_itself(page: Page, site: str, built: Path) -> None:
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    page.goto(site)
    said = python_status(page)
    expect(said).not_to_have_text("Python ready")
    expect(said).not_to_be_empty()
    expect(page).to_have_title("Start · MiniTorch")
    expect(page.get_by_text("This page needs JavaScript")).to_have_count(0)
    wait_for_python(page)
    # What nothing waits for is fetched from now on.
    paths = {url.removeprefix(site).partition("#")[0] or "index.html" for url in asked}
    size = compress.size_of(built / path for path in paths if "stdlib-rest" not in path)
    assert size.brotli < MOST_BROTLI * 1e6
    assert size.gzip < MOST_GZIP * 1e6
    assert size.gzip > 0.8 * MOST_GZIP * 1e6  # else the page was not seen to fetch it all
    expect(said).to_have_text(re.compile("Python ready$"))
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_role("status", name="Notice")).to_have_count(0)
    assert page.evaluate("crossOriginIsolated") is True


def test_a_host_without_isolation_and_without_a_path_will_do(
    browser: Browser, serve_site: Callable[..., str]
) -> None:
    bare = serve_site(prefix="/", isolated=False)
    problems = Problems()
    with opened_context(browser, bare, problems) as context:
        page = context.new_page()
        open_expression(page, bare, "x * y + z")
        assert page.evaluate("crossOriginIsolated") is False
        button(page, "Run").click()
        expect(the_result(page)).to_have_text("The result is 7.0.")
    assert problems.left() == []


def test_the_navigation_leads_to_what_there_is(page: Page, site: str) -> None:
    without_python(page)
    page.goto(site)
    navigation = page.get_by_role("navigation", name="Main")
    views = ["Start", "Guides", "Assignment", "Expression", "Functions", "Train"]
    expect(navigation.get_by_role("link")).to_have_text(views)
    expect(navigation.get_by_role("link", name="Start")).to_have_attribute("aria-current", "page")

    navigation.get_by_role("link", name="Expression").click()
    expect(page).to_have_title("Expression · MiniTorch")
    expect(page.get_by_role("heading", level=1)).to_have_text("Follow the chain rule")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page).to_have_url(re.compile("#/expression"))
    expect(navigation.get_by_role("link", name="Expression")).to_have_attribute(
        "aria-current", "page"
    )

    page.go_back()
    expect(page).to_have_title("Start · MiniTorch")
    expect(page.get_by_role("heading", level=1)).to_contain_text("how much does that change?")


def test_an_unknown_page_leads_to_the_first_with_a_notice(page: Page, site: str) -> None:
    without_python(page)
    page.goto(f"{site}#/nowhere/at-all")
    notice = page.get_by_role("status", name="Notice")
    expect(notice).to_contain_text("There is no page called “nowhere/at-all” here")
    expect(page.get_by_role("heading", level=1)).to_contain_text("how much does that change?")
    expect(page).to_have_url(re.compile("#/start"))
    button(page, "Dismiss").click()
    expect(notice).to_have_count(0)


def test_settings_nobody_can_use_fall_back_with_a_notice(page: Page, site: str) -> None:
    without_python(page)
    bad = {"dataset": "Moons", "hidden": "many", "points": "-3", "rate": "0.7", "nonsense": "1"}
    page.goto(address(site, "train", **bad, seed=5))
    notice = page.get_by_role("status", name="Notice")
    for sentence in (
        "Dataset can’t be “Moons”: it takes one of Simple, Diag, Split, Xor, Circle, Spiral, "
        "Own, so Simple is used instead.",
        "Hidden size can’t be “many”: it takes a whole number from 1 to 200, so 10 is used",
        "Points can’t be “-3”: it takes a whole number from 1 to 1,000, so 50 is used",
        "Learning rate can’t be “0.7”",
        "There is no setting called “nonsense”; it was left out.",
    ):
        expect(notice).to_contain_text(sentence)
    expect(choice(page, "Dataset")).to_have_value("Simple")
    expect(field(page, "Hidden size")).to_have_value("10")
    expect(field(page, "Points")).to_have_value("50")
    expect(field(page, "Seed")).to_have_value("5")  # what can be used, is
    expect(page).not_to_have_url(re.compile("Moons|nonsense"))

    # An address typed over this one is read as well.
    page.goto(address(site, "expression", x="1e999", y="4"))
    expect(notice).to_contain_text("x can’t be “1e999”")
    expect(field(page, "x")).to_have_value("2")
    expect(field(page, "y")).to_have_value("4")

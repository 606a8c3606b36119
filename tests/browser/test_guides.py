"""The first page and the guides: what moves, what runs, and what is remembered."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import assert_accessible, violations
from tests.browser.conftest import Problems
from tests.browser.views import button, region, wait_for_python, without_python

GUIDES = ("derivatives", "scalar", "autodifferentiation", "backpropagation")


def slider(page: Page, name: str, part: str):
    return region(page, part).get_by_role("slider", name=name, exact=True)


def words(page: Page, part: str):
    return region(page, part).locator(".plot-words")


def test_the_first_page_moves_before_python_is_there(page: Page, site: str) -> None:
    page.goto(site)
    expect(page).to_have_title("Start · MiniTorch")
    name = "Move x, and watch the slope"
    x = slider(page, "x", name)
    x.fill("0")
    # The slope of sin(2x) + x/2 at 0 is 2.5.
    expect(words(page, name)).to_contain_text("the slope 2.5")
    x.press("ArrowRight")
    expect(words(page, name)).to_contain_text("x is 0.03")
    drawing = region(page, name).locator("svg.plot-drawing")
    box = drawing.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] - 4, box["y"] + 50)
    expect(words(page, name)).to_contain_text("x is 3.0")
    for link in ("Learn", "Do the assignment", "Play"):
        expect(page.get_by_role("link", name=link, exact=True)).to_be_visible()


def test_old_links_lead_where_they_did(page: Page, site: str) -> None:
    for view, title in (("train?hidden=4", "Train"), ("expression?x=2", "Expression")):
        page.goto(f"{site}#/{view}")
        expect(page).to_have_title(f"{title} · MiniTorch")


def test_derivatives_tangent_secant_epsilon_and_surface(page: Page, site: str) -> None:
    page.goto(f"{site}#/guides/derivatives")
    square = "The square of x"
    slider(page, "x", square).fill("3")
    expect(words(page, square)).to_contain_text("slope 6.0")
    wave = "A wave, with a secant"
    slider(page, "h", wave).fill("-3")
    # 2 cos(1) = 1.0806: the secant is a thousandth off.
    expect(words(page, wave)).to_contain_text("slope 1.081")
    expect(words(page, wave)).to_contain_text(re.compile(r"off by 0\.0017"))
    both = region(page, "One side, or both")
    both.get_by_role("radio", name="on one side").check()
    expect(words(page, "One side, or both")).to_contain_text("slope is 0.75: off by 1.0")
    both.get_by_role("radio", name="on both sides").check()
    expect(words(page, "One side, or both")).to_contain_text("off by 0.063")
    error = "The error for each epsilon"
    slider(page, "ε", error).fill("-12")
    expect(words(page, error)).to_contain_text(re.compile(r"off by [1-9]e−[3-7]"))
    land = "A landscape"
    slider(page, "x", land).fill("0")
    slider(page, "y", land).fill("0")
    expect(words(page, land)).to_contain_text("Along x the slope is 1.0, along y 0.0.")


def test_code_runs_and_says_what_is_wrong(page: Page, site: str) -> None:
    page.goto(f"{site}#/guides/derivatives")
    part = page.get_by_role("region", name="Code 1", exact=True)
    part.scroll_into_view_if_needed()
    printed = part.get_by_role("group", name="What Code 1 prints")
    expect(printed).to_contain_text("0.9056810115932978")
    wait_for_python(page)
    editor = part.get_by_role("textbox", name="Code 1")
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("print(6 * 7)")
    part.get_by_role("button", name="Run").click()
    expect(printed).to_have_text("42")
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("1 / 0")
    page.keyboard.press("Control+Enter")
    expect(part.get_by_role("alert")).to_contain_text("division by zero")
    assert_accessible(page, ".code-part")
    # What was typed is still there after a reload; nothing of it runs, and nothing old looks new.
    page.reload()
    expect(editor).to_contain_text("1 / 0")
    wait_for_python(page)
    expect(part.get_by_role("alert")).to_have_count(0)
    expect(part).to_contain_text("Changed: press Run")
    part.get_by_role("button", name="Back to the original").click()
    expect(editor).to_contain_text("from math import sin")
    expect(part).not_to_contain_text("Changed: press Run")


def test_a_graph_is_there_by_itself_and_follows_its_sliders(page: Page, site: str) -> None:
    page.goto(f"{site}#/guides/autodifferentiation?part=twice")
    expect(page.locator("#twice")).to_be_focused()
    name = "Two ways to the end"
    graph = region(page, name)
    expect(graph.get_by_role("button", name="Last")).to_be_enabled(timeout=60_000)
    graph.get_by_role("button", name="Last").click()
    pending = page.get_by_role("table", name="Pending derivatives").first
    x = pending.get_by_role("row").filter(has=page.get_by_role("rowheader", name="x", exact=True))
    expect(x).to_contain_text("6.0")
    part = page.locator(".expression-part").filter(has=graph)
    part.get_by_role("slider", name="y", exact=True).fill("2")
    expect(x).to_contain_text("3.0")

    # What nobody has scrolled to comes too, so that it is there on paper; there, answers unfold.
    expect(page.locator(".placeholder")).to_have_count(0, timeout=60_000)
    folded = page.locator("details.answer:not([open]), details.shown:not([open])")
    count = folded.count()
    assert count > 1
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(folded).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(folded).to_have_count(count)


def test_mistakes_are_seen_against_differences(page: Page, site: str) -> None:
    page.goto(f"{site}#/guides/autodifferentiation")
    name = "Mistakes in backward"
    expect(words(page, name)).to_contain_text("They agree.")
    for mistake in ("d_output forgotten", "d_output added", "Sign turned"):
        region(page, name).get_by_role("radio", name=mistake).check()
        expect(words(page, name)).to_contain_text("They don’t agree.")
    region(page, name).get_by_role("radio", name="Value not saved").check()
    expect(words(page, name)).to_contain_text("saved_values is empty")


def test_backpropagation_order_guesses_paths_and_training(page: Page, site: str) -> None:
    page.goto(f"{site}#/guides/backpropagation")
    page.get_by_role("region", name="Your own order").scroll_into_view_if_needed()
    game = page.get_by_role("group", name="Who is next?")
    game.get_by_role("button", name=re.compile("^Add")).click(timeout=60_000)
    game.get_by_role("button", name=re.compile("^Log")).click()
    game.get_by_role("button", name=re.compile("^z")).click()
    expect(game).to_contain_text("Too early")
    paths = region(page, "Every path")
    paths.get_by_role("slider", name="Sums").fill("12")
    paths.get_by_role("button", name="Walk every path").click()
    visits = paths.get_by_role("status", name="Visits")
    expect(visits).to_have_text("8,191 visits of 8,191. In topological order: 13.")
    sort = region(page, "Making the order")
    sort.scroll_into_view_if_needed()
    for _ in range(4):  # the result, Log, z, and then the first leaf
        sort.get_by_role("button", name="Next").click()
    expect(sort).to_contain_text("so it goes in front at once. The list: x.")
    sort.get_by_role("button", name="Last").click()
    expect(sort).to_contain_text(re.compile(r"The list: Add .*, Exp .*, Log .*, z, y, x\."))
    page.get_by_role("region", name="Say it first").scroll_into_view_if_needed()
    guess = page.get_by_role("textbox", name=re.compile("The derivative of Add .* will be"))
    guess.fill("2")
    button(page, "Check").click()
    expect(page.locator(".guess")).to_contain_text("Not 2.0")
    guess.fill("1")
    button(page, "Check").click()
    expect(page.locator(".guess")).to_contain_text("Right")
    run = page.get_by_role("region", name="A network learns")
    run.scroll_into_view_if_needed()
    run.get_by_role("button", name="Train").click()
    expect(run.get_by_role("status", name="Training")).to_contain_text(
        "Epoch 200 of 200", timeout=60_000
    )
    engines = region(page, "The same epoch, measured here")
    engines.get_by_role("button", name="Measure it here").click()
    expect(words(page, "The same epoch, measured here")).to_contain_text(
        "times as fast", timeout=60_000
    )


def test_what_was_read_is_remembered(page: Page, site: str) -> None:
    page.goto(f"{site}#/guides/scalar")
    contents = page.get_by_role("navigation", name="Guides")
    expect(contents).to_contain_text("12 minutes")
    page.get_by_role("navigation", name="Before and after").scroll_into_view_if_needed()
    expect(contents.get_by_role("listitem").nth(1)).to_contain_text("read")
    page.goto(f"{site}#/start")
    page.reload()
    expect(page.get_by_text("1 of 4 read")).to_be_visible()
    page.get_by_role("link", name="Guide: Scalar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Scalar")


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_can_be_read_without_javascript(
    browser: object, site: str, name: str, problems: Problems
) -> None:
    context = browser.new_context(java_script_enabled=False, service_workers="block")  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(f"{site}guides/{name}.html")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator("main").inner_text().count("\n") > 40
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    context.close()


def test_what_is_unfolded_and_broken_on_purpose_is_accessible(page: Page, site: str) -> None:
    without_python(page)
    for place in ("start", *(f"guides/{name}" for name in GUIDES)):
        page.goto(f"{site}#/{place}")
        expect(page.locator("h1")).to_be_visible()
        page.evaluate("document.querySelectorAll('main details').forEach((one) => one.open = true)")
        if place == "guides/autodifferentiation":
            page.get_by_role("radio", name="Value not saved").check()
            word = page.get_by_role("button", name="chain rule")
            word.click()
            bubble = page.get_by_text("is the product of both derivatives")
            expect(bubble).to_be_visible()
            near, far = word.bounding_box(), bubble.bounding_box()
            assert near
            assert far
            assert abs(near["y"] - far["y"]) < 150  # above it or below it
            assert_accessible(page)  # in both colour schemes; the others have the same kinds
        else:
            assert violations(page) == [], place


def test_nothing_is_wider_than_a_narrow_window(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for place in ("start", *(f"guides/{name}" for name in GUIDES)):
        page.goto(f"{site}#/{place}")
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 320, place

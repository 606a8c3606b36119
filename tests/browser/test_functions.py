"""The Functions view: curves, the point, epsilon, two arguments, and code that goes wrong."""

import math
import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import assert_accessible
from tests.browser.views import (
    address,
    button,
    choice,
    columns,
    field,
    region,
    rows,
    set_field,
    table,
    wait_for_columns,
    wait_for_python,
)


def slider(page: Page, name: str) -> Locator:
    return page.get_by_role("slider", name=name, exact=True)


def code_box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Function code", exact=True)


def write(page: Page, code: str) -> None:
    """Replace the text, as one does who pastes."""
    code_box(page).focus()
    expect(code_box(page)).to_have_attribute("contenteditable", "true")
    code_box(page).press("Control+a")
    code_box(page).press("Delete")
    page.keyboard.insert_text(code)


def run(page: Page, code: str) -> None:
    write(page, code)
    button(page, "Run").click()
    expect(button(page, "Stop")).to_be_disabled()


def expect_at_point(page: Page, *row: str) -> None:
    """Wait until the first line of the table says this; "" stands for anything."""
    cells = table(page, "At the point").locator("tbody tr").first.locator("td")
    for i, text in enumerate(row):
        if text:
            expect(cells.nth(i)).to_have_text(text)


def open_functions(page: Page, site: str, **settings: object) -> None:
    page.goto(address(site, "functions", **settings))
    wait_for_python(page)


def test_a_function_of_one_number(kept_page: Page, site: str) -> None:
    """Its curve and derivative, the point by slider, mouse and key, and epsilon's two sides."""
    page = kept_page
    open_functions(page, site, function="cube", x=1)
    wait_for_columns(page, "curve")
    expect_at_point(page, "1.0", "3.0", "3.0")
    slope = columns(page, "slope")
    for x, y in zip(slope["x"], slope["y"], strict=True):
        assert math.isclose(y, 3 * x * x, abs_tol=1e-9)
    expect(region(page, "Derivative")).to_be_visible()

    assert_accessible(page)

    slider(page, "Epsilon").fill("48")  # 1
    expect(page.get_by_text("That is truncation")).to_be_visible()
    expect_at_point(page, "1.0", "3.0", "3.25", "0.25")
    assert columns(page, "secant_ends")["y"] == [0.125, 3.375]
    slider(page, "x").press("ArrowRight")
    expect_at_point(page, "1.01")

    frame = region(page, "Function").locator(".movable").bounding_box()
    assert frame
    page.mouse.move(frame["x"] + 0.5 * frame["width"], frame["y"] + 0.5 * frame["height"])
    page.mouse.down()
    page.mouse.move(frame["x"] + 0.3 * frame["width"], frame["y"] + 0.5 * frame["height"], steps=5)
    page.mouse.up()
    x = float(rows(table(page, "At the point"))[0][1].replace("−", "-"))
    assert -1.2 < x < -0.5
    expect_at_point(page, "", f"{3 * x * x:.7g}".removesuffix(".0"))
    expect(page).to_have_url(re.compile(rf"x={x:g}\b"))

    choice(page, "Function").select_option("sig")
    expect(field(page, "x from")).to_have_value("-8")
    expect_at_point(page, "1.0", "0.1966119")


def test_functions_of_two_numbers_and_of_ones_own(kept_page: Page, site: str) -> None:
    """Maps of the function and both derivatives; own code runs when it is asked to."""
    page = kept_page
    open_functions(page, site, function="mul2", x=2, y=-1)
    for name in ("Function", "∂f/∂x", "∂f/∂y"):
        expect(region(page, name)).to_be_visible()
    expect(slider(page, "y")).to_have_value("-1")
    expect(region(page, "Computation graph")).to_contain_text("Mul")
    assert [row[2] for row in rows(table(page, "At the point"))] == ["−1.0", "2.0"]

    assert_accessible(page)

    run(page, "def f(x):\n    return 1 / x")
    expect(choice(page, "Function")).to_have_value("own")
    expect(page.get_by_text("not defined", exact=False).first).to_be_visible()
    expect_at_point(page, "2.0", "−0.25")
    run(page, "def f(x):\n    return float(x.data) * 2")
    expect(page.get_by_text("it has left the graph")).to_be_visible()
    run(page, "def f(x):\n    return nothing * x")
    expect(page.get_by_role("alert")).to_contain_text("NameError in line 2")
    assert_accessible(page)
    write(page, "def f(x):\n    while True:\n        pass")
    button(page, "Run").click()
    button(page, "Stop").click()
    expect(page.get_by_text(re.compile("^Stopped"))).to_be_visible()
    run(page, "x * x")
    expect_at_point(page, "2.0", "4.0")
    set_field(page, "x to", 5)
    expect(slider(page, "x")).to_have_attribute("max", "5")


def test_a_link_runs_no_code_and_hides_what_a_lesson_leaves_out(page: Page, site: str) -> None:
    """Own code of a link waits for Run; parts of the view may be left out."""
    code = "def f(x):\n    print('it ran')\n    return x * x"
    open_functions(page, site, function="own", code=code, hide="error,graph,range")
    expect(page.get_by_text("Press Run to draw what is written.")).to_be_visible()
    expect(page.get_by_role("group", name="Printed")).to_have_count(0)
    expect(field(page, "x from")).to_have_count(0)
    button(page, "Run").click()
    expect(page.get_by_role("group", name="Printed")).to_have_text("it ran")
    expect(region(page, "Error of the central difference")).to_have_count(0)
    expect(region(page, "Computation graph")).to_have_count(0)

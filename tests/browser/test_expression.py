"""The Expression view: a graph, its derivatives, the walk back, and every kind of mistake."""

import itertools
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.views import (
    button,
    columns,
    derivatives,
    editor,
    editor_text,
    expect_idle,
    field,
    nodes,
    open_expression,
    python_status,
    region,
    rows,
    run_code,
    set_field,
    table,
    the_result,
    type_code,
    wait_for_columns,
    wait_for_python,
)

DEFAULT = "(x * x) * y + 10.0 * x"


@pytest.fixture
def view(kept_page: Page, site: str) -> Page:
    """Show the default expression's result at x = 2, y = 3, whatever was there before."""
    open_expression(kept_page, site)
    run_code(kept_page, DEFAULT)
    expect(the_result(kept_page)).to_have_text("The result is 32.0.")
    expect(kept_page.get_by_role("alert")).to_have_count(0)
    wait_for_columns(kept_page, "operations")
    return kept_page


def numbers(page: Page) -> dict[str, list[float]]:
    """Read the table of derivatives as numbers."""
    return {
        name: [float(text.replace("−", "-")) for text in texts]
        for name, texts in derivatives(page).items()
    }


def drawn(page: Page, column: str) -> list[object]:
    """Read a column of the boxes in the drawing, which may have been put on the page just now."""
    wait_for_columns(page, "leaves")
    return columns(page, "operations")[column] + columns(page, "leaves")[column]


def test_derivatives_stand_beside_central_differences(view: Page) -> None:
    assert derivatives(view) == {"x": ["2.0", "22.0", "22.0"], "y": ["3.0", "4.0", "4.0"]}


def test_inputs_are_followed_and_a_changed_text_waits_for_ctrl_enter(view: Page) -> None:
    set_field(view, "y", "5")
    set_field(view, "x", "-1.5")
    # Where a busy machine's Python has to start anew between the two, it takes a while.
    expect(the_result(view)).to_have_text("The result is −3.75.", timeout=30_000)
    assert numbers(view) == {"x": [-1.5, -5.0, -5.0], "y": [5.0, 2.25, 2.25]}
    expect(view).to_have_url(re.compile("x=-1.5&y=5&z=1"))
    type_code(view, "x * y * w")
    # Nothing of before looks current: it is said, and can't be stepped through.
    old = region(view, "Computation graph")
    expect(old.get_by_text("of what was written before: press Run")).to_be_visible()
    expect(old.locator(".graph-parts")).to_have_attribute("inert", "")
    expect(view.get_by_text("Of what was written before:", exact=True)).to_be_visible()
    editor(view).press("Control+Enter")
    expect(the_result(view)).to_have_text("The result is −7.5.")
    expect(view.get_by_text("of what was written before")).to_have_count(0)
    set_field(view, "w", "2")
    expect(the_result(view)).to_have_text("The result is −15.0.", timeout=30_000)
    expect(view).to_have_url(re.compile("&w=2"))
    assert numbers(view)["w"] == [2, -7.5, -7.5]


def test_a_slider_moves_the_numbers_and_nothing_else(view: Page) -> None:
    button(view, "Next").click()
    button(view, "Next").click()
    places = drawn(view, "x") + drawn(view, "y")
    slider = view.get_by_role("slider", name="x", exact=True)
    slider.press("ArrowRight")
    expect(the_result(view)).to_have_text("The result is 34.23.", timeout=30_000)
    expect(field(view, "x")).to_have_value("2.1")
    expect(view).to_have_url(re.compile("x=2.1&"))
    assert drawn(view, "x") + drawn(view, "y") == places
    assert "2.1" in drawn(view, "value")
    expect(view.get_by_role("slider", name="Step")).to_have_value("2")
    expect(view.get_by_text("unused")).to_have_count(1)  # which is z


def test_the_default_graph_is_drawn_from_left_to_right(view: Page) -> None:
    button(view, "Last").click()
    boxes = dict(zip(drawn(view, "x"), drawn(view, "title"), strict=True))
    assert len(drawn(view, "x")) == 7  # x, y, 10.0 and four operations
    assert sorted(drawn(view, "kind")) == sorted(
        ["Mul #3", "Mul #4", "Mul #6", "Add #7", "input", "input", "number"]
    )
    rightmost = max(boxes)
    assert boxes[rightmost] == "+"
    # Each arrow leads to the right.
    edges = columns(view, "edges")
    assert len(edges["xs"]) == 8
    assert all(xs[0] < xs[-1] for xs in edges["xs"])
    # The numbers in the boxes are those of the table below.
    in_table = {(row[2], row[3]) for row in nodes(view)}
    in_boxes = set(zip(drawn(view, "value"), drawn(view, "derivative"), strict=True))
    assert in_table == in_boxes
    picture = region(view, "Computation graph").get_by_role("img").first
    expect(picture).to_have_accessible_name(re.compile("4 operations on 3 leaves"))


# Keeps how many leaves were drawn when the page first said a result.
WATCH = """said => {
  const leaves = () =>
    Bokeh.documents.map((d) => d.get_model_by_name("leaves")).find(Boolean)?.data.x.length;
  const watch = new MutationObserver(() => {
    if (!document.body.textContent.includes(said)) return;
    window.leavesThen = leaves();
    watch.disconnect();
  });
  watch.observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


def test_what_is_said_of_a_graph_is_drawn_already(view: Page) -> None:
    view.evaluate(WATCH, "The result is 8.0.")
    run_code(view, "y = x * x\ny + y")
    expect(the_result(view)).to_have_text("The result is 8.0.")
    assert view.evaluate("leavesThen") == 1


def test_a_shared_node_is_drawn_once(view: Page) -> None:
    run_code(view, "y = x * x\ny + y")
    expect(the_result(view)).to_have_text("The result is 8.0.")
    assert len(columns(view, "leaves")["x"]) == 1
    assert len(columns(view, "operations")["x"]) == 2
    assert len(columns(view, "edges")["xs"]) == 4
    assert [row[0] for row in sorted(nodes(view))] == ["Add (8.0)", "x", "y"]
    # The name y was given to another value, so the field's y has nothing to do with it.
    assert derivatives(view) == {"x": ["2.0", "8.0", "8.0"]}


def test_functions_assignments_and_what_was_imported(view: Page) -> None:
    run_code(
        view,
        "import math\n\ndef f(t, times=2):\n    for _ in range(times):\n        t = t * t\n"
        "    return t\n\nscale = math.sqrt(4)\nf(z + 1) * scale + log(x)",
    )
    expect(the_result(view)).to_have_text(re.compile(r"The result is 32\.69315\."))
    # f is t⁴, so its derivative at 2 is 32, times the scale; and 1/x, apart from log's ε.
    assert numbers(view) == {"x": [2, 0.4999998, 0.4999998], "z": [1, 64, 64]}


def test_an_input_that_does_not_matter_has_the_derivative_0(view: Page) -> None:
    run_code(view, "x + 0 * y if x > 1 else z")
    expect(the_result(view)).to_have_text("The result is 2.0.")
    assert derivatives(view) == {
        "x": ["2.0", "1.0", "1.0"],
        "y": ["3.0", "0.0", "0.0"],
        "z": ["1.0", "0.0", "0.0"],
    }


def test_the_walk_back_step_by_step(view: Page) -> None:
    slider = view.get_by_role("slider", name="Step", exact=True)
    words = region(view, "Computation graph").locator(".walk-words")
    expect(slider).to_have_value("0")
    button(view, "Last").click()
    final = dict(zip(drawn(view, "title"), drawn(view, "derivative"), strict=True))
    last = int(slider.get_attribute("max") or 0)
    assert last == 8  # one for each of the seven nodes, and the end
    expect(slider).to_have_value(str(last))
    expect(button(view, "Next")).to_be_disabled()
    expect(button(view, "Last")).to_be_disabled()
    # A button that has nothing more to do keeps the focus: arrow keys go on from there.
    expect(button(view, "Last")).to_be_focused()
    view.keyboard.press("ArrowLeft")
    expect(slider).to_have_value(str(last - 1))
    expect(button(view, "Last")).to_be_focused()

    button(view, "First").click()
    expect(slider).to_have_value("0")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("^0 of 8"))
    expect(words).to_contain_text("begins at the result, Add (32.0)")
    expect(button(view, "First")).to_be_disabled()
    expect(button(view, "Back")).to_be_disabled()
    # Only the result has a derivative by now.
    assert sorted(drawn(view, "derivative")) == ["1.0"] + 6 * ["–"]

    button(view, "Next").click()
    expect(slider).to_have_value("1")
    expect(words).to_contain_text("A sum grows as fast as each of its terms")
    assert sorted(drawn(view, "derivative")) == 3 * ["1.0"] + 4 * ["–"]
    assert columns(view, "notes")["text"] == ["1.0", "1.0"]
    expect(words).to_contain_text("∂out/∂(Mul (12.0)) = 1.0 · ∂Add/∂(Mul (12.0)) = 1.0 · 1.0 = 1.0")
    pending = table(view, "Pending derivatives")
    assert rows(pending)[0] == ["Add (32.0) #7", "1.0", "has its turn"]
    assert [row[1:] for row in rows(pending)[1:]] == 2 * [["1.0", "waits"]]
    button(view, "Next").click()
    expect(words).to_contain_text("In a product, the slope for one factor is the other factor.")
    button(view, "Back").click()
    expect(slider).to_have_value("1")

    slider.press("End")
    expect(slider).to_have_value("8")
    assert dict(zip(drawn(view, "title"), drawn(view, "derivative"), strict=True)) == final
    slider.press("ArrowLeft")
    expect(slider).to_have_value("7")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("^7 of 8: "))
    slider.press("Home")
    expect(slider).to_have_value("0")
    button(view, "Last").click()
    expect(slider).to_have_value("8")
    expect(words).to_contain_text("The backward pass is done")


def test_a_new_graph_replaces_the_one_that_was_walked(view: Page) -> None:
    button(view, "Last").click()
    run_code(view, "x * 3")
    expect(the_result(view)).to_have_text("The result is 6.0.")
    expect(view.get_by_role("slider", name="Step")).to_have_value("0")
    button(view, "Last").click()
    assert sorted(drawn(view, "derivative")) == ["1.0", "2.0", "3.0"]


# ----------------------------------------------------------------------------- what goes wrong


def alert(page: Page) -> Locator:
    """Find the alert about the code: it is beside the editor."""
    card = page.locator(".card").filter(has=editor(page))
    return card.get_by_role("alert")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("x * (y + ", ["SyntaxError in line 1", "'(' was never closed"]),
        ("a = x\nif a\n    a", ["SyntaxError in line 2", "expected ':'"]),
        ("x * yy", ["NameError in line 1", "name 'yy' is not defined", "There are x, y and z"]),
        ("x = 3\n2 * x", ["The result is 6, of type int, and not a Scalar"]),
        ("def f(t):\n    return t * t", ["The last line has to be an expression"]),
        ("", ["There is no expression yet"]),
        ("x ** 2", ["TypeError in line 1", "Scalars have no power: write x * x for x²."]),
        ("def f(t):\n    return 1 / t\n\nf(x - 2)", ["ZeroDivisionError in line 2"]),
        ("log(0 - x)", ["line 1", "The logarithm is defined for positive numbers only."]),
    ],
)
def test_a_mistake_is_named_beside_the_editor_and_nothing_old_stays(
    view: Page, code: str, said: list[str]
) -> None:
    run_code(view, code)
    expect(alert(view)).to_have_count(1)
    for part in said:
        expect(alert(view)).to_contain_text(part)
    expect(view.get_by_text("The result is not known yet.")).to_be_visible()
    expect(view.get_by_text("The same as a table")).to_have_count(0)
    assert editor_text(view) == code
    expect(python_status(view)).to_have_text("Python ready")

    run_code(view, "x + 1")
    expect(the_result(view)).to_have_text("The result is 3.0.")
    expect(view.get_by_role("alert")).to_have_count(0)


def test_a_mistake_has_its_line_marked_until_it_is_changed(view: Page) -> None:
    run_code(view, "a = x\nb = a * cc\nb")
    marked = view.locator(".cm-problemLine")
    expect(marked).to_have_text("b = a * cc")
    expect(alert(view).get_by_text("What Python said")).to_be_visible()
    alert(view).get_by_text("What Python said").click()
    expect(alert(view)).to_contain_text('File "<expression>", line 2')
    type_code(view, "a = x\nb = a * y\nb")
    expect(marked).to_have_count(0)


def test_a_graph_too_large_to_draw_gives_its_numbers_all_the_same(view: Page) -> None:
    run_code(view, "a = y\nfor _ in range(299):\n    a = a + x\na")
    expect(the_result(view)).to_have_text("The result is 601.0.")
    said = region(view, "Computation graph").get_by_role("alert")
    expect(said).to_contain_text("The graph has 301 nodes: too many to draw (300 at most).")
    assert numbers(view)["x"] == pytest.approx([2, 299, 299])
    assert numbers(view)["y"] == pytest.approx([3, 1, 1], rel=1e-6)
    expect(view.get_by_text("The same as a table")).to_have_count(0)

    # One node less fits.
    run_code(view, "a = y\nfor _ in range(298):\n    a = a + x\na")
    expect(the_result(view)).to_have_text("The result is 599.0.")
    expect(said).to_have_count(0)
    assert len(drawn(view, "value")) == 300


def test_what_the_code_prints_is_shown(view: Page) -> None:
    run_code(view, "print('x is', x.data)\nprint('two\\nlines')\nx * y")
    printed = view.get_by_role("group", name="Printed")
    expect(printed).to_have_text("x is 2.0\ntwo\nlines\n")
    expect(the_result(view)).to_have_text("The result is 6.0.")

    run_code(view, "print('before the mistake')\nnothing")
    expect(printed).to_have_text("before the mistake\n")
    expect(alert(view)).to_contain_text("NameError in line 2")

    run_code(view, "for i in range(10_000):\n    print('a line that is rather long', i)\nx * 5")
    expect(the_result(view)).to_have_text("The result is 10.0.")
    expect(printed).to_contain_text("the output is cut here, after 20,000 characters")


def test_packages_of_the_site_can_be_installed_and_waiting_can_be_stopped(view: Page) -> None:
    run_code(
        view,
        "import micropip\nawait micropip.install('hypothesis')\nimport hypothesis\n"
        "print('has', hypothesis.__name__, *sorted(micropip.list()))\nx * y",
    )
    expect(the_result(view)).to_have_text("The result is 6.0.", timeout=30_000)
    printed = view.get_by_role("group", name="Printed")
    expect(printed).to_have_text("has hypothesis hypothesis minitorch sortedcontainers\n")
    run_code(view, "import micropip\nawait micropip.install('numpy')\nx * y")
    expect(view.get_by_role("alert")).to_contain_text("'numpy' can’t be installed here.")
    expect(view.get_by_role("alert")).to_contain_text("The site has hypothesis,")
    type_code(view, "import asyncio\nawait asyncio.sleep(600)\nx * y")
    button(view, "Run").click()
    button(view, "Stop").click()
    expect(view.get_by_text(re.compile(r"^Stopped( in line 2)?\.$"))).to_be_visible()
    expect_idle(view)


def test_an_example_fills_the_editor_and_its_inputs_and_runs(view: Page) -> None:
    button(view, "Examples").click()
    example = view.get_by_role("link", name=re.compile("^A neuron"))
    expect(example).to_have_attribute("href", re.compile(r"\?x=2&y=3&z=1&b=-1&v=1\.5&w=0\.5&"))
    example.click()
    expect(example).to_be_hidden()
    assert editor_text(view).endswith("\n(w * x + v * y + b).relu()")
    expect(the_result(view)).to_have_text("The result is 4.5.", timeout=30_000)
    expect(field(view, "b")).to_have_value("-1")
    button(view, "Examples").click()
    view.get_by_role("link", name="One box, used twice").click()
    expect(the_result(view)).to_have_text("The result is 42.0.")
    expect(field(view, "b")).to_have_count(0)


def test_a_graph_is_seen_whole_and_comes_nearer(view: Page) -> None:
    stage = region(view, "Computation graph").get_by_role("group", name=re.compile("^The graph;"))
    fits = "(box) => [box.scrollWidth <= box.clientWidth, box.scrollHeight <= box.clientHeight]"
    for width in (1280, 1024, 375):
        view.set_viewport_size({"width": width, "height": 800})
        button(view, "Fit").click()
        assert stage.evaluate(fits) == [True, True], width
    for _ in range(5):
        button(view, "Zoom in").click()
    assert stage.evaluate(fits)[0] is False
    view.set_viewport_size({"width": 1280, "height": 900})
    button(view, "Fit").click()
    frame = stage.bounding_box()
    assert frame
    box = view.get_by_role("status", name="Box")
    for x, y in itertools.product(range(95, 50, -5), range(30, 75, 10)):
        view.mouse.click(
            frame["x"] + x * frame["width"] / 100, frame["y"] + y * frame["height"] / 100
        )
        if box.count() and "Add(" in box.inner_text():
            break
    expect(box).to_contain_text("Add(12.0, 20.0) = 32.0")
    expect(box).to_contain_text("its derivative 1.0")


PINCH = """(stage, times) => {
  const box = stage.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const send = (type, pointerId, by) =>
    stage.dispatchEvent(
      new PointerEvent(type, {
        pointerId, pointerType: "touch", bubbles: true, clientX: x + by, clientY: y,
      }),
    );
  send("pointerdown", 1, -20);
  send("pointerdown", 2, 20);
  send("pointermove", 1, -20 * times);
  send("pointermove", 2, 20 * times);
  send("pointerup", 1, -20 * times);
  send("pointermove", 2, 200);
  send("pointerup", 2, 200);
}"""


def test_two_fingers_make_the_graph_larger_and_smaller(view: Page) -> None:
    stage = region(view, "Computation graph").get_by_role("group", name=re.compile("^The graph;"))
    button(view, "Fit").click()
    extent = stage.locator(".graph-extent")
    width = "async box => { await 0; await 0; return parseFloat(box.style.width); }"
    first = extent.evaluate(width)
    stage.evaluate(PINCH, 1.5)
    assert extent.evaluate(width) == pytest.approx(1.5 * first, rel=0.01)
    stage.evaluate(PINCH, 1 / 1.5)
    assert extent.evaluate(width) == pytest.approx(first, rel=0.01)


def test_gradient_descent_goes_down_step_by_step(view: Page) -> None:
    run_code(view, "(x - 1) * (x - 1)")
    part = region(view, "Gradient descent")
    part.get_by_role("button", name="Step", exact=True).click()
    expect(part).to_contain_text("1 step. It went down, from 1.0 to 0.64.", timeout=30_000)
    expect(field(view, "x")).to_have_value("1.8")
    assert numbers(view)["x"][0] == 1.8
    set_field(view, "Rate", "1.5")
    part.get_by_role("button", name="Step", exact=True).click()
    expect(part).to_contain_text(
        "It went up, from 0.64 to 2.56: the rate is too large", timeout=30_000
    )
    button(view, "Reset").click()
    expect(the_result(view)).to_have_text("The result is 1.0.", timeout=30_000)
    set_field(view, "Rate", "0.1")


def test_the_order_can_be_chosen_and_derivatives_guessed(view: Page) -> None:
    graph = region(view, "Computation graph")
    graph.get_by_role("radio", name="Wrong order").check()
    graph.get_by_role("button", name=re.compile("^Add")).click()
    graph.get_by_role("button", name=re.compile("^Mul .*#6")).click()
    graph.get_by_role("button", name=re.compile("^x")).click()
    expect(graph).to_contain_text("Too early: more is still to arrive at x")
    graph.get_by_role("radio", name="Guess").check()
    graph.get_by_role("textbox", name=re.compile("^The derivative of Add")).fill("1")
    graph.get_by_role("button", name="Check").click()
    expect(graph).to_contain_text("Right: Add (32.0) #7 has 1.0.")
    # What is to be guessed is not shown.
    assert sorted(drawn(view, "derivative")) == ["1.0"] + 6 * ["–"]


def test_a_link_brings_code_but_runs_nothing(page: Page, site: str) -> None:
    code = "print('it ran')\nx * y * 7"
    open_expression(page, site, code, x=1.5)
    wait_for_python(page)
    expect(page.get_by_text("The result is not known yet.")).to_be_visible()
    expect(button(page, "Stop")).to_be_disabled()
    expect(page.get_by_role("group", name="Printed")).to_have_count(0)
    expect(region(page, "Computation graph")).to_contain_text("Press Run")

    button(page, "Run").click()
    expect_idle(page)
    expect(the_result(page)).to_have_text("The result is 31.5.")
    expect(page.get_by_role("group", name="Printed")).to_have_text("it ran\n")

"""The Train view for those who look closer: points, neurons, their own data and code."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import assert_accessible
from tests.browser.views import (
    button,
    choice,
    columns,
    field,
    open_train,
    paste_into,
    region,
    rows,
    set_field,
    table,
    train_to_the_end,
    training_status,
    wait_for_columns,
)


def press_plane(page: Page, x1: float, x2: float) -> None:
    """Press the decision boundary at a place."""
    overlay = page.locator(".plane-overlay")
    overlay.scroll_into_view_if_needed()
    box = overlay.bounding_box()
    page.mouse.click(box["x"] + x1 * box["width"], box["y"] + (1 - x2) * box["height"])


def test_held_out_points_one_point_and_earlier_epochs(kept_page: Page, site: str) -> None:
    page = kept_page
    settings = {"dataset": "Xor", "hidden": 4, "rate": 0.5, "seed": 1, "heldOut": 20}
    open_train(page, site, points=50, epochs=60, **settings)
    assert_accessible(page)
    train_to_the_end(page, 60)
    expect(training_status(page)).to_contain_text("of 40 correct · held out: loss")
    wait_for_columns(page, "held_1")
    assert sum(len(columns(page, f"held_{label}")["x1"]) for label in (0, 1)) == 10
    assert len(columns(page, "held")["epoch"]) == 60
    assert len(rows(table(page, "Training log"))[0]) == 6

    # A point is chosen where it lies, and pushes parameters.
    x1, x2 = (columns(page, "points_1")[name][0] for name in ("x1", "x2"))
    press_plane(page, x1, x2)
    point = page.get_by_role("status", name="Point", exact=True)
    expect(point).to_contain_text("label 1 · output")
    assert columns(page, "chosen") == {"x1": [x1], "x2": [x2]}
    expect(table(page, "What the point pushes").locator("tbody tr")).to_have_count(8)
    page.get_by_role("button", name="Show its graph").click()
    expect(region(page, "Graph of the point")).to_be_visible()
    assert_accessible(page)
    before = point.inner_text()

    # Back to the beginning, and figures follow; training goes on from the end.
    now = columns(page, "boundary")["image"]
    page.get_by_role("slider", name="Look back at epoch").fill("5")
    expect(point).not_to_have_text(before)
    assert columns(page, "boundary")["image"] != now
    expect(training_status(page)).to_contain_text("Epoch 60 of 60")
    choice(page, "Learning rate").select_option("0.1")
    button(page, "60 more").click()
    expect(training_status(page)).to_contain_text("Epoch 120 of 120")


def test_a_weight_by_hand_and_weights_as_a_file(kept_page: Page, site: str, tmp_path: Path) -> None:
    page = kept_page
    open_train(page, site, dataset="Simple", hidden=2, points=20, epochs=10, seed=3)
    train_to_the_end(page, 10)
    with page.expect_download() as caught:
        button(page, "Download weights").click()
    weights = json.loads(Path(caught.value.path()).read_text("utf-8"))
    assert weights["epoch"] == 10
    assert len(weights["parameters"]) == 15
    network = region(page, "Network")
    expect(network).to_contain_text("2 → 2 → 2 → 1")

    network.get_by_text("Set a weight by hand").click()
    network.get_by_label("Parameter").select_option(label="layer1.weight_0_0")
    network.get_by_label("Weight", exact=True).fill("7.5")
    button(page, "Set").click()
    expect(network.get_by_label("Weight", exact=True)).to_have_value("7.5")
    assert_accessible(page)
    expect(training_status(page)).to_contain_text("Epoch 10 of 10")

    file = tmp_path / "weights.json"
    file.write_text(json.dumps(weights), encoding="utf-8")
    page.get_by_label("Weights as JSON").set_input_files(file)
    kept = str(float(f"{weights['parameters']['layer1.weight_0_0']:.6g}"))
    expect(network.get_by_label("Weight", exact=True)).to_have_value(kept)
    file.write_text('{"parameters": {"w": 1}}', encoding="utf-8")
    page.get_by_label("Weights as JSON").set_input_files(file)
    expect(page.get_by_role("status", name="Taken away")).to_contain_text("of another network")

    for name, start in (("Boundary as PNG", b"\x89PNG"), ("Boundary as SVG", b"<svg")):
        with page.expect_download() as caught:
            button(page, name).click()
        assert Path(caught.value.path()).read_bytes().startswith(start), name
    with page.expect_download() as caught:
        button(page, "Python script").click()
    assert "ScalarTrain(HIDDEN, SEED)" in Path(caught.value.path()).read_text("utf-8")


def test_own_points_and_own_code(kept_page: Page, site: str) -> None:
    page = kept_page
    open_train(page, site, dataset="Simple", hidden=2, points=20, epochs=10, seed=3)
    page.get_by_role("button", name="Your own points", exact=True).click()
    press_plane(page, 0.25, 0.25)
    page.get_by_label("Add label 0").check()
    press_plane(page, 0.75, 0.75)
    wait_for_columns(page, "points_0")
    assert [round(x, 1) for x in columns(page, "points_1")["x1"]] == [0.2]
    button(page, "Paste CSV").click()
    page.get_by_label("Points as CSV").fill(
        "x1,x2,label\n0.1,0.2,0\n0.9,0.8,1\n0.5,oops,1\n0,0,2\n"
    )
    button(page, "Use these points").click()
    notes = page.get_by_role("status", name="Notes on the points")
    expect(notes).to_contain_text("Line 4")
    expect(notes).to_contain_text("Line 5")
    assert_accessible(page)
    train_to_the_end(page, 10)
    expect(training_status(page)).to_contain_text("of 2 correct")

    code = region(page, "Model code")
    code.get_by_role("button", name="Show the code").click()
    box = code.get_by_role("textbox", name="Model code")
    text = (
        "from minitorch import Module, Scalar\n\n\nclass Network(Module):\n"
        "    def __init__(self, hidden):\n        super().__init__()\n"
        '        self.add_parameter("w", Scalar(0.1))\n\n'
        "    def forward(self, x):\n        return (x[0] * self.w.value).sigmoid()\n"
    )
    expect(code.locator(".cm-content")).to_be_visible()
    paste_into(box, text.replace(".sigmoid", ".sigmo"))
    button(page, "Use this model").click()
    expect(code.get_by_role("alert")).to_contain_text("in line 10", timeout=20_000)
    assert_accessible(page)
    expect(training_status(page)).to_contain_text("Epoch 10 of 10")
    paste_into(box, text)
    button(page, "Use this model").click()
    expect(region(page, "Network")).to_contain_text("1 parameter", timeout=30_000)
    train_to_the_end(page, 10)
    expect(region(page, "What ran")).to_contain_text("WebAssembly")
    assert "model=code" in page.url

    # Nothing of it runs by itself: not after a reload either, which leaves what is not used yet.
    paste_into(box, text + "# not yet used")
    page.reload()
    expect(code.locator(".cm-content")).to_contain_text("# not yet used")
    expect(training_status(page)).to_contain_text("press Train to run it")
    set_field(page, "Hidden size", 3)
    assert field(page, "Noise").is_visible()


@pytest.mark.parametrize("size", [(375, 667), (1024, 768)], ids=["phone", "tablet"])
def test_what_trains_is_in_sight(kept_page: Page, site: str, size: tuple[int, int]) -> None:
    page = kept_page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_train(page, site, dataset="Simple", hidden=2, points=20, epochs=10, seed=4)
    train_to_the_end(page, 10)
    for part in (training_status(page), page.locator(".train .boundary-figure")):
        expect(part).to_be_in_viewport(ratio=0.99)
    page.set_viewport_size({"width": 1280, "height": 900})

"""The Train view: networks learn through the page."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Problems
from tests.browser.views import (
    address,
    button,
    change_training,
    choice,
    columns,
    epoch,
    expect_trained,
    field,
    losses,
    open_train,
    region,
    rows,
    set_field,
    show,
    table,
    train_to_the_end,
    trained,
    training_status,
    wait_for_columns,
    wait_until,
    without_python,
)

# What a model of 2 units learns in a second.
QUICK = {"dataset": "Simple", "points": 20, "hidden": 2, "rate": 0.5, "seed": 3}


@pytest.mark.parametrize(
    ("settings", "epochs"),
    [
        ({"dataset": "Simple", "hidden": 2, "rate": 0.5, "seed": 5}, 120),
        ({"dataset": "Xor", "hidden": 8, "rate": 0.5, "seed": 5}, 60),
    ],
    ids=["Simple", "Xor"],
)
def test_a_network_learns(kept_page: Page, site: str, settings: dict, epochs: int) -> None:
    page = kept_page
    open_train(page, site, points=50, epochs=epochs, **settings)
    wait_for_columns(page, "points_1")
    untrained = columns(page, "boundary")["image"]
    progress = page.get_by_role("progressbar", name="Training progress")
    expect(progress).to_have_js_property("value", 0)

    reached = train_to_the_end(page, epochs)

    assert int(reached["correct"]) >= 45
    assert reached["points"] == "50"
    expect(progress).to_have_js_property("value", epochs)
    expect(progress).to_have_js_property("max", epochs)
    # The plane, the points on it, the curve and the log show it, each from its own source.
    assert columns(page, "boundary")["image"] != untrained
    labels = [len(columns(page, f"points_{label}")["x1"]) for label in (0, 1)]
    assert sum(labels) == 50
    assert all(columns(page, "contour").values())
    curve = columns(page, "loss")
    assert curve["epoch"] == list(range(1, epochs + 1))
    assert curve["loss"][-1] < curve["loss"][0] / 2
    log = rows(table(page, "Training log"))
    assert log[0][0] == str(epochs)
    assert float(log[0][1]) == pytest.approx(curve["loss"][-1], abs=0.006)
    assert log[0][2].endswith(" of 50")
    assert log[-1][0] == "1"
    assert [int(row[0]) for row in log[1:-1]] == list(range(epochs - 10, 0, -10))
    picture = region(page, "Decision boundary").get_by_role("img").first
    expect(picture).to_have_accessible_name(re.compile(rf"{reached['correct']} are on the right"))
    # What is told beside the picture is of the very parameters that it shows: it is what the next
    # epoch begins with, whose loss and count are taken before it changes them.
    button(page, "Step").click()
    expect_trained(page, epochs + 1, epochs + 1)
    log = rows(table(page, "Training log"))
    assert log[0][:3] == [str(epochs + 1), reached["loss"], f"{reached['correct']} of 50"]


def test_pause_step_reset(kept_page: Page, site: str) -> None:
    page = kept_page
    open_train(page, site, **QUICK, epochs=10_000, engine="eager")
    expect(button(page, "Pause")).to_be_disabled()

    button(page, "Train").click()
    expect(button(page, "Train")).to_be_disabled()
    expect(button(page, "Step")).to_be_disabled()
    expect(training_status(page)).to_have_text(
        re.compile(
            r"^Epoch [\d,]+ of 10,000 (· \d+ of 20 points )?· loss \d+\.\d+ · \d+ of 20 correct"
            r" · about \d+ (s|minutes|hours) left$"
        )
    )
    button(page, "Pause").click()
    expect(button(page, "Train")).to_be_enabled()
    trained(page)
    assert 0 < epoch(page) < 10_000

    # Nothing goes on behind the page's back: the next epoch is the next number.
    reached = epoch(page)
    for step in (1, 2):
        button(page, "Step").click()
        expect(training_status(page)).to_have_text(re.compile(f"^Epoch {reached + step:,} of"))
    log = rows(table(page, "Training log"))
    assert log[0][0] == f"{reached + 2:,}"
    progress = page.get_by_role("progressbar", name="Training progress")
    expect(progress).to_have_js_property("value", reached + 2)

    button(page, "Train").click()
    wait_until(
        page,
        "value => document.querySelector('progress').value > value",
        reached + 2,
    )
    button(page, "Reset").click()
    expect(training_status(page)).to_have_text("Epoch 0 of 10,000 · not trained yet")
    expect(button(page, "Train")).to_be_enabled()
    expect(table(page, "Training log").locator("tbody")).to_contain_text("Empty so far")
    expect(progress).to_have_js_property("value", 0)


def shade(page: Page) -> float:
    """Read the boundary's mean: how finely it is drawn depends on how busy the machine is."""
    (image,) = columns(page, "boundary")["image"]
    return sum(image) / len(image)


def test_the_same_seed_gives_the_same_run(kept_page: Page, site: str) -> None:
    page = kept_page
    open_train(page, site, **QUICK | {"seed": 11}, epochs=15)
    wait_for_columns(page, "points_1")
    untrained = shade(page)
    first = train_to_the_end(page, 15)
    assert abs(shade(page) - untrained) > 0.03
    exact = losses(page)
    assert len(exact) == 15

    button(page, "Reset").click()
    expect(training_status(page)).to_have_text("Epoch 0 of 15 · not trained yet")
    assert shade(page) == pytest.approx(untrained, abs=0.01)  # the same initial weights
    assert train_to_the_end(page, 15) == first
    assert losses(page) == exact

    open_train(page, site, **QUICK | {"seed": 12}, epochs=15)
    assert abs(shade(page) - untrained) > 0.03
    other = train_to_the_end(page, 15)
    assert other["loss"] != first["loss"]


def test_the_log_as_a_file(kept_page: Page, site: str) -> None:
    page = kept_page
    open_train(page, site, **QUICK | {"seed": 21}, epochs=12)
    expect(button(page, "Download CSV")).to_be_disabled()
    reached = train_to_the_end(page, 12)
    with page.expect_download() as started:
        button(page, "Download CSV").click()
    assert started.value.suggested_filename == "minitorch-simple-h2-seed21.csv"
    text = started.value.path().read_text(encoding="utf-8")
    lines = text.splitlines()
    assert lines[0] == "epoch,loss,correct,seconds"
    assert [line.split(",")[0] for line in lines[1:]] == [str(i) for i in range(1, 13)]
    last = lines[-1].split(",")
    # The file and the log count during the epoch; the line of numbers, after it.
    newest = rows(table(page, "Training log"))[0]
    assert [f"{float(last[1]):.2f}", f"{last[2]} of 20"] == newest[1:3]
    assert float(last[1]) > float(reached["loss"])
    assert float(last[3]) > 0


def test_settings_are_in_the_address_and_survive_a_reload(page: Page, site: str) -> None:
    without_python(page)
    page.goto(address(site, "train"))
    choice(page, "Dataset").select_option("Circle")
    choice(page, "Learning rate").select_option("0.1")
    choice(page, "Engine").select_option("Scalar by Scalar")
    choice(page, "Drawing").select_option("At the end")
    typed = {"Points": "30", "Hidden size": "4", "Epochs": "77", "Seed": "9"}
    for label, text in typed.items():
        set_field(page, label, text)
    wanted = "#/train?dataset=Circle&points=30&hidden=4&rate=0.1&epochs=77&seed=9"
    wanted += "&engine=eager&drawing=end"
    expect(page).to_have_url(site + wanted)

    page.reload()
    expect(choice(page, "Dataset")).to_have_value("Circle")
    expect(choice(page, "Learning rate")).to_have_value("0.1")
    expect(choice(page, "Engine")).to_have_value("eager")
    expect(choice(page, "Drawing")).to_have_value("end")
    for label, text in typed.items():
        expect(field(page, label)).to_have_value(text)
    expect(page).to_have_url(site + wanted)


# Presses Pause and measures how long it takes until the page says that nothing trains.
PAUSE = """async () => {
  const named = (name) =>
    [...document.querySelectorAll("button")].find((one) => one.textContent.trim() === name);
  const start = performance.now();
  named("Pause").click();
  while (named("Train").disabled) await new Promise((resume) => setTimeout(resume, 1));
  return performance.now() - start;
}"""


def test_a_big_network_leaves_the_page_responsive(kept_page: Page, site: str) -> None:
    page = kept_page
    slow = {"dataset": "Xor", "points": 50, "hidden": 30, "rate": 0.1, "seed": 1}
    open_train(page, site, **slow, epochs=500, engine="eager")
    seconds = []
    for _ in range(5):
        before = epoch(page)
        button(page, "Train").click()
        # In the middle of an epoch: one takes a third of a second.
        wait_until(page, "value => document.querySelector('progress').value > value", before)
        seconds.append(page.evaluate(PAUSE) / 1000)
    assert sorted(seconds)[2] < 0.2, seconds

    button(page, "Train").click()
    # What is typed while it trains arrives, and the number of epochs changes under way.
    field(page, "Epochs").press("Control+a")
    field(page, "Epochs").press_sequentially("600")
    expect(field(page, "Epochs")).to_have_value("600")
    field(page, "Epochs").blur()
    expect(training_status(page)).to_have_text(re.compile(r"^Epoch \d+ of 600 ·"))
    expect(button(page, "Pause")).to_be_enabled()
    button(page, "Pause").click()
    expect(button(page, "Train")).to_be_enabled()


def test_figures_are_as_they_were_after_a_look_at_another_view(kept_page: Page, site: str) -> None:
    page = kept_page
    open_train(page, site, **QUICK | {"seed": 31}, epochs=30, drawing="end")
    reached = train_to_the_end(page, 30)
    wait_for_columns(page, "points_1")
    before = figures(page)
    for _ in range(2):
        show(page, "Expression")
        button(page, "Run").click()
        expect(page.get_by_text("The result is 32")).to_be_visible()
        show(page, "Train")
        assert trained(page) == reached
        wait_for_columns(page, "points_1")
        assert figures(page) == before


def figures(page: Page) -> list[dict[str, list[object]]]:
    """Read all that the two figures show."""
    sources = ("boundary", "contour", "points_0", "points_1", "loss")
    return [columns(page, name) for name in sources]


# The loss of the course's network is bounded, whatever the settings, so it is broken on purpose.
BROKEN = """

from minitorch.training import EagerTraining

_learn = EagerTraining._learn
_points = iter(range(10**9))


def _learn_until_it_is_not_finite(self, x, label):
    loss, is_correct = _learn(self, x, label)
    return (loss if next(_points) < 5 * 20 else float("nan")), is_correct


EagerTraining._learn = _learn_until_it_is_not_finite
"""


def test_a_loss_that_is_not_finite_stops_with_an_alert(
    page: Page, site: str, built: Path, problems: Problems
) -> None:
    change_training(page, built, BROKEN)
    open_train(page, site, **QUICK, epochs=10, engine="eager")
    button(page, "Train").click()

    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("In epoch 6 the loss became nan. The steps were too large.")
    expect(alert).to_contain_text("Try a learning rate below 0.5, or another seed.")
    expect(training_status(page)).to_have_text(re.compile(r"^Epoch 5 of 10 · .* of 20 correct$"))
    # It is part of the form whose settings have to change.
    expect(page.locator("form").filter(has=button(page, "Train"))).to_contain_text("became nan")
    button(page, "Reset").click()
    expect(alert).to_have_count(0)
    expect(training_status(page)).to_have_text("Epoch 0 of 10 · not trained yet")

"""The compiled engine in the page: the same numbers, what is told about it, and how fast it is."""

import math
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.views import (
    button,
    change_training,
    choice,
    columns,
    epoch,
    losses,
    open_train,
    region,
    rows,
    table,
    train_to_the_end,
    training_status,
    wait_for_columns,
    wait_until,
)

MODEL = {"dataset": "Xor", "points": 50, "hidden": 3, "rate": 0.5, "seed": 4}


def facts(page: Page) -> dict[str, str]:
    """Read what the panel says, by its titles."""
    pairs = (
        region(page, "What ran")
        .locator("dl > div")
        .evaluate_all(
            "divs => divs.map(d => [d.children[0].textContent, d.children[1].textContent])"
        )
    )
    return dict(pairs)


def close(ours: list[float], theirs: list[float]) -> bool:
    return len(ours) == len(theirs) and all(
        math.isclose(a, b, rel_tol=1e-9) for a, b in zip(ours, theirs, strict=True)
    )


def test_both_engines_give_the_same_losses(kept_page: Page, site: str) -> None:
    page = kept_page
    open_train(page, site, **MODEL, epochs=50, engine="eager")
    train_to_the_end(page, 50)
    expected = losses(page)
    expect(region(page, "What ran")).to_contain_text("Scalar by Scalar: each")
    assert list(facts(page)) == ["Epochs a second"]
    expect(region(page, "What ran").locator("details")).to_have_count(0)

    open_train(page, site, **MODEL, epochs=50, engine="compiled")
    train_to_the_end(page, 50)
    assert close(losses(page), expected)

    # Again, not watched: the very same numbers, whatever the pace.
    watched = losses(page)
    open_train(page, site, **MODEL, epochs=50, drawing="end")
    train_to_the_end(page, 50)
    assert losses(page) == watched
    wait_for_columns(page, "loss")
    assert columns(page, "loss")["epoch"] == list(range(1, 51))


def test_the_engine_changes_in_the_middle_of_a_run(kept_page: Page, site: str) -> None:
    page = kept_page
    open_train(page, site, **MODEL | {"seed": 5}, epochs=60, engine="compiled")
    train_to_the_end(page, 60)
    expected = losses(page)

    open_train(page, site, **MODEL | {"seed": 5}, epochs=60, engine="eager")
    button(page, "Train").click()
    wait_until(page, "() => document.querySelector('progress').value > 5")
    choice(page, "Engine").select_option("Compiled")
    expect(training_status(page)).to_have_text(re.compile("^Epoch 60 of 60 · .* correct$"))
    expect(region(page, "What ran")).to_contain_text("runs as WebAssembly")
    assert close(losses(page), expected)


def test_what_ran(kept_page: Page, site: str) -> None:
    page = kept_page
    open_train(page, site, **MODEL | {"seed": 6}, epochs=20)
    train_to_the_end(page, 20)
    told = facts(page)
    numbers = [int(told[n]) for n in ("After lowering", "With derivatives", "Operations")]
    assert numbers == sorted(numbers), told
    expect(region(page, "What ran")).to_contain_text("runs as WebAssembly")
    assert int(told["Calls of kernels"]) > 0
    assert re.fullmatch(r"[\d.]+ m?s", told["Compiled in"])
    assert re.fullmatch(r"\d+ kB", told["Memory"])
    assert int(told["Epochs a second"].replace(",", "")) > 0

    panel = region(page, "What ran")
    panel.get_by_text("The program, as Python").click()
    program = panel.get_by_role("group", name="The program")
    expect(program).to_contain_text("for ")
    text = program.inner_text()
    assert "layer1_weight_0_0" in text
    compile(text, "<program>", "exec")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button(page, "Copy").click()
    expect(button(page, "Copied")).to_be_visible()
    assert page.evaluate("() => navigator.clipboard.readText()").strip() == text.strip()


def test_the_engines_compared(kept_page: Page, site: str) -> None:
    page = kept_page
    open_train(page, site, **MODEL | {"seed": 7}, epochs=200)
    button(page, "Step").click()
    expect(training_status(page)).to_have_text(re.compile("^Epoch 1 of"))
    before = losses(page)
    button(page, "Compare the engines").click()
    expect(button(page, "Compare the engines")).to_be_disabled()
    answer = page.get_by_role("status", name="Comparison")
    expect(answer).to_contain_text("times as fast", timeout=60_000)
    factor = re.search(r"Compiled was ([\d,]+) times as fast", answer.inner_text())
    assert factor
    assert int(factor[1].replace(",", "")) > 100
    expect(answer).to_contain_text(re.compile("The losses agree|All losses are the same"))
    assert [row[0] for row in rows(table(page, "Engines compared"))] == [
        "Scalar by Scalar",
        "Compiled",
    ]
    # The model that was being trained goes on where it was.
    assert epoch(page) == 1
    button(page, "Step").click()
    expect(training_status(page)).to_have_text(re.compile("^Epoch 2 of"))
    assert losses(page)[:1] == before


# Presses Train and measures how long it takes until the page says that the last epoch is done.
RUN = """async () => {
  const named = (name) =>
    [...document.querySelectorAll("button")].find((one) => one.textContent.trim() === name);
  const status = document.querySelector("[aria-label=Training]");
  const start = performance.now();
  named("Train").click();
  while (!/^Epoch 500 of 500 .*correct$/.test(status.textContent))
    await new Promise((resume) => setTimeout(resume, 1));
  return performance.now() - start;
}"""


def test_a_run_without_animation_is_over_at_once(kept_page: Page, site: str) -> None:
    page = kept_page
    settings = MODEL | {"hidden": 10, "seed": 8}
    open_train(page, site, **settings, epochs=500, drawing="end")
    milliseconds = page.evaluate(RUN)
    assert milliseconds < 2_000  # under 100 on a machine that does nothing else
    assert len(losses(page)) == 500
    log = rows(table(page, "Training log"))
    assert [int(row[0]) for row in log] == [*range(500, 0, -10), 1]


def test_an_animated_run_pauses_at_once(kept_page: Page, site: str) -> None:
    page = kept_page
    open_train(page, site, **MODEL | {"seed": 9}, epochs=10_000)
    button(page, "Train").click()
    wait_until(page, "() => document.querySelector('progress').value > 0")
    button(page, "Pause").click()
    expect(button(page, "Train")).to_be_enabled()
    reached = epoch(page)
    assert 0 < reached < 10_000
    assert len(losses(page)) == reached
    button(page, "Step").click()
    expect(training_status(page)).to_have_text(re.compile(f"^Epoch {reached + 1:,} of"))


# A model that no list of operations can express: it looks at the value of a Scalar.
BRANCHING = """

from minitorch import Network

_forward = Network.forward


def _forward_with_a_look(self, x):
    output = _forward(self, x)
    return output if output.data > 0.5 else output + 0.0


Network.forward = _forward_with_a_look
"""


def test_what_can_not_be_compiled_is_trained_scalar_by_scalar(
    page: Page, site: str, built: Path
) -> None:
    change_training(page, built, BRANCHING)
    open_train(page, site, **MODEL, epochs=10)
    train_to_the_end(page, 10)
    notice = page.get_by_role("status", name="Engine")
    expect(notice).to_contain_text("it is trained Scalar by Scalar")
    expect(notice).to_contain_text("asks for the value of a Scalar")
    expect(region(page, "What ran")).to_contain_text("Scalar by Scalar: each")
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("hidden", [1, 100])
def test_the_smallest_and_the_largest_model(kept_page: Page, site: str, hidden: int) -> None:
    page = kept_page
    open_train(page, site, **MODEL | {"hidden": hidden}, epochs=3)
    train_to_the_end(page, 3)
    expect(region(page, "What ran")).to_contain_text("runs as WebAssembly")
    too_long = page.get_by_text("The program is too long to be read here")
    expect(too_long).to_have_count(1 if hidden == 100 else 0)

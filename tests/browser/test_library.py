"""A learner's own `minitorch` in the page: a worker of its own, in which everything runs on it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.bridge.worker import COURSE, course, edited
from tests.browser.views import (
    LOADING_MS,
    TRAINING_MS,
    address,
    button,
    choice,
    columns,
    region,
    rows,
    show,
    table,
    wait_for_columns,
    wait_for_python,
)

EXPRESSION = {"code": "(x * x) * y + 10.0 * x", "inputs": {"x": 2, "y": 3}, "maxNodes": 99}
WRONG = edited("scalar_functions", "return a * b", "return a * b + 1")
BROKEN = course(scalar="class Scalar:\n    def nothing(:\n")
ENDLESS = edited("scalar_functions", "return a * b", "while True: pass")
TESTS = {
    "tests/test_a.py": (
        "import time\nimport pytest\nfrom minitorch import Scalar\n\n\n"
        "@pytest.mark.parametrize('n', range(8))\n"
        "def test_mul(n):\n"
        "    time.sleep(0.1)\n"
        "    assert (Scalar(2.0) * Scalar(3.0)).data == 6.0\n"
    )
}
EVALUATE = """async ([request, library]) => {
  try { return await minitorch.evaluate(request, undefined, library); }
  catch (error) { return { refused: error.problem ?? error.message }; }
}"""
TRAIN = """async ([settings, library]) => {
  const told = [];
  const home = { library, code: null };
  const signal = new AbortController().signal;
  const opened = await minitorch.openTraining(settings, null, home);
  await minitorch.train(5, null, settings.rate, (update) => void told.push(update), signal, home);
  const last = told.at(-1);
  const losses = told.flatMap(({ records }) => [...records.loss]);
  // What ran is told once, with the first update.
  const { engine } = told.map(({ ran }) => ran).find(Boolean);
  return { names: opened.parameters, losses, library: last.library, engine };
}"""
CHECK = """async ([files, args]) => {
  const start = performance.now();
  const results = [];
  const onResult = (result) => results.push([result.outcome, performance.now() - start]);
  let count = 0;
  const report = await minitorch.runTests(files, args, { onResult, onCount: (n) => (count = n) });
  return { report, results, count, seconds: (performance.now() - start) / 1000 };
}"""
SETTINGS = {
    "dataset": "Simple",
    "points": 10,
    "hidden": 2,
    "rate": 0.5,
    "seed": 1,
    "epochs": 5,
    "engine": "compiled",
}


def evaluate(page: Page, library: dict[str, str] | None) -> Any:
    return page.evaluate(EVALUATE, [EXPRESSION, library])


def test_expressions_and_training_run_on_the_learners_library(page: Page, site: str) -> None:
    page.goto(f"{site}#/expression")
    wait_for_python(page)
    ours, theirs, wrong = (evaluate(page, files) for files in (None, course(), WRONG))
    assert [ours["value"], theirs["value"], wrong["value"]] == [32, 32, 37]
    names = [result["library"]["name"] for result in (ours, theirs, wrong)]
    assert names == ["Reference", "Yours", "Yours"]
    assert ours["derivatives"] == theirs["derivatives"]
    by_ours, by_theirs = (page.evaluate(TRAIN, [SETTINGS, files]) for files in (None, course()))
    assert [by_ours["engine"], by_theirs["engine"]] == ["compiled", "eager"]
    assert by_theirs["library"]["name"] == "Yours"
    for one, other in zip(by_ours["losses"], by_theirs["losses"], strict=True):
        assert abs(one - other) < 1e-9
    # What can't be imported is a problem with a place, and ends nothing.
    problem = evaluate(page, BROKEN)["refused"]
    assert [problem[key] for key in ("kind", "file", "line")] == [
        *("SyntaxError", "minitorch/scalar.py", 2)
    ]
    assert evaluate(page, course())["value"] == 32
    assert evaluate(page, None)["value"] == 32


def test_tests_run_on_the_learners_library_and_tell_as_they_go(page: Page, site: str) -> None:
    page.goto(f"{site}#/expression")
    wait_for_python(page)
    first = page.evaluate(CHECK, [{**course(), **TESTS}, ["tests"]])
    assert first["report"]["passed"] == first["count"] == 8
    assert first["report"]["library"]["name"] == "Yours"
    # Each takes a tenth of a second: they arrive one by one, and not together at the end.
    times = [at for _, at in first["results"]]
    assert times[-1] - times[0] > 500
    again = page.evaluate(CHECK, [{**WRONG, **TESTS}, ["tests"]])
    assert [outcome for outcome, _ in again["results"]] == ["failed"] * 8
    # Meanwhile ours is what it was.
    assert evaluate(page, None)["value"] == 32


def test_code_of_theirs_without_an_end_is_stopped(page: Page, site: str) -> None:
    page.goto(f"{site}#/expression")
    wait_for_python(page)
    stopped = """async ([request, library]) => {
      const stop = new AbortController();
      setTimeout(() => stop.abort(), 1500);
      return minitorch
        .evaluate(request, stop.signal, library)
        .then((result) => result.problem.kind, (error) => error.problem?.kind ?? error.name);
    }"""
    assert page.evaluate(stopped, [EXPRESSION, ENDLESS]) == "Stopped"
    assert evaluate(page, course())["value"] == 32


# ------------------------------------------------------------------------------ in the views


def bring(page: Page, site: str, files: dict[str, str], folder: Path) -> None:
    """Import files into the Assignment, as a learner does who has written them elsewhere."""
    page.goto(f"{site}#/assignment/1.4")
    expect(page.get_by_role("textbox", name="Code")).to_be_visible()
    for name, text in files.items():
        (folder / Path(name).name).write_text(text, encoding="utf-8")
    with page.expect_file_chooser() as chooser:
        button(page, "Import").click()
    chooser.value.set_files([folder / Path(name).name for name in files])
    expect(page.get_by_role("status", name="Import")).to_contain_text("scalar.py")


def project(**changes: str) -> dict[str, str]:
    program = "project/run_scalar.py"
    files = {**course(**changes), program: (COURSE / program).read_text(encoding="utf-8")}
    return {name: text for name, text in files.items() if not name.endswith("__init__.py")}


def broken(old: str, new: str) -> str:
    return edited("scalar_functions", old, new)["minitorch/scalar_functions.py"]


BLANK = 'raise NotImplementedError("Need to implement for Task 1.4")'


def test_a_wrong_backward_is_marked_where_it_is(page: Page, site: str, tmp_path: Path) -> None:
    """A link opens the expression; Run shows the node, with what the reference passes."""
    wrong = broken("return b * d_output, a * d_output", "return b * d_output, b * d_output")
    bring(page, site, project(scalar_functions=wrong), tmp_path)
    link = address("", "expression", code="x * y + x", x=2, y=3, library="yours")
    page.evaluate("link => { location.hash = link; }", link)
    expect(choice(page, "Library")).to_have_value("yours")
    expect(page.get_by_text("Press Run to see it on your minitorch")).to_be_visible()
    expect(table(page, "Derivatives")).to_contain_text("—")
    button(page, "Run").click()
    said = "Here it goes wrong: Mul (6.0) passes 3.0 back to y; the reference passes 2.0."
    expect(page.get_by_role("alert")).to_have_text(said, timeout=LOADING_MS)
    names = table(page, "Derivatives").locator("thead th").all_inner_texts()
    assert names == ["variable", "value", "derivative", "reference", "central difference"]
    assert rows(table(page, "Derivatives"))[1][:4] == ["y", "3.0", "3.0", "2.0"]
    graph = region(page, "Computation graph")
    expect(graph).to_contain_text("on your minitorch")
    wait_for_columns(page, "operations")
    kinds = dict(zip(*(columns(page, "operations")[key] for key in ("title", "kind")), strict=True))
    assert (kinds["×"], kinds["+"]) == ("wrong here", "Add #4")
    page.get_by_text("The same as a table").click()
    expect(graph.locator("tr.wrong")).to_contain_text("Mul (6.0)")
    # On the reference nothing is wrong, and nothing is left of what was.
    choice(page, "Library").select_option("reference")
    expect(graph).to_contain_text("of what was written before")
    button(page, "Run").click()
    expect(graph).to_contain_text("on the reference")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_network_is_trained_on_their_library(page: Page, site: str, tmp_path: Path) -> None:
    bring(page, site, project(), tmp_path)
    settings = {"dataset": "Simple", "points": 10, "hidden": 2, "epochs": 3, "library": "yours"}
    link = address("", "train", **settings)
    page.evaluate("link => { location.hash = link; }", link)
    status = page.get_by_role("status", name="Training", exact=True)
    expect(status).to_have_text("Press Train to run it on your minitorch", timeout=LOADING_MS)
    engine = choice(page, "Engine")
    expect(engine).to_be_disabled()
    expect(engine).to_have_accessible_description(re.compile("compiler"))
    button(page, "Train").click()
    expect(status).to_contain_text("Epoch 3 of 3", timeout=TRAINING_MS)
    expect(page.get_by_text("on your minitorch")).to_be_visible()
    theirs = rows(table(page, "Training log"))
    # The same course on ours: their Network begins with the same numbers.
    choice(page, "Library").select_option("reference")
    expect(status).to_have_text("Epoch 0 of 3 · not trained yet")
    button(page, "Train").click()
    expect(status).to_contain_text("Epoch 3 of 3", timeout=TRAINING_MS)
    expect(page.get_by_text("on the reference")).to_be_visible()
    assert [row[:3] for row in rows(table(page, "Training log"))] == [row[:3] for row in theirs]


def test_what_is_still_to_be_done_is_said_with_the_way_there(
    page: Page, site: str, tmp_path: Path
) -> None:
    unfinished = broken("return b * d_output, a * d_output", BLANK)
    bring(page, site, project(scalar_functions=unfinished), tmp_path)
    page.evaluate("link => { location.hash = link; }", address("", "train", library="yours"))
    status = page.get_by_role("status", name="Training", exact=True)
    expect(status).to_have_text("Press Train to run it on your minitorch", timeout=LOADING_MS)
    button(page, "Train").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("minitorch/scalar_functions.py", timeout=TRAINING_MS)
    alert.get_by_role("link", name="task 1.4").click()
    expect(page).to_have_title("Assignment · MiniTorch")


def test_without_a_library_of_theirs_there_is_no_choice(page: Page, site: str) -> None:
    page.goto(address(site, "expression", library="yours"))
    notice = page.get_by_role("status", name="Notice")
    expect(notice).to_contain_text("no library of yours")
    for view in ("Expression", "Train"):
        show(page, view)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(choice(page, "Library")).to_have_count(0)

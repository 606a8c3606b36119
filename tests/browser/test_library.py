"""A learner's own `minitorch` in the page: a worker of its own, in which everything runs on it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.bridge.worker import course, edited
from tests.browser.views import wait_for_python

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
  const signal = new AbortController().signal;
  const opened = await minitorch.openTraining(settings, null, library);
  await minitorch.train(5, null, (update) => void told.push(update), signal, library);
  const last = told.at(-1);
  const losses = told.flatMap(({ records }) => [...records.loss]);
  return { names: opened.parameters, losses, library: last.library, engine: last.ran.engine };
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
    assert again["seconds"] < first["seconds"]
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

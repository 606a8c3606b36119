"""What a program leaves behind meets no other, and no training; a Python that hangs is said to."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Problems
from tests.browser.left_behind import SEEN
from tests.browser.views import (
    button,
    change_file,
    change_training,
    epoch,
    kill,
    open_expression,
    open_train,
    python_status,
    run_code,
    show,
    the_result,
    train_to_the_end,
    training_status,
    wait_until,
    watch_workers,
)
from web.tools import hashed

QUICK = {"dataset": "Simple", "points": 20, "hidden": 2, "rate": 0.5, "seed": 3}
EVALUATED = """async (code) => {
  const inputs = { x: 2, y: 3 };
  const { value, derivatives } = await minitorch.evaluate({ code, inputs, maxNodes: 10 });
  return [value, ...derivatives.map(({ derivative }) => derivative)];
}"""
# Those that would be seen in what the next program computes, or hang it; and one of each kind.
MET = [
    *("another code in a function", "a class of the standard library", "an object freed later"),
    *("a callback of the garbage collector", "an audit hook", "a file", "memory"),
]
# For ever, when it has slept for a while.
WAITING = """import asyncio
async def late():
  await asyncio.sleep(1)
  while True: pass
try:
  asyncio.ensure_future(late())
except RuntimeError as error: print(error)
x"""
REFUSED = """Object.defineProperty(navigator, "locks", {
  value: { request: () => Promise.reject(new DOMException("denied", "SecurityError")) },
});
"""
HANGS = """
_advance = Session.advance
def _hang(self, *given):
    while self.epoch >= 10:
        pass
    return _advance(self, *given)
Session.advance = _hang
"""


def test_the_next_program_meets_nothing_of_the_last(page: Page, site: str) -> None:
    watch_workers(page)
    open_expression(page, site)
    for what in MET:
        page.evaluate(EVALUATED, f"{SEEN[what]}\nx * y")
        ended = page.evaluate("ended")
        assert page.evaluate(EVALUATED, "x * y") == [6, 3, 2], what
        # The Python that saw it is no more, or was not yet when the first answer came.
        assert page.evaluate("ended") >= max(ended, 1), what
    assert page.evaluate("ended") >= len(MET)


def test_training_meets_nothing_of_a_program(page: Page, site: str) -> None:
    open_train(page, site, **QUICK, epochs=500, engine="eager", drawing="end")
    show(page, "Expression")
    run_code(page, WAITING)
    expect(the_result(page)).to_have_text("The result is 2.0.")
    show(page, "Train")
    train_to_the_end(page, 500)


@pytest.mark.parametrize("view", ["Train", "Expression"])
def test_python_that_hangs_is_said_to_and_stopped_from_any_view(
    page: Page, site: str, built: Path, view: str
) -> None:
    change_training(page, built, HANGS)
    open_train(page, site, **QUICK, epochs=40, engine="eager")
    button(page, "Train").click()
    show(page, view)
    expect(python_status(page)).to_have_text("Python hangs")
    page.unroute_all()
    button(page, "Stop Python").first.click()
    show(page, "Train")
    # What it had come to is there, and goes on in another Python.
    expect(page.get_by_role("button", name=re.compile(r"^Go on from epoch 1\d$"))).to_be_enabled()
    assert epoch(page) >= 10


def test_where_locks_are_refused_python_starts_and_its_end_is_noticed(
    page: Page, site: str, built: Path, problems: Problems
) -> None:
    problems.allow("denied")
    watch_workers(page)
    page.add_init_script(REFUSED)
    worker = hashed.only(built, "assets/worker-*.js")
    change_file(page, worker, lambda program: REFUSED.encode() + program)
    open_train(page, site, **QUICK, epochs=4000, engine="eager")
    button(page, "Train").click()
    wait_until(page, "() => document.querySelector('progress')?.value > 5")
    kill(page)
    expect(python_status(page)).to_have_text("Python hangs")
    expect(training_status(page)).to_have_text(re.compile("^Python hangs"))
    button(page, "Stop Python").first.click()
    expect(page.get_by_role("button", name=re.compile("^Go on from epoch"))).to_be_enabled()

"""Learners' code that never ends, ends everything, or says too much: the page goes on.

Once where the page is cross-origin isolated, so that Python can be interrupted, and once where it
is not, so that its worker has to be ended.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Problems, fail_on, opened_context
from tests.browser.hostile import ALERTS, ENDLESS, RESULTS
from tests.browser.views import (
    button,
    editor_text,
    field,
    open_train,
    paste_code,
    run_code,
    set_field,
    show,
    the_result,
    train_to_the_end,
    trained,
    type_code,
    wait_for_spare,
    watch_workers,
)

MODEL = {"dataset": "Simple", "points": 20, "hidden": 2, "rate": 0.5, "seed": 3, "epochs": 40}
HOSTS = {"isolated": True, "not isolated": False}


class Opened(NamedTuple):
    """The page on one of the hosts, what went wrong in it, and its trained model."""

    page: Page
    problems: Problems
    model: dict[str, str]


@pytest.fixture(scope="module")
def open_host(
    browser: Browser, serve_site: Callable[..., str]
) -> Iterator[Callable[[str], Opened]]:
    """`open_host(host)` gives the one page of a host, opened with a trained model."""
    with ExitStack() as contexts:

        @cache
        def opened(host: str) -> Opened:
            isolated = HOSTS[host]
            site = serve_site(isolated=isolated)
            problems = Problems()
            page = contexts.enter_context(opened_context(browser, site, problems)).new_page()
            watch_workers(page)
            open_train(page, site, **MODEL)
            assert page.evaluate("crossOriginIsolated") is isolated
            model = train_to_the_end(page, 40)
            show(page, "Expression")
            set_field(page, "z", 4)
            return Opened(page, problems, model)

        yield opened


@pytest.fixture
def opened(host: str, open_host: Callable[[str], Opened]) -> Iterator[Opened]:
    """Give the page of the test's host; fail on what goes wrong in it."""
    opened = open_host(host)
    opened.problems.clear()
    yield opened
    fail_on(opened.problems)


@pytest.fixture
def page(opened: Opened) -> Page:
    return opened.page


# A worker that can't be interrupted is ended, whatever it runs: there one program will do.
STOPPED = [*(("isolated", name) for name in ENDLESS), ("not isolated", "a loop that prints")]


@pytest.mark.parametrize(("host", "name"), STOPPED)
def test_code_that_never_ends_is_stopped(page: Page, name: str) -> None:
    code, line = ENDLESS[name]
    run_code(page, "x * z")
    type_code(page, code)
    button(page, "Run").click()
    expect(page.get_by_text("Running…")).to_be_visible()
    # The page is as quick as ever meanwhile.
    set_field(page, "z", 12)
    expect(page).to_have_url(re.compile("z=12"))
    set_field(page, "z", 4)
    wait_for_spare(page)
    button(page, "Stop").click()
    # On a busy machine an interrupt may come too late to tell the line.
    where = r"\d+" if line is None else str(line)
    expect(page.get_by_text(re.compile(rf"^Stopped( in line {where})?\.$"))).to_be_visible()
    everything_is_still_there(page, code)


# What is said comes from Python, and is the same there; what ends it is ended by other means.
TOLD = [
    *(("isolated", name) for name in ALERTS),
    *(("not isolated", name) for name in ("os._exit", "what Python does not survive")),
]


@pytest.mark.parametrize(("host", "name"), TOLD)
def test_code_that_ends_badly_is_told(page: Page, opened: Opened, name: str) -> None:
    code, said = ALERTS[name]
    if name == "what Python does not survive":
        opened.problems.allow("Pyodide|fatal|call stack|stack_base|exceeded|[Ss]tack")
    run_code(page, code)
    expect(page.get_by_role("alert")).to_contain_text(said)
    everything_is_still_there(page, code)
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize(("host", "name"), [("isolated", name) for name in RESULTS])
def test_what_is_printed_is_shown_up_to_a_limit(page: Page, name: str) -> None:
    code, said = RESULTS[name]
    run_code(page, code)
    expect(page.get_by_role("group", name="Printed")).to_contain_text(said)
    expect(page.get_by_role("alert")).to_have_count(0)
    everything_is_still_there(page, code)


@pytest.mark.parametrize("host", ["isolated"])
def test_a_program_of_a_million_characters(page: Page) -> None:
    """A long text runs; one long expression is refused in words, where the person is looking."""
    code = "s = '" + "a" * 1_000_000 + "'\nx * 3"
    request = {"code": code, "inputs": {"x": 2}, "maxNodes": 10}
    assert page.evaluate("request => minitorch.evaluate(request)", request)["value"] == 6
    paste_code(page, "x" + " + x" * 250_000)
    button(page, "Run").click()
    expect(page.get_by_role("alert")).to_contain_text("too deeply nested")
    everything_else_is_still_there(page)


def everything_is_still_there(page: Page, code: str) -> None:
    """The text, the inputs, the last picture; and the next program runs at once."""
    assert editor_text(page) == code
    everything_else_is_still_there(page)


def everything_else_is_still_there(page: Page) -> None:
    expect(field(page, "z")).to_have_value("4")
    run_code(page, "x * y * z")
    expect(the_result(page)).to_have_text("The result is 24.0.")


@pytest.mark.parametrize("host", HOSTS)
def test_the_trained_model_has_survived_it_all(page: Page, opened: Opened) -> None:
    show(page, "Train")
    assert trained(page) == opened.model
    button(page, "Step").click()
    expect(page.get_by_role("status", name="Training")).to_have_text(re.compile("^Epoch 41 of 41"))

"""What learners' code reaches of the browser: what computes, and nothing else."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Problems, fail_on, opened_context
from tests.browser.escapes import THROUGH_C, TRIED
from tests.browser.views import open_expression


@pytest.fixture(scope="module", params=[True, False], ids=["with headers", "without headers"])
def view(
    request: pytest.FixtureRequest, browser: Browser, serve_site: Callable[..., str]
) -> Iterator[Page]:
    """The Expression view, from a host that sends headers for it, and from a plain one."""
    site = serve_site(isolated=request.param)
    problems = Problems()
    # Through C, Python ends: Pyodide says so.
    problems.allow("fatal|GIL|EvalError|setTimeout|wasm://|Nothing can wait")
    with opened_context(browser, site, problems) as context:
        page = context.new_page()
        open_expression(page, site)
        yield page
    fail_on(problems)


RUN = """code => minitorch.evaluate({ code, inputs: { x: 2 }, maxNodes: 10 })
  .catch((error) => { if (error.name !== "WorkerGone") throw error; return null; })"""


def printed(view: Page, code: str) -> str:
    """Run code, and give what it printed."""
    answer = view.evaluate(RUN, code)
    assert answer["problem"] is None, answer["problem"]
    return str(answer["output"]).strip()


def test_no_try_reaches_out(view: Page) -> None:
    asked: list[str] = []
    view.context.on("request", lambda request: asked.append(request.url))
    assert printed(view, TRIED).splitlines()[-1] == "reached: []"
    # What was asked for has been by the time of something that may be, asked for later.
    view.evaluate("async () => { await fetch('./index.html?allowed'); }")
    others = [url for url in asked if "/pyodide" not in url and "/assets/" not in url]
    assert [url.rpartition("?")[2] for url in others] == ["allowed"]


def test_through_c_nothing_is_reached_either(view: Page) -> None:
    for name, call in THROUGH_C.items():
        code = f"import ctypes\nprint({call})\nx"
        answer = view.evaluate(RUN, code)
        assert answer is None or answer["output"].strip() in ("0", "-1", ""), (name, answer)
    assert printed(view, "print('it goes on')\nx") == "it goes on"


def test_what_computes_is_there(view: Page) -> None:
    code = "import js\nprint(js.Math.max(1, 2), js.JSON.stringify('a'), js.Date.now() > 0)\nx"
    assert printed(view, code) == '2 "a" True'

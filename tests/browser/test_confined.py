"""What learners' code reaches of the browser by `import js`: what computes, and nothing else."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Problems, fail_on, opened_context
from tests.browser.views import open_expression

# What stores, what talks to others, and what starts other programs.
GONE = [
    *("indexedDB", "caches", "cookieStore", "IDBFactory", "Cache", "StorageManager"),
    *("FileSystemHandle", "ServiceWorkerRegistration", "Worker", "SharedWorker", "importScripts"),
    *("postMessage", "BroadcastChannel", "Notification", "WebSocket", "WebSocketStream"),
    *("WebTransport", "XMLHttpRequest", "EventSource", "RTCDataChannel", "FontFace", "fetchLater"),
]
GONE_FROM_NAVIGATOR = ["storage", "serviceWorker", "locks", "permissions", "usb", "gpu"]

REACHED = f"""
import js
reached = [name for name in {GONE!r} if hasattr(js, name)]
reached += ["navigator." + name for name in {GONE_FROM_NAVIGATOR!r} if hasattr(js.navigator, name)]
above = js.Object.getPrototypeOf(js.self)
while above and js.Object.getPrototypeOf(above):
    reached += [name for name in {GONE!r} if js.Object.hasOwn(above, name)]
    above = js.Object.getPrototypeOf(above)
print("reached:", reached)
x
"""

# Each makes a program of a text, or asks for something from somewhere else.
REFUSED = [
    'js.eval("1 + 1")',
    'js.Function.new("return 1")',
    'js.Object.constructor("return 1")',
    'js.Object.constructor.new("return 1")',
    'js.Reflect.construct(js.Object.constructor, js.Array.of("return 1"))',
    'js.setTimeout("1 + 1", 0)',
    'js.setInterval("1 + 1", 0)',
    'run_js("1 + 1")',
]
TRIED = f"""
import js
from pyodide.code import run_js
ran = []
for text in {REFUSED!r}:
    try:
        eval(text)
    except Exception as error:
        assert "EvalError" in repr(error), repr(error)
    else:
        ran.append(text)
print("ran:", ran)
x
"""

# The code does not wait for the answers; the test sees whether anybody was asked.
ASKED = """
import js, pyodide_js
for address in ["https://example.org/", "/", "./index.html", js.location.href]:
    js.fetch(address).catch(lambda error: None)
pyodide_js.loadPackage("https://example.org/thing-1-py3-none-any.whl").catch(lambda error: None)
print("asked")
x
"""


@pytest.fixture(scope="module", params=[True, False], ids=["with headers", "without headers"])
def view(
    request: pytest.FixtureRequest, browser: Browser, serve_site: Callable[..., str]
) -> Iterator[Page]:
    """The Expression view, from a host that sends headers for it, and from a plain one."""
    site = serve_site(isolated=request.param)
    problems = Problems()
    with opened_context(browser, site, problems) as context:
        page = context.new_page()
        open_expression(page, site)
        yield page
    fail_on(problems)


def printed(view: Page, code: str) -> str:
    """Run code, and give what it printed."""
    answer = view.evaluate(
        "code => minitorch.evaluate({ code, inputs: { x: 2 }, maxNodes: 10 })", code
    )
    assert answer["problem"] is None, answer["problem"]
    return str(answer["output"]).strip()


def test_nothing_stores_or_talks_to_others(view: Page) -> None:
    assert printed(view, REACHED) == "reached: []"


def test_no_text_becomes_a_program(view: Page) -> None:
    assert printed(view, TRIED) == "ran: []"


def test_nothing_is_fetched_but_the_site_s_own_packages(view: Page) -> None:
    asked: list[str] = []
    view.context.on("request", lambda request: asked.append(request.url))
    assert printed(view, ASKED) == "asked"
    # What was asked for has been by the time of something that may be, asked for later.
    assert printed(view, "print('later')\nx") == "later"
    view.evaluate("async () => { await fetch('./index.html?allowed'); }")
    assert [url.rpartition("?")[2] for url in asked] == ["allowed"]


def test_what_computes_is_there(view: Page) -> None:
    code = "import js\nprint(js.Math.max(1, 2), js.JSON.stringify('a'), js.Date.now() > 0)\nx"
    assert printed(view, code) == '2 "a" True'

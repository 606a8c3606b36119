"""What a browser may refuse: one page for each way, in which all is done that a learner does.

The table is `web/src/services.ts`. Each service of it is taken away in the page, gone or refusing.
Blocked cookies, a frame in a page of another site and plain HTTP are the browser's own doing, and
reach the workers, too; a quota of nothing is tried in test_offline.py.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect

from tests.browser.conftest import PREFIX, Problems
from tests.browser.views import LOADING_MS, address, button, wait_for_python
from web.tools import chromium
from web.tools.paths import WEB
from web.tools.server import serving

TABLE = WEB / "src" / "services.ts"
SERVICES = re.findall(r'^  "?([\w.]+)"?: "', TABLE.read_text(encoding="utf-8"), re.M)
REFUSE = Path(__file__).with_name("refuse.js").read_text(encoding="utf-8")
# It can be absent, and has no way to refuse.
NEVER_REFUSES = {"requestIdleCallback"}


def take_away(way: str) -> str:
    """Give a script that takes away what can be taken away so."""
    names = SERVICES if way == "absent" else [n for n in SERVICES if n not in NEVER_REFUSES]
    return f"({REFUSE.rstrip().rstrip(';')})({json.dumps([names, way])})"


def learn(page: Page | Frame, tests: bool) -> None:
    """Do what a learner does: run an expression, train, write some code, perhaps run its tests."""
    wait_for_python(page)
    request = {"code": "x * y", "inputs": {"x": 2, "y": 3}, "maxNodes": 10}
    assert page.evaluate("request => minitorch.evaluate(request)", request)["value"] == 6
    navigation = page.get_by_role("navigation", name="Main")
    navigation.get_by_role("link", name="Train").click()
    button(page, "Step").click()
    # Where the Python in use has no other beside it, one starts for training now.
    expect(page.get_by_role("status", name="Training")).to_have_text(
        re.compile("^Epoch 1 of"), timeout=LOADING_MS
    )
    navigation.get_by_role("link", name="Assignment").click()
    page.get_by_role("textbox", name="Code").press_sequentially("# mine\n")
    if tests:
        button(page, "Run tests").click()
        said = re.compile(r"\d+ of \d+ passed")
        expect(page.get_by_role("status", name="Tests")).to_have_text(said, timeout=60_000)
    expect(page.get_by_role("alert")).to_have_count(0)


def unkept(page: Page | Frame) -> None:
    """See that the page says what a reload would lose."""
    expect(page.get_by_role("status", name="Not kept")).to_contain_text("a reload would lose")


def test_the_table_names_what_the_page_asks_for() -> None:
    asked = re.compile(
        r"\b(localStorage|sessionStorage|indexedDB|BroadcastChannel|caches|SharedArrayBuffer"
        r"|requestIdleCallback|cookieStore|Notification|crypto\??\.\w+"
        r"|navigator\??\.(?!deviceMemory|hardwareConcurrency|userAgent|language)\w+)\b"
    )
    named = set()
    for path in (WEB / "src").rglob("*.ts*"):
        if path != TABLE and path.name != "confine.ts":
            code = re.sub(r"(?s:/\*.*?\*/)|//.*", "", path.read_text(encoding="utf-8"))
            named |= {found.replace("?", "") for found in asked.findall(code)}
    assert named == set(SERVICES)


@pytest.mark.parametrize("way", ["absent", "refuses", "refuses later"])
def test_every_service_may_be_missing(page: Page, site: str, way: str) -> None:
    if way != "refuses later":
        page.add_init_script(take_away(way))
    page.goto(address(site, "expression"))
    if way == "refuses later":
        wait_for_python(page)
        page.evaluate(take_away("refuses"))
    learn(page, tests=way == "refuses")
    unkept(page)


# ------------------------------------------------------------------------- by the browser itself

PREFERENCES: dict[str, object] = {
    "as it comes": {},
    "no cookies": {"profile": {"default_content_setting_values": {"cookies": 2}}},
}
# This machine by a name that browsers take for any other: without HTTPS they trust it less.
ELSEWHERE = "elsewhere.test"


@contextmanager
def opened(browser: Browser, profile: Path, preferences: str) -> Iterator[BrowserContext]:
    """Start a browser whose settings are those of a person who has changed them."""
    (profile / "Default").mkdir(parents=True)
    settings = json.dumps(PREFERENCES[preferences])
    (profile / "Default" / "Preferences").write_text(settings, encoding="utf-8")
    options = chromium.options()
    options["args"] = [*options["args"], f"--host-resolver-rules=MAP {ELSEWHERE} 127.0.0.1"]
    context = browser.browser_type.launch_persistent_context(profile, **options)
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.mark.parametrize(
    ("preferences", "place", "tests"),
    [
        ("no cookies", "a page", False),
        ("no cookies", "a frame of another site", True),
        ("as it comes", "a frame of another site", False),
        ("as it comes", "plain HTTP", True),
    ],
)
def test_a_browser_may_refuse(
    browser: Browser, built: Path, tmp_path: Path, preferences: str, place: str, tests: bool
) -> None:
    problems = Problems()
    course = tmp_path / "course"
    with (
        serving(built, prefix=PREFIX) as server,
        serving(course, isolated=False) as another,
        opened(browser, tmp_path / "profile", preferences) as context,
    ):
        page = context.new_page()
        page.on("pageerror", lambda error: problems.add(str(error)))
        here: Page | Frame = page
        if place == "a frame of another site":
            write_course(course, address(server.url, "expression"))
            page.goto(another.url.replace("localhost", "127.0.0.1"))
            here = page.frames[1]
        elif place == "plain HTTP":
            page.goto(address(server.url.replace("localhost", ELSEWHERE), "expression"))
        else:
            page.goto(address(server.url, "expression"))
        learn(here, tests)
        assert here.evaluate("isSecureContext") is (place != "plain HTTP")
        if preferences == "no cookies":
            unkept(here)
    assert problems.left() == []


def write_course(folder: Path, address: str) -> None:
    """Write a course's page that shows ours, as the README says it should."""
    snippet = SNIPPET.replace("https://your.host/minitorch/#/train", address)
    assert address in snippet
    folder.mkdir()
    page = f"<!doctype html><title>A course</title>{snippet}"
    (folder / "index.html").write_text(page, encoding="utf-8")


README = (WEB.parent / "README.md").read_text(encoding="utf-8")
SNIPPET = README.partition("```html\n")[2].partition("```")[0]

"""The built site in a real browser.

`page` is a page of a fresh context that fails its test on any request to another origin, any
error of a script and any error on the console. `kept_page` does too, but is one page for all
tests of a module, because Python takes seconds to load: each test has to bring it into the state
it needs. `site` is the site's address, under a path as on a project page; `serve_site` serves it
otherwise. `problems` is what went wrong so far: a test that provokes an error in its `page` says
so with `problems.allow("part of the message")`.

MINITORCH_SKIP_BROWSER=1 leaves these tests out. A missing browser without it is a failure.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from web.tools import chromium, hashed
from web.tools.console import Failure
from web.tools.paths import CACHE, DIST
from web.tools.server import serving

PREFIX = "/some/project/"
SCREENSHOTS = CACHE / "screenshots"
_outcome = pytest.StashKey[pytest.TestReport]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the browser's tests if the person asked for that."""
    if os.environ.get("MINITORCH_SKIP_BROWSER") == "1":
        here = Path(__file__).parent
        for item in items:
            if here in item.path.parents:
                item.add_marker(pytest.mark.skip(reason="MINITORCH_SKIP_BROWSER=1"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Keep how the test went, for the screenshot that `page` takes afterwards."""
    report = yield
    if report.when == "call":
        item.stash[_outcome] = report
    return report


class Problems:
    """What went wrong in a page, as sentences."""

    def __init__(self) -> None:
        self._found: list[str] = []
        self._allowed: list[re.Pattern[str]] = []

    def add(self, text: str) -> None:
        """Note something that should not have happened."""
        self._found.append(text)

    def allow(self, pattern: str) -> None:
        """Expect problems that a regular expression fits."""
        self._allowed.append(re.compile(pattern))

    def left(self) -> list[str]:
        """List the problems that nobody expected."""
        return [text for text in self._found if not any(p.search(text) for p in self._allowed)]

    def clear(self) -> None:
        """Forget all that was found."""
        self._found.clear()


def watch(
    context: BrowserContext, site: Callable[[], str], current: Callable[[], Problems]
) -> None:
    """Note the errors and the requests of all pages and workers of a context."""

    def on_request(url: str) -> None:
        local = urlsplit(url).scheme in ("blob", "data") or url == "about:blank"
        if not local and origin_of(url) != origin_of(site()):
            current().add(f"request to another origin: {url}")

    def on_console(kind: str, text: str, url: str) -> None:
        if kind == "error":
            current().add(f"console error: {text} ({url})")

    context.on("request", lambda request: on_request(request.url))
    context.on("console", lambda m: on_console(m.type, m.text, m.location.get("url", "")))
    context.on("weberror", lambda error: current().add(f"script error: {error.error}"))


def origin_of(url: str) -> str:
    """Give the part of an address that names a site."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the built site, so that another build meanwhile doesn't change it."""
    if not (DIST / "index.html").exists():
        pytest.fail("There is no built site: run python3 build.py build.")
    copy = tmp_path_factory.mktemp("site") / "dist"
    shutil.copytree(DIST, copy)
    return copy


@pytest.fixture(scope="session")
def serve_site(built: Path) -> Iterator[Callable[..., str]]:
    """Serve the built site: `serve_site(prefix="/", isolated=False)` gives its address."""
    with ExitStack() as running:

        def serve(prefix: str = PREFIX, isolated: bool = True) -> str:
            server = serving(built, prefix=prefix, isolated=isolated)
            return running.enter_context(server).url

        yield serve


@pytest.fixture(scope="session")
def site(serve_site: Callable[..., str]) -> str:
    """Give the address of the site's first page."""
    return serve_site()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the one browser of all tests."""
    try:
        chromium.ensure()
    except Failure as failure:
        pytest.fail(str(failure), pytrace=False)
    with chromium.launch("--process-per-site") as running:
        yield running


@pytest.fixture
def problems() -> Problems:
    """Collect what goes wrong in the test's pages."""
    return Problems()


@contextmanager
def opened_context(
    browser: Browser, site: str, problems: Problems, **options: Any
) -> Iterator[BrowserContext]:
    """Open a context with nothing stored, and note what goes wrong in it.

    It has no service worker unless `service_workers="allow"`: Playwright sees no request of a
    page that has one.
    """
    with _new_context(browser, **options) as context:
        watch(context, lambda: site, lambda: problems)
        yield context


@contextmanager
def _new_context(browser: Browser, **options: Any) -> Iterator[BrowserContext]:
    options = {"viewport": {"width": 1280, "height": 900}, "service_workers": "block"} | options
    context = browser.new_context(**options)
    context.set_default_timeout(30_000)
    yield context
    context.close()


def keep_python_compiled(context: BrowserContext, site: str) -> Page:
    """Open a page that shows a text only, and keeps what the browser has compiled of Python.

    All pages of a context share a process, and a process compiles nothing twice that it still has.
    """
    keeper = context.new_page()
    keeper.goto(f"{site}THIRD-PARTY.txt")
    keeper.evaluate(
        "async (it) => { window.kept = await WebAssembly.compileStreaming(fetch(it)); }",
        hashed.only(DIST, "pyodide-*/pyodide.asm.wasm"),
    )
    return keeper


class Reused:
    """One context for many tests, each of which finds it as if it were new.

    With what is compiled at hand, the next start of Python costs less than half.
    """

    def __init__(self, context: BrowserContext, site: str):
        self.context = context
        self._keeper = keep_python_compiled(context, site)
        self._devtools = context.new_cdp_session(self._keeper)
        self._problems, self._site = Problems(), site
        self.begin(self._problems, site)
        watch(context, lambda: self._site, lambda: self._problems)

    def begin(self, problems: Problems, site: str) -> None:
        """Forget all that was before."""
        for page in self.context.pages:
            if page != self._keeper:
                page.close()
        # Not sooner: a page that is still fetching does so from the site before.
        self._problems, self._site = problems, site
        self.context.unroute_all(behavior="ignoreErrors")
        self.context.clear_cookies()
        self.context.clear_permissions()
        everything = {"origin": origin_of(site), "storageTypes": "all"}
        self._devtools.send("Storage.clearDataForOrigin", everything)


def fail_on(problems: Problems) -> None:
    """Fail a test that has done all it wanted, but with problems on the way."""
    if problems.left():
        pytest.fail("\n".join(problems.left()), pytrace=False)


def take_screenshot(page: Page, problems: Problems, request: pytest.FixtureRequest) -> None:
    """Keep how the page of a failed test looked."""
    report = request.node.stash.get(_outcome, None)
    failed = problems.left() or (report is not None and report.failed)
    if failed and not page.is_closed():
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        target = SCREENSHOTS / f"{re.sub(r'[^A-Za-z0-9]+', '-', request.node.name)[:100]}.png"
        page.screenshot(path=target, full_page=True)
        print(f"Screenshot: {target}")


@pytest.fixture(scope="session")
def _reused(browser: Browser, site: str) -> Iterator[Reused]:
    with _new_context(browser) as context:
        yield Reused(context, site)


@pytest.fixture
def open_at(_reused: Reused, problems: Problems) -> Iterator[Callable[[str], Page]]:
    """Open an empty page for a site, the only page of a context with nothing stored.

    The test fails on what went wrong in it, at a request to another origin than the site's.
    """

    def opened(site: str) -> Page:
        _reused.begin(problems, site)
        return _reused.context.new_page()

    yield opened
    fail_on(problems)


@pytest.fixture
def context(_reused: Reused, site: str, problems: Problems) -> Iterator[BrowserContext]:
    """Give a context with nothing stored; fail on what goes wrong in it."""
    _reused.begin(problems, site)
    yield _reused.context
    fail_on(problems)


@pytest.fixture
def page(
    context: BrowserContext, problems: Problems, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """Open an empty page; the test goes to `site` in it."""
    page = context.new_page()
    yield page
    take_screenshot(page, problems, request)


@pytest.fixture(scope="session")
def _reused_by_modules(browser: Browser, site: str) -> Iterator[Reused]:
    with _new_context(browser) as context:
        yield Reused(context, site)


@pytest.fixture(scope="module")
def _kept(_reused_by_modules: Reused, site: str) -> tuple[Page, Problems]:
    problems = Problems()
    _reused_by_modules.begin(problems, site)
    return _reused_by_modules.context.new_page(), problems


@pytest.fixture
def kept_page(_kept: tuple[Page, Problems], request: pytest.FixtureRequest) -> Iterator[Page]:
    """Give the one page of the module, which shows what the test before left there."""
    page, problems = _kept
    problems.clear()
    yield page
    take_screenshot(page, problems, request)
    fail_on(problems)

"""The site without a network, and a new version of it while the old one is open."""

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PREFIX, Problems, fail_on, opened_context, watch
from tests.browser.views import (
    LOADING_MS,
    address,
    button,
    open_expression,
    open_train,
    python_status,
    the_result,
    train_to_the_end,
    wait_for_python,
    wait_until,
)
from web.tools import chromium, hashed, offline, site
from web.tools.server import SiteServer, serving

WORKER = re.compile(r"sw\.js|assets/sw-.*")  # which browsers ask for to see whether it is new
IS_SECOND = "() => window.isSecondBuild === true"

Open = Callable[[SiteServer], BrowserContext]


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """Copy the site, for builds to come in its place."""
    return shutil.copytree(built, tmp_path / "dist")


@pytest.fixture
def open_context(browser: Browser, problems: Problems) -> Iterator[Open]:
    """Open contexts that may have a service worker; fail on what went wrong in them."""
    with ExitStack() as opened:

        def open_one(server: SiteServer) -> BrowserContext:
            context = opened_context(browser, server.url, problems, service_workers="allow")
            return opened.enter_context(context)

        yield open_one
    fail_on(problems)


def wait_until_stored(page: Page) -> None:
    """Wait until the page says that it works offline."""
    said = re.compile("This page works offline")
    expect(python_status(page)).to_have_attribute("title", said, timeout=LOADING_MS)


# How many files are stored.
HOW_MANY = """async () => {
  const opened = (await caches.keys()).map((name) => caches.open(name));
  const files = await Promise.all(opened.map(async (cache) => (await cache).keys()));
  return files.flat().length;
}"""


def fetched(server: SiteServer) -> Counter[str]:
    """Count the files that the server has sent, by path."""
    return Counter(request.path for request in server.requests if request.status == 200)


def run_an_expression(page: Page, url: str) -> None:
    open_expression(page, url, "x * y + z")
    button(page, "Run").click()
    expect(the_result(page)).to_have_text("The result is 7.0.")


@contextmanager
def browser_with_profile(browser: Browser, profile: Path) -> Iterator[BrowserContext]:
    """Start another browser, which keeps what it stores."""
    context = browser.browser_type.launch_persistent_context(profile, **chromium.options())
    context.set_default_timeout(30_000)
    yield context
    context.close()


def test_after_one_visit_everything_is_here(
    browser: Browser, built: Path, tmp_path: Path, problems: Problems
) -> None:
    profile = tmp_path / "profile"
    with serving(built, prefix=PREFIX) as server:
        with browser_with_profile(browser, profile) as context:
            page = context.new_page()
            page.goto(address(server.url, "expression"))
            wait_until_stored(page)
            # Each file came once, and none that only tests need.
            once = fetched(server)
            del once[next(path for path in once if path.startswith("assets/sw-"))], once["sw.js"]
            once["index.html"] = once.pop("")
            assert once == dict.fromkeys(offline.core_files(built), 1)
            assert sum(request.sent for request in server.requests) < 7_500_000

            server.requests.clear()
            page = context.new_page()
            page.goto(address(server.url, "train"))
            wait_for_python(page)
            assert [r.path for r in server.requests if not WORKER.fullmatch(r.path)] == []
        url = server.url

    # The server has stopped, and the browser has been closed.
    with browser_with_profile(browser, profile) as context:
        watch(context, lambda: url, lambda: problems)
        page = context.new_page()
        open_train(page, url, dataset="Xor", epochs=20)
        train_to_the_end(page, 20)
        page.reload()
        run_an_expression(page, url)
        assert page.evaluate("crossOriginIsolated") is True
    assert problems.left() == []


# ------------------------------------------------------------------------------- A new version


class Build:
    """Another build, with one lazily loaded script changed, and with it all that import it.

    Attributes:
        old: the scripts that are no more, as paths in the site.
        new: those in their places.
        editor: the one that was changed, among the new ones.
        main: the page's first script, among the new ones.
    """

    def __init__(self, first: Path, built: Path):
        self.built = built
        copies = shutil.ignore_patterns("*.br", "*.gz")
        shutil.copytree(first, built, ignore=copies)
        before = self._scripts()
        self._change(self._find("editor"), lambda text: text + "\n;window.isSecondEditor=true;")
        self._change(self._find("main"), lambda text: "window.isSecondBuild=true;" + text)
        after = self._scripts()
        self.old, self.new = before - after, after - before
        self.editor, self.main = self._find("editor"), self._find("main")
        site.finish(built)

    def _scripts(self) -> set[str]:
        return {f"assets/{path.name}" for path in self.built.glob("assets/*.js")}

    def _find(self, name: str) -> str:
        return hashed.only(self.built, f"assets/{name}-*.js")

    def _change(self, script: str, change: Callable[[str], str]) -> None:
        """Change a script and its name, and where it is imported the name there."""
        path = self.built / script
        content = change(path.read_text(encoding="utf-8"))
        path.unlink()
        old, name = path.name, path.name.rpartition("-")[0]
        new = f"{name}-{hashed.short_hash(content.encode())}.js"
        (path.parent / new).write_text(content, encoding="utf-8")
        while importer := self._find_importer(old):
            self._change(importer, lambda text: text.replace(f"./{old}", f"./{new}"))

    def _find_importer(self, name: str) -> str | None:
        wanted = f'"./{name}"'
        for script in sorted(self._scripts()):
            if wanted in (self.built / script).read_text(encoding="utf-8"):
                return script
        return None

    def replace(self, built: Path) -> None:
        """Take the place of the build that is served."""
        built.rename(built.with_name("first"))
        self.built.rename(built)


ASK = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  await registration.update();
  const worker = registration.installing;
  if (!worker) return "nothing new";
  return new Promise((resolve) => {
    worker.addEventListener("statechange", () => {
      if (["activated", "redundant"].includes(worker.state)) resolve(worker.state);
    });
  });
}"""

STORED = """async () => {
  const [name] = await caches.keys();
  const keys = await (await caches.open(name)).keys();
  return keys.map(({ url }) => url.split("/some/project/")[1]);
}"""


def test_an_open_page_goes_on_with_its_own_version(
    folder: Path, tmp_path: Path, open_context: Open
) -> None:
    second = Build(folder, tmp_path / "second")
    with serving(folder, prefix=PREFIX) as server:
        context = open_context(server)
        page = context.new_page()
        page.clock.install()
        page.goto(address(server.url, "train"))
        wait_until_stored(page)

        second.replace(folder)
        server.requests.clear()
        context.new_cdp_session(page).send("Network.clearBrowserCache")
        notice = page.get_by_role("status", name="New version")
        expect(notice).to_be_empty()
        page.clock.fast_forward("01:00:00")  # after which the page asks
        expect(notice).to_contain_text("A new version of this page is ready.")
        changed = {path for path in fetched(server) if not WORKER.fullmatch(path)}
        assert changed == {"", *second.new}

        # A tab opened now has the new version, and the first one all of its own.
        tab = context.new_page()
        tab.goto(address(server.url, "train"))
        wait_until(tab, IS_SECOND)
        tab.close()
        page.get_by_role("link", name="Expression").click()
        expect(page.get_by_role("textbox", name="Expression")).to_have_attribute(
            "contenteditable", "true"
        )
        assert page.evaluate("[window.isSecondBuild, window.isSecondEditor]") == [None, None]

        button(page, "Reload").click()
        wait_until(page, IS_SECOND)
        wait_until(page, "() => window.isSecondEditor === true")
        expect(notice).to_be_empty()
        wait_until_stored(page)
        # Nothing is left of the first version, which no page needs any more.
        stored = set(page.evaluate(STORED))
        assert second.new <= stored
        assert second.old.isdisjoint(stored)


def test_half_a_new_version_is_none(folder: Path, tmp_path: Path, open_context: Open) -> None:
    second = Build(folder, tmp_path / "second")
    with serving(folder, prefix=PREFIX) as server:
        page = open_context(server).new_page()
        page.goto(address(server.url, "train"))
        wait_until_stored(page)

        second.replace(folder)
        server.requests.clear()
        spoiled = second.editor
        put_right = spoil(folder / spoiled)
        assert page.evaluate(ASK) == "redundant"
        put_right()
        server.broken.add(spoiled)
        assert page.evaluate(ASK) == "redundant"
        page.reload()
        button(page, "Train").wait_for()
        assert page.evaluate("window.isSecondBuild") is None
        expect(page.get_by_role("status", name="New version")).to_be_empty()

        server.broken.clear()
        assert page.evaluate(ASK) == "activated"
        # What had arrived was not fetched again.
        assert fetched(server)[second.main] == 1
        page.reload()
        wait_until(page, IS_SECOND)


def spoil(path: Path) -> Callable[[], None]:
    """Put something else in the place of a file and its copies; give a function that undoes it."""
    contents = {place: place.read_bytes() for place in path.parent.glob(f"{path.name}*")}
    for place in contents:
        place.unlink()
    path.write_text("window.isSpoiled=true;")

    def undo() -> None:
        for place, content in contents.items():
            place.write_bytes(content)

    return undo


# ---------------------------------------------------------------------------------- Other hosts


def test_a_plain_host_is_isolated_from_the_second_visit_on(built: Path, open_context: Open) -> None:
    with serving(built, prefix="/", isolated=False) as server:
        page = open_context(server).new_page()
        page.goto(address(server.url, "expression"))
        wait_until_stored(page)
        assert page.evaluate("crossOriginIsolated") is False

        page.reload()
        wait_for_python(page)
        assert page.evaluate("crossOriginIsolated") is True
        worker = "JSON.parse(document.getElementById('assets').textContent).worker"
        policy = f"fetch({worker}).then((r) => r.headers.get('Content-Security-Policy'))"
        assert page.evaluate(policy).startswith("default-src 'none'; script-src 'self'")

        # Somebody clears what is stored: the network gives the same, and all is stored again.
        stored = page.evaluate(HOW_MANY)
        devtools = page.context.new_cdp_session(page)
        what = {"origin": server.url.rstrip("/"), "storageTypes": "cache_storage"}
        devtools.send("Storage.clearDataForOrigin", what)
        # A file that is asked for just then may be stored already.
        assert page.evaluate(HOW_MANY) < stored / 2
        page.reload()
        run_an_expression(page, server.url)
        assert page.evaluate("crossOriginIsolated") is True
        wait_until_stored(page)


def test_without_room_to_store_anything_the_page_works(built: Path, open_context: Open) -> None:
    with serving(built, prefix=PREFIX) as server:
        page = open_context(server).new_page()
        parts = urlsplit(server.url)
        devtools = page.context.new_cdp_session(page)
        limit = {"origin": f"{parts.scheme}://{parts.netloc}", "quotaSize": 1}
        devtools.send("Storage.overrideQuotaForOrigin", limit)
        run_an_expression(page, server.url)
        said = re.compile("This page needs the network")
        expect(python_status(page)).to_have_attribute("title", said)

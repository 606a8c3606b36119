"""A Chromium for the tests: found, or fetched, or a sentence that says what to install."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from web.tools import apt
from web.tools.console import Failure, run, step

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

T = TypeVar("T")

_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
_USUAL_PLACES = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "$PROGRAMFILES/Google/Chrome/Application/chrome.exe",
    "$LOCALAPPDATA/Google/Chrome/Application/chrome.exe",
    "$LOCALAPPDATA/Chromium/Application/chrome.exe",
    "$PROGRAMFILES/Microsoft/Edge/Application/msedge.exe",
]

ADVICE = (
    "The browser tests need Chromium or Chrome, and none was found. Install one (on Debian and "
    "Ubuntu: sudo apt install chromium), or name it: CHROMIUM=/path/to/chrome python3 build.py test"
)

# No phoning home, and no GPU, which a test machine rarely has.
_ARGUMENTS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_SANDBOX = not (hasattr(os, "geteuid") and os.geteuid() == 0)  # which root can't have


@contextmanager
def launch(*arguments: str) -> Iterator["Browser"]:
    """Start a Chromium, with some arguments more, for as long as the `with` lasts."""
    from playwright.sync_api import sync_playwright

    how = options()  # before Playwright starts: it may ask another one
    how["args"] = [*how["args"], *arguments]
    with sync_playwright() as playwright:
        browser = _in_sandbox(partial(playwright.chromium.launch, **how))
        yield browser
        browser.close()


def options() -> dict[str, Any]:
    """Give Playwright what it needs to start a Chromium."""
    return {"executable_path": ensure(), "args": _ARGUMENTS, "chromium_sandbox": _SANDBOX}


@contextmanager
def launch_with_profile(folder: Path) -> Iterator["BrowserContext"]:
    """Start a Chromium that keeps what it fetched in a folder, as a person's does.

    The contexts of `launch` keep their caches in memory, where large files find no place.
    """
    from playwright.sync_api import sync_playwright

    how = options()
    with sync_playwright() as playwright:
        start = partial(playwright.chromium.launch_persistent_context, folder)
        context = _in_sandbox(partial(start, **how))
        yield context
        context.close()


def _in_sandbox(start: Callable[..., T]) -> T:
    """Start in the browser's own sandbox, or without where the system refuses it.

    Ubuntu lets a Chromium that did not come with it have none. The pages are our own.
    """
    from playwright.sync_api import Error

    try:
        return start(chromium_sandbox=_SANDBOX)
    except Error as error:
        if not _SANDBOX or "sandbox" not in str(error).lower():
            raise
        return start(chromium_sandbox=False)


def find() -> Path | None:
    """Find a Chromium that starts."""
    named = os.environ.get("CHROMIUM")
    if named:
        if not _starts(named):
            raise Failure(f"CHROMIUM={named} is not a browser that starts.")
        return Path(named)
    return next((Path(one) for one in _candidates() if Path(one).exists() and _starts(one)), None)


def _candidates() -> Iterator[str]:
    """Give places to look at, the costly ones last."""
    yield from (found for name in _NAMES if (found := shutil.which(name)))
    yield from map(os.path.expandvars, _USUAL_PLACES)
    yield from _playwrights_own()


@cache
def ensure() -> Path:
    """Find a Chromium, or fetch one."""
    found = find()
    if found:
        return found
    ways = {"Chromium, by Playwright": _download}
    if apt.can_install():
        ways["Chromium, by apt"] = lambda: apt.install("chromium")
    reason = ""
    for name, fetch in ways.items():
        try:
            with step(name):
                fetch()
        except Failure as failure:
            reason = str(failure)[-500:]
            continue
        found = find()  # a download may lack libraries that apt brings along
        if found:
            return found
    raise Failure(f"{reason}\n\n{ADVICE}".strip())


def _download() -> None:
    # Without a way to the download this fails at once; it may take long only if it works.
    patience = {"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "5000"}
    run([sys.executable, "-m", "playwright", "install", "chromium"], env=patience, timeout=300)


def _starts(program: str) -> bool:
    """Tell a browser from a placeholder, such as Ubuntu's script that asks for a snap."""
    if os.name == "nt":  # where asking for the version opens a window
        return True
    try:
        done = subprocess.run([program, "--version"], capture_output=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and bool(done.stdout.strip())


def _playwrights_own() -> Iterator[str]:
    """Ask Playwright where its download would be."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield str(playwright.chromium.executable_path)

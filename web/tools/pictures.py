"""The README's pictures of the page, light and dark: each view after a few clicks."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page

from web.tools import blanks, chromium, site
from web.tools.paths import DIST, WEB
from web.tools.server import serving

WIDE = {"width": 1280, "height": 920}
PHONE = {"width": 390, "height": 844}
SCHEMES = ("light", "dark")
PATIENCE_MS = 120_000
FADES_MS = 500


def take(folder: Path) -> None:
    """Build the site, open it, and write the pictures.

    Args:
        folder: Where they go: `page-<name>.png`, and `page-<name>-dark.png`.

    """
    site.build()
    with serving(DIST) as server, chromium.launch() as browser:
        for name, prepare in SCENES.items():
            _take(browser, server.url, folder / f"page-{name}.png", prepare)


def _take(browser: Browser, url: str, path: Path, prepare: Callable[[Page, str], None]) -> None:
    size = PHONE if path.stem.endswith("phone") else WIDE
    # A browser of its own, so that nothing is kept of the picture before.
    page = browser.new_page(viewport=size, color_scheme="light", reduced_motion="reduce")
    page.set_default_timeout(PATIENCE_MS)
    prepare(page, url)
    _says(page, "Python", "Python ready")
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(FADES_MS)
        suffix = "" if scheme == SCHEMES[0] else f"-{scheme}"
        page.screenshot(path=path.with_stem(f"{path.stem}{suffix}"))
    page.close()


def _start(page: Page, url: str) -> None:
    page.goto(f"{url}#/start")
    page.get_by_role("slider").first.wait_for()


def _guide(page: Page, url: str) -> None:
    page.goto(f"{url}#/guides/derivatives?part=two-sides")
    page.get_by_role("slider").first.wait_for()


def _train(page: Page, url: str) -> None:
    page.goto(f"{url}#/train?dataset=Xor&epochs=300&seed=1")
    _button(page, "Train").click()
    _says(page, "Training", "Epoch 300 of 300")


def _train_from_the_top(page: Page, url: str) -> None:
    _train(page, url)
    page.mouse.wheel(0, -2_000)


def _expression(page: Page, url: str) -> None:
    page.goto(f"{url}#/expression")
    _button(page, "Run").click()
    page.get_by_role("cell", name="22").first.wait_for()
    for _ in range(3):
        _button(page, "Next").click()


def _functions(page: Page, url: str) -> None:
    page.goto(f"{url}#/functions?function=cube&epsilon=1")
    page.get_by_text("That is truncation").wait_for()


def _assignment(page: Page, url: str) -> None:
    """A mistake that many make, and what the page says of it."""
    page.goto(f"{url}#/assignment/1.1")
    page.get_by_role("textbox").first.click()
    page.locator(".cm-content").wait_for()
    solved = blanks.fill((WEB / "content/course/minitorch/autodiff.py").read_text(), {"1.1"})
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(solved.replace("vals[arg] - epsilon / 2", "vals[arg]"))
    _button(page, "Run tests").click()
    page.get_by_role("button", name="Stop", exact=True, disabled=True).wait_for()
    page.get_by_text("central_difference(f: Any").scroll_into_view_if_needed()
    page.get_by_role("heading", name="Results").scroll_into_view_if_needed()


SCENES = {
    "start": _start,
    "guide": _guide,
    "train": _train_from_the_top,
    "train-phone": _train,
    "expression": _expression,
    "expression-phone": _expression,
    "functions": _functions,
    "assignment": _assignment,
}


def _button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def _says(page: Page, status: str, text: str) -> None:
    page.get_by_role("status", name=status).filter(has_text=text).wait_for()

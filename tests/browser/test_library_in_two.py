"""The part of the standard library that comes when Python is ready: waited for, damaged, gone."""

import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PREFIX, Problems, opened_context
from tests.browser.views import (
    address,
    button,
    python_status,
    the_result,
    type_code,
    wait_for_python,
)
from web.tools import hashed
from web.tools.server import SiteServer, serving

REST = "assets/stdlib-rest-*.bin"
IMPORTS = "import argparse\nx * (argparse.SUPPRESS == '==SUPPRESS==')"


@contextmanager
def held_back(server: SiteServer, path: str) -> Iterator[threading.Event]:
    """Send half of a file, and the other half when the event is set."""
    usual: Any = server.RequestHandlerClass
    goes_on = threading.Event()

    class Held(usual):  # type: ignore[misc]
        def copyfile(self, source: Any, outputfile: Any) -> None:
            if self._plain_path() != path:
                return super().copyfile(source, outputfile)
            content = source.read()
            outputfile.write(content[: len(content) // 2])
            goes_on.wait(60)
            outputfile.write(content[len(content) // 2 :])
            return None

    server.RequestHandlerClass = Held
    yield goes_on
    goes_on.set()
    server.RequestHandlerClass = usual


def run(page: Page, code: str) -> None:
    type_code(page, code)
    button(page, "Run").click()


def test_an_import_of_what_has_not_arrived_waits_and_says_so(browser: Browser, built: Path) -> None:
    rest = hashed.only(built, REST)
    problems = Problems()
    with (
        serving(built, prefix=PREFIX) as server,
        held_back(server, rest) as goes_on,
        opened_context(browser, server.url, problems) as context,
    ):
        page = context.new_page()
        page.goto(address(server.url, "expression"))
        wait_for_python(page)
        run(page, "x * y")  # what needs nothing of it does not wait
        expect(the_result(page)).to_have_text("The result is 6.0.")
        run(page, IMPORTS)
        more = re.compile("Fetching more of Python’s standard library")
        expect(python_status(page)).to_have_text(more)
        goes_on.set()
        expect(the_result(page)).to_have_text("The result is 2.0.")
        wait_for_python(page)
        run(page, "import sqlite3, xml.dom.minidom\nx + y")
        expect(the_result(page)).to_have_text("The result is 5.0.")
    assert problems.left() == []


def test_a_version_that_has_gone_in_between_is_an_error_in_words(
    browser: Browser, built: Path, tmp_path: Path
) -> None:
    """The host has another version, or breaks off, when Python is ready: it is tried again."""
    folder = shutil.copytree(built, tmp_path / "dist")
    rest = folder / hashed.only(folder, REST)
    problems = Problems()
    problems.allow("Failed to load resource|console error")
    away = rest.rename(tmp_path / rest.name)
    with (
        serving(folder, prefix=PREFIX) as server,
        opened_context(browser, server.url, problems) as context,
    ):
        page = context.new_page()
        page.goto(address(server.url, "expression"))
        wait_for_python(page)
        run(page, IMPORTS)
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("in the part of Python's standard library")
        expect(alert).to_contain_text("Is there a network?")
        # Half of it is none of it, either.
        away.rename(rest)
        server.broken.add(rest.relative_to(folder).as_posix())
        button(page, "Run").click()
        expect(alert).to_contain_text("in the part of Python's standard library")
        server.broken.clear()
        button(page, "Run").click()
        expect(the_result(page)).to_have_text("The result is 2.0.")
        expect(alert).to_have_count(0)
    assert problems.left() == []

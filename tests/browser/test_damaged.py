"""What is damaged is fetched anew, and what does not load is said.

Downloads that stop are tested in tests/page/fetching.test.ts, where fifteen seconds take no time.
"""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PREFIX, Problems, keep_python_compiled, opened_context
from tests.browser.views import (
    LOADING_MS,
    address,
    button,
    python_again,
    python_status,
    wait_for_python,
)
from web.tools import compress, hashed
from web.tools.server import serving

# What Python starts from.
PARTS = [
    "assets/stdlib-*.wasm",
    "assets/python-*.wasm",
    "packages/lock-*.json",
    "pyodide-*/pyodide.asm.wasm",
    "pyodide-*/pyodide.asm.mjs",
    "assets/worker-*.js",
]

# Of each kind one that is kept: bytes, machine code, a module, a script.
KINDS = [PARTS[0], *PARTS[3:]]

# Puts something else in the place of one file that is kept.
SPOIL = """async (path) => {
  const [name] = await caches.keys();
  const cache = await caches.open(name);
  const key = (await cache.keys()).find(({ url }) => url.includes(path));
  const kept = await cache.match(key);
  const bytes = new Uint8Array(await kept.arrayBuffer());
  // In the middle of a text, or of machine code: nothing ends early or is of another length.
  bytes[bytes.length >> 1] ^= 1;
  await cache.put(key, new Response(bytes, { headers: kept.headers }));
}"""


def flip(path: Path) -> None:
    """Change one bit of a file, and do without its compressed copies."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    for suffix in compress.SUFFIXES:
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    path.write_bytes(content)


def failed(page: Page) -> str:
    """Wait until the page says that Python did not start, and give what it says."""
    alert = page.get_by_role("alert").first
    expect(alert).to_be_visible(timeout=LOADING_MS)
    said = alert.inner_text()
    assert "[object" not in said
    assert "Traceback" not in said
    return said


def test_a_damaged_file_of_a_host_is_not_taken(
    built: Path, tmp_path: Path, open_at: Callable[[str], Page], problems: Problems
) -> None:
    """On a first visit, without a service worker: each part in turn, put right in the end."""
    folder = shutil.copytree(built, tmp_path / "dist")
    problems.allow("Failed to load|integrity|script error|console error")
    for pattern in PARTS:
        path = folder / hashed.only(folder, pattern)
        right = path.read_bytes()
        flip(path)
        with serving(folder, prefix=PREFIX) as server:
            page = open_at(server.url)
            page.goto(address(server.url, "expression"))
            said = failed(page)
            assert re.search("damaged|did not load", said)
            assert "Uncaught" not in said
            path.write_bytes(right)
            if pattern == PARTS[-1]:
                python_again(page)


def test_what_is_kept_and_damaged_is_fetched_anew(browser: Browser, built: Path) -> None:
    problems = Problems()
    problems.allow("integrity|script error|console error")
    with (
        serving(built, prefix=PREFIX) as server,
        opened_context(browser, server.url, problems, service_workers="allow") as context,
    ):
        keep_python_compiled(context, server.url)
        page = context.new_page()
        page.goto(address(server.url, "expression"))
        stored = re.compile("This page works offline")
        expect(python_status(page)).to_have_attribute("title", stored, timeout=LOADING_MS)
        for pattern in KINDS:
            page.evaluate(SPOIL, hashed.only(built, pattern))
            page.reload()
            wait_for_python(page)
            expect(page.get_by_role("alert")).to_have_count(0)
        # Where the page's own program is damaged, there is nobody but its text to say so.
        page.evaluate(SPOIL, hashed.only(built, "assets/main-*.js"))
        page.reload()
        expect(page.get_by_role("alert")).to_contain_text("has not loaded")
        button(page, "Load again").click()
        wait_for_python(page)


# ------------------------------------------------------------------- where there is no program


def test_a_host_that_answers_everything_with_the_page(browser: Browser, site: str) -> None:
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    body = context.request.get(site).text()
    context.route("**/*", lambda route: route.fulfill(content_type="text/html", body=body))
    page.goto(site)
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("The program of this page has not loaded")
    expect(alert).to_contain_text("something is wrong with the host")
    expect(alert).not_to_contain_text("opened it as a file")
    context.unroute("**/*")
    button(page, "Load again").click()
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    context.close()


def test_the_page_opened_as_a_file(browser: Browser, built: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto((built / "index.html").as_uri())
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("You have opened it as a file")
    expect(alert).to_contain_text("python3 -m http.server")
    expect(alert.get_by_role("button")).to_have_count(0)
    context.close()

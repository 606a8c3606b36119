"""The store in a real browser: reloads, two tabs, and every way in which a database can fail.

Only the store's own module is loaded, in a page without the site's program. What needs no
browser, and how the store does without a database, is in tests/page/collection.test.ts.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.views import without_python

OpenPage = Callable[..., Page]

FILES = """
const store = await (window.storeModule ? import(storeModule) : minitorch.store());
const files = store.openCollection("files", { what: "your code" });
const values = (entry) => entry && [entry, ...entry.others].map(({ value }) => value);
"""


@pytest.fixture
def open_page(context: BrowserContext, site: str, built: Path) -> OpenPage:
    """`open_page(script)` opens a page with the store, after a script that spoils something."""
    (module,) = (built / "assets").glob("collection-*.js")
    setup = f"window.storeModule = '{site}assets/{module.name}';"
    # With an icon of its own, or the browser would look for one.
    body = '<!doctype html><link rel="icon" href="data:,">'
    context.route(f"{site}empty", lambda route: route.fulfill(body=body, content_type="text/html"))

    def opened(script: str = "") -> Page:
        page = context.new_page()
        page.add_init_script(setup + script)
        page.goto(f"{site}empty")
        return page

    return opened


def run(page: Page, code: str, argument: object = None) -> Any:
    """Run some JavaScript that knows `files`, and give what it returns."""
    return page.evaluate(f"async argument => {{ {FILES} {code} }}", argument)


def put(page: Page, value: str, based_on: str = "null") -> list[str]:
    """Put a value as a.py, based on what an expression gives; list all that is there then."""
    return run(page, f"return values(await files.put('a.py', argument, {based_on}));", value)


def get(page: Page, key: str = "a.py") -> list[str] | None:
    """List the values of a key."""
    return run(page, "return values(await files.get(argument));", key)


def written_ahead(page: Page) -> list[str]:
    """List what waits for the database in the browser's other storage."""
    return page.evaluate("() => Object.keys(localStorage).filter((key) => key.includes('ahead'))")


def test_what_was_put_is_there_after_a_reload(open_page: OpenPage) -> None:
    page = open_page()
    assert get(page) is None
    assert put(page, "x = 1") == ["x = 1"]
    assert put(page, "x = 2") == ["x = 2"]
    run(page, "await files.put('b.py', new Float64Array([1, NaN]));")
    assert written_ahead(page) == []
    page.reload()
    assert get(page) == ["x = 2"]
    keys = "return (await files.entries()).map(({ key, value }) => [key, value.length]);"
    assert run(page, keys) == [["a.py", 5], ["b.py", 2]]
    run(page, "await files.delete('a.py', await files.get('a.py'));")
    page.reload()
    assert run(page, keys) == [["b.py", 2]]


def test_only_so_many_are_kept(open_page: OpenPage) -> None:
    page = open_page()
    kept = """
    const results = store.openCollection("results", { most: 10 });
    for (let k = 0; k < 13; k++) {
      await results.put(`result ${k}`, k);
      await new Promise((resume) => setTimeout(resume, 2));
    }
    await files.put("a.py", "another collection", null);
    return (await results.entries()).map(({ value }) => value).sort((a, b) => a - b);
    """
    found = run(page, kept)
    assert found == list(range(found[0], 13))
    assert 8 <= len(found) <= 10
    assert get(page) == ["another collection"]


def test_a_tab_that_is_closed_before_the_database_answers(open_page: OpenPage) -> None:
    page = open_page("IDBFactory.prototype.open = () => ({});")
    run(page, "void files.put('a.py', 'typed', null); void files.put('a.py', 'typed on', null);")
    page.close()
    other = open_page()
    assert get(other) == ["typed on"]
    other.wait_for_timeout(100)
    assert written_ahead(other) == []
    other.reload()
    assert get(other) == ["typed on"]


def test_two_tabs_keep_both_their_texts(open_page: OpenPage) -> None:
    one, other = open_page(), open_page()
    put(one, "begun")
    for page in (one, other):
        run(page, "window.seen = await files.get('a.py'); window.heard = [];")
        run(page, "files.listen((key, isOwn) => window.heard.push([key, isOwn]));")
    assert put(one, "mine", "seen") == ["mine"]
    assert put(other, "theirs", "seen") == ["theirs", "mine"]
    # Who types on replaces their own, and nothing else.
    assert put(one, "mine, longer", "seen") == ["mine, longer", "theirs"]
    assert get(other) == ["mine, longer", "theirs"]
    assert one.evaluate("heard") == [["a.py", True], ["a.py", False], ["a.py", True]]
    other.reload()
    run(other, "window.seen = await files.get('a.py');")
    assert put(other, "both", "[seen, ...seen.others]") == ["both"]
    assert get(one) == ["both"]
    # What was not seen is not deleted either.
    run(one, "await files.delete('a.py', seen);")
    assert get(other) == ["both"]


STORAGE_REFUSED = """
for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, {
    get() { throw new DOMException("Access is denied for this document.", "SecurityError"); },
  });
}
"""
NO_DATABASE = {
    "missing": "delete Window.prototype.indexedDB; delete window.indexedDB;",
    "forbidden to look at": """Object.defineProperty(window, "indexedDB", {
      get() { throw new DOMException("The operation is insecure.", "SecurityError"); },
    });""",
    "refused at once": """IDBFactory.prototype.open = () => {
      throw new DOMException("access to the Indexed Database API is denied", "SecurityError");
    };""",
    "refused when asked": """IDBFactory.prototype.open = () => {
      const request = { error: new DOMException("A mutation operation", "InvalidStateError") };
      setTimeout(() => request.onerror(new Event("error")));
      return request;
    };""",
    "of a newer version": """const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (name) {
      open.call(this, name, 2);
      return open.call(this, name, 1);
    };""",
    "without an answer": "IDBFactory.prototype.open = () => ({});",
}


@pytest.mark.parametrize("script", NO_DATABASE.values(), ids=NO_DATABASE)
def test_a_page_without_a_database_works_on(open_page: OpenPage, script: str) -> None:
    page = open_page(script + STORAGE_REFUSED + "window.BroadcastChannel = undefined;")
    # The patience of five seconds passes at once.
    hasty = "const { setTimeout } = window; window.setTimeout = (f, ms) => setTimeout(f, ms / 50);"
    page.evaluate(hasty)
    assert get(page) is None
    assert put(page, "x = 1") == ["x = 1"]
    assert put(page, "x = 2", "await files.get('a.py')") == ["x = 2"]
    run(page, "await files.put('b.py', 'gone'); await files.delete('b.py');")
    assert run(page, "return (await files.entries()).map(({ key }) => key);") == ["a.py"]


def test_a_database_that_fails_later_and_recovers(open_page: OpenPage) -> None:
    page = open_page()
    put(page, "x = 1")
    page.evaluate("""() => {
      window.works = IDBDatabase.prototype.transaction;
      IDBDatabase.prototype.transaction = () => { throw new DOMException("", "UnknownError"); };
    }""")
    assert get(page) == ["x = 1"]
    assert put(page, "x = 2", "await files.get('a.py')") == ["x = 2"]
    run(page, "await files.put('b.py', 'a result');")
    assert get(page) == ["x = 2"]
    assert len(written_ahead(page)) == 1
    page.evaluate("() => { IDBDatabase.prototype.transaction = works; }")
    run(page, "await files.put('c.py', 'another');")
    assert written_ahead(page) == []
    page.reload()
    assert (get(page), get(page, "b.py")) == (["x = 2"], ["a result"])


def test_no_room_for_a_large_value_leaves_the_small_ones(
    open_page: OpenPage, context: BrowserContext, site: str
) -> None:
    page = open_page()
    origin = {"origin": "/".join(site.split("/")[:3])}
    protocol = context.new_cdp_session(page)
    protocol.send("Storage.overrideQuotaForOrigin", origin | {"quotaSize": 300_000})
    large = "await files.put('large', 'x'.repeat(2_000_000));"
    run(page, large)
    assert put(page, "x = 1") == ["x = 1"]
    assert run(page, "return (await files.get('large')).value.length;") == 2_000_000
    page.reload()
    assert (get(page), get(page, "large")) == (["x = 1"], None)
    run(page, large)
    protocol.send("Storage.overrideQuotaForOrigin", origin)
    put(page, "x = 2")
    page.reload()
    assert run(page, "return (await files.get('large')).value.length;") == 2_000_000


def test_the_database_is_deleted_under_an_open_page(open_page: OpenPage) -> None:
    page, other = open_page(), open_page()
    put(page, "x = 1")
    delete = """new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase("minitorch");
      request.onsuccess = () => resolve("deleted");
      request.onblocked = () => reject(new Error("the other page holds it"));
    })"""
    assert other.evaluate(delete) == "deleted"
    assert put(page, "x = 2") == ["x = 2"]
    assert get(other) == ["x = 2"]


def test_a_newer_page_takes_the_database_over(open_page: OpenPage) -> None:
    page, other = open_page(), open_page()
    put(page, "x = 1")
    newer = """new Promise((resolve, reject) => {
      const request = indexedDB.open("minitorch", 2);
      request.onsuccess = () => resolve("upgraded");
      request.onblocked = () => reject(new Error("the other page holds it"));
    })"""
    assert other.evaluate(newer) == "upgraded"
    assert put(page, "x = 2") == ["x = 2"]
    assert get(page) == ["x = 2"]
    assert len(written_ahead(page)) == 1  # for the reload that brings the newer program


def test_the_page_says_what_is_not_kept(page: Page, site: str) -> None:
    without_python(page)
    page.add_init_script(NO_DATABASE["refused at once"] + STORAGE_REFUSED)
    page.goto(f"{site}#/train")
    notice = page.get_by_role("status", name="Not kept", exact=True)
    run(page, "await files.put('a.py', 'x = 1', null);")
    expect(notice).to_contain_text("This browser can’t keep your code: a reload would lose it.")
    run(page, "await files.delete('a.py');")
    expect(notice).to_have_count(0)

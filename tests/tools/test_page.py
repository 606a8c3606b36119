"""index.html, made of its template and the addresses of a build; and what it may not load."""

import json
import re
from pathlib import Path

import pytest

from web.tools import hashed, origins, page, runtime
from web.tools.console import Failure

EMPTY = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="  # as of no bytes at all
MARKS = "<!-- build:policy --> <!-- build:styles --> <!-- build:assets --> <!-- build:script -->"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in [
        "assets/main-AAAAAAAA.js",
        "assets/main-AAAAAAAA.js.map",
        "assets/main-BBBBBBBB.css",
        "assets/main-BBBBBBBB.css.map",
        "assets/worker-CCCCCCCC.js",
        "assets/worker-CCCCCCCC.js.map",
        "assets/stdlib-DDDDDDDD.wasm",
        "assets/stdlib-rest-MMMMMMMM.bin",
        "assets/course-LLLLLLLL.json",
        "assets/guides-MMMMMMMM.json",
        "assets/words-NNNNNNNN.json",
        "assets/python-KKKKKKKK.wasm",
        "assets/bokeh-EEEEEEEE.min.js",
        "assets/figures/loss-curve-FFFFFFFF.json",
        "pyodide-GGGGGGGG/pyodide.mjs",
        "pyodide-GGGGGGGG/pyodide.asm.mjs",
        "pyodide-GGGGGGGG/pyodide.asm.wasm",
        "packages/lock-HHHHHHHH.json",
        "packages/JJJJJJJJ/pytest-1-py3-none-any.whl",
    ]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    return tmp_path


def test_the_page_lists_its_assets_by_relative_addresses(site: Path) -> None:
    (site / "pyodide-GGGGGGGG/pyodide.asm.wasm").write_text("x" * 100)
    (site / "assets/stdlib-DDDDDDDD.wasm").write_text("x" * 20)
    (site / "packages/JJJJJJJJ/pytest-1-py3-none-any.whl").write_text("not fetched at the start")
    html = page.fill(MARKS, site)
    block = re.search(r'<script type="application/json" id="assets">(.*?)</script>', html, re.S)
    assert block
    listed = json.loads(block[1])
    hashes = listed.pop("hashes")
    assert listed == {
        "worker": "assets/worker-CCCCCCCC.js",
        "pyodide": "pyodide-GGGGGGGG/",
        "packages": "packages/",
        "lock": "packages/lock-HHHHHHHH.json",
        "stdlib": "assets/stdlib-DDDDDDDD.wasm",
        "rest": "assets/stdlib-rest-MMMMMMMM.bin",
        "course": "assets/course-LLLLLLLL.json",
        "guides": "assets/guides-MMMMMMMM.json",
        "words": "assets/words-NNNNNNNN.json",
        "python": "assets/python-KKKKKKKK.wasm",
        "bytes": 120,
        "bokeh": "assets/bokeh-EEEEEEEE.min.js",
        "figures": {"loss-curve": "assets/figures/loss-curve-FFFFFFFF.json"},
    }
    # Whatever the page or its worker fetches has a hash, and the list is all relative.
    fetched = {"worker", "lock", "stdlib", "rest", "course", "words", "python", "bokeh"}
    files = {listed[name] for name in fetched} | set(listed["figures"].values())
    scripts = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"]
    assert set(hashes) == files | {listed["pyodide"] + name for name in scripts}
    assert hashes["assets/python-KKKKKKKK.wasm"] == EMPTY
    assert '<link rel="stylesheet" href="assets/main-BBBBBBBB.css">' in html
    tag = f'<script type="module" src="assets/main-AAAAAAAA.js" integrity="{EMPTY}"></script>'
    assert tag in html


def test_scripts_in_the_page_are_allowed_by_their_hashes(site: Path) -> None:
    html = page.fill(f"{MARKS}<script>let x = 1;</script>", site)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    inline = re.findall(r"<script(?: type=\"importmap\")?>(.*?)</script>", html, re.S)
    assert policy
    assert len(inline) == 2
    for script in inline:
        assert f"'{hashed.integrity(script.encode())}'" in policy[1]
    # Scripts that are imported later have their hashes there; the others have them in their tags.
    assert json.loads(inline[0])["integrity"]["./assets/main-AAAAAAAA.js"] == EMPTY


def test_what_the_first_page_needs_is_fetched_together(site: Path) -> None:
    for name, text in {
        "main-AAAAAAAA": 'import"./chunk-1.js";[import("./view-1.js"),import("./view-2.js")]',
        "chunk-1": 'import{a}from"./chunk-2.js";export{a}',
        "chunk-2": "export{a}",
        "chunk-3": "export{a}",
        "view-1": 'import{a as b}from"./chunk-2.js";import"./chunk-3.js";import("./editor.js")',
        "view-2": 'import{a}from"./chunk-4.js"',
    }.items():
        (site / "assets" / f"{name}.js").write_text(text)
    html = page.fill(MARKS, site)
    preloaded = re.findall(r'<link rel="modulepreload" href="assets/([^"]*)" integrity=', html)
    assert preloaded == ["chunk-1.js", "chunk-2.js", "chunk-3.js", "view-1.js"]


def test_a_second_file_for_one_name_is_refused(site: Path) -> None:
    (site / "assets/worker-ZZZZZZZZ.js").write_text("")
    with pytest.raises(Failure, match="worker"):
        page.fill(MARKS, site)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("nothing", "build:a --> 0 times"),
        ("<!-- build:a --><!-- build:a -->", "2 times"),
        ("<!-- build:a --><!-- build:unknown -->", "unknown"),
    ],
)
def test_marks_that_do_not_fit_are_named(template: str, said: str) -> None:
    with pytest.raises(Failure, match=said):
        page.replace_marks(template, {"a": "x"})


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".html", '<script async src="https://elsewhere.example/x.js">'),
        (".html", "<img alt='' src=//elsewhere.example/x.png>"),
        (".html", '<link rel="preconnect" href="https://elsewhere.example">'),
        (".css", "a{background:url(https://elsewhere.example/x.png)}"),
        (".css", '@import "//elsewhere.example/x.css"'),
        (".js", 'await fetch("https://elsewhere.example")'),
        (".js", 'import x from"https://elsewhere.example/x.js"'),
        (".js", "import(`https://elsewhere.example/x.js`)"),
        (".js", 'new WebSocket("wss://elsewhere.example")'),
        (".mjs", "a=b??`https://elsewhere.example/v${c}/`"),
    ],
)
def test_loads_from_elsewhere_are_found(suffix: str, text: str) -> None:
    assert origins.find_load(suffix, f"before\n{text}\nafter")


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".html", '<a href="https://elsewhere.example">a link</a><script src="assets/x.js">'),
        (".html", '<svg xmlns="http://www.w3.org/2000/svg"><link href="data:,">'),
        (".css", "a{background:url(icon.svg)}"),
        (".mjs", "new URL(`https://${host}`) // https://elsewhere.example"),
        (".js", 'const svg="http://www.w3.org/2000/svg";import x from"./x.js" // a comment'),
    ],
)
def test_links_and_namespaces_are_no_loads(suffix: str, text: str) -> None:
    assert origins.find_load(suffix, text) is None


def test_pyodide_knows_of_no_other_place() -> None:
    script = b"x=a??`%b`" % runtime.ELSEWHERE
    assert runtime.keep_here(script) == b"x=a??`./`"
    with pytest.raises(Failure, match="0 times"):
        runtime.keep_here(b"x=a??`https://moved.example/`")

"""The list that the service worker keeps the site by, and what makes the page an app."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from web.tools import app, headers, offline
from web.tools.console import Failure
from web.tools.paths import WEB

PAGE = '<meta name="version" content="" /><p>Hello</p>'
CORE = {
    "index.html": PAGE,
    "icon.svg": "<svg/>",
    "assets/main-AAAAAAAA.js": "main",
    "packages/lock-BBBBBBBB.json": "{}",
}
LATER = {"packages/DDDDDDDD/pytest-1-py3-none-any.whl": "pytest", "THIRD-PARTY.txt": "terms"}
NEVER = {
    "assets/main-AAAAAAAA.js.map": "a map",
    "assets/main-AAAAAAAA.js.br": "a copy",
    "assets/main-AAAAAAAA.js.gz": "a copy",
    "assets/sw-EEEEEEEE.js": "the program",
    "sw.js": "an older list",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, text in (CORE | LATER | NEVER).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def listed(site: Path) -> dict[str, Any]:
    """Stamp the page, write `sw.js`, and read what it says."""
    (site / "index.html").write_text(offline.stamp(PAGE, site))
    offline.write_worker(site)
    text = (site / "sw.js").read_text()
    match = re.fullmatch(r'const SITE = (.*);\nimportScripts\("([^"]*)"\);\n', text, re.S)
    assert match
    assert match[2] == "assets/sw-EEEEEEEE.js"
    return json.loads(match[1])


def test_the_list_has_what_a_visit_needs_and_what_may_come_later(site: Path) -> None:
    about = listed(site)
    assert set(about["core"]) == set(CORE) == offline.core_files(site)
    assert set(about["later"]) == set(LATER)
    known = "sha256-KwEhTTLDgtvHO/a0k77beSYySvJ7rT7oiPZndLmxFMg="  # of "pytest"
    assert about["core"]["assets/main-AAAAAAAA.js"].startswith("sha256-")
    assert about["later"]["packages/DDDDDDDD/pytest-1-py3-none-any.whl"] == known
    assert f'content="{about["version"]}"' in (site / "index.html").read_text()


@pytest.mark.parametrize("changed", ["index.html", "icon.svg", *LATER])
def test_every_change_is_a_new_version(site: Path, changed: str) -> None:
    before = listed(site)
    assert listed(site) == before
    if changed == "index.html":
        after = offline.stamp(PAGE + "!", site)
        assert before["version"] not in after
    else:
        (site / changed).write_text("changed")
        assert listed(site)["version"] != before["version"]


def test_a_page_without_a_place_for_its_version_is_refused(site: Path) -> None:
    with pytest.raises(Failure, match="version"):
        offline.stamp("<p>Hello</p>", site)


def test_scripts_get_a_policy_and_the_page_has_a_wider_one() -> None:
    policy = headers.of("assets/worker-AAAAAAAA.js")["Content-Security-Policy"]
    assert policy == (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
    )
    assert "Content-Security-Policy" not in headers.of("index.html")
    assert "default-src 'none'; script-src 'self' 'wasm-unsafe-eval';" in headers.policy_tag()
    assert "manifest-src 'self'" in headers.policy_tag()


def test_the_manifest_names_what_is_there_in_the_page_s_colours() -> None:
    part = app.build()
    manifest = json.loads((part / "manifest.webmanifest").read_text())
    assert (manifest["start_url"], manifest["scope"]) == ("./", "./")
    page = (WEB / "index.html").read_text()
    assert f'content="{manifest["theme_color"]}"' in page
    for icon in manifest["icons"]:
        if icon["type"] == "image/png":
            width, height = Image.open(part / icon["src"]).size
            assert icon["sizes"] == f"{width}x{height}"
    # The corners of the one are transparent, those of the other its colour.
    assert Image.open(part / "icon-512.png").convert("RGBA").getpixel((0, 0))[3] == 0
    maskable = Image.open(part / "icon-maskable-512.png").convert("RGBA")
    assert maskable.getpixel((0, 0)) == maskable.getpixel((256, 500)) == (0x43, 0x30, 0xA0, 0xFF)

"""The server behind `build.py serve` and the browser tests."""

from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from web.tools.console import Failure
from web.tools.server import SiteServer, serving


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    for name in ["index.html", "pyodide-ABCDEF23/pyodide.asm.wasm", "packages/x.json", "a.mjs"]:
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (tmp_path / "secret.txt").write_text("secret")
    return site


def get(server: SiteServer, path: str) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request("GET", path)
    return connection.getresponse()


def test_the_site_is_under_its_prefix_and_nothing_else_is(folder: Path) -> None:
    with serving(folder, prefix="/some/project/") as server:
        assert server.url.endswith("/some/project/")
        page = get(server, "/some/project/?x=1")
        assert (page.status, page.read()) == (200, b"index.html")
        for outside in ["/", "/index.html", "/other/index.html", "/some/project/packages/"]:
            assert get(server, outside).status == 404, outside


@pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.txt", "/p/../../secret.txt"])
def test_nothing_outside_of_the_folder_is_served(folder: Path, path: str) -> None:
    with serving(folder) as server:
        assert get(server, path).status == 404


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html"),
        ("/a.mjs", "text/javascript"),
        ("/packages/x.json", "application/json"),
        ("/pyodide-ABCDEF23/pyodide.asm.wasm", "application/wasm"),
    ],
)
def test_types_are_those_that_browsers_insist_on(folder: Path, path: str, kind: str) -> None:
    with serving(folder) as server:
        assert (get(server, path).getheader("Content-Type") or "").startswith(kind)


def test_only_hashed_files_are_kept_for_ever(folder: Path) -> None:
    with serving(folder, prefix="/ABCDEF23/") as server:
        hashed = get(server, "/ABCDEF23/pyodide-ABCDEF23/pyodide.asm.wasm")
        assert "immutable" in (hashed.getheader("Cache-Control") or "")
        for path in ["/ABCDEF23/", "/ABCDEF23/packages/x.json", "/ABCDEF23/a.mjs"]:
            assert get(server, path).getheader("Cache-Control") == "no-cache", path


def test_that_a_file_is_missing_is_not_kept(folder: Path) -> None:
    with serving(folder) as server:
        missing = get(server, "/pyodide-ABCDEF23/missing.js")
        assert (missing.status, missing.getheader("Cache-Control")) == (404, "no-cache")


@pytest.mark.parametrize(("isolated", "policy"), [(True, "require-corp"), (False, None)])
def test_isolation_is_an_option(folder: Path, isolated: bool, policy: str | None) -> None:
    with serving(folder, isolated=isolated) as server:
        assert get(server, "/").getheader("Cross-Origin-Embedder-Policy") == policy


def test_a_port_in_use_is_a_sentence(folder: Path) -> None:
    with SiteServer(folder) as first:
        port = first.server_port
        with pytest.raises(Failure, match=f"Port {port} is in use"):
            SiteServer(folder, port)

"""The server behind `build.py serve` and the browser tests."""

from http.client import HTTPConnection, HTTPResponse, IncompleteRead
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


def get(server: SiteServer, path: str, **headers: str) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("GET", path, headers=named)
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


@pytest.mark.parametrize("isolated", [True, False])
def test_a_plain_host_sends_no_special_headers(folder: Path, isolated: bool) -> None:
    with serving(folder, isolated=isolated) as server:
        page, script = get(server, "/"), get(server, "/a.mjs")
        assert (page.getheader("Cross-Origin-Embedder-Policy") == "require-corp") is isolated
        assert (script.getheader("Cross-Origin-Embedder-Policy") == "require-corp") is isolated
        assert page.getheader("Content-Security-Policy") is None
        policy = script.getheader("Content-Security-Policy") or ""
        assert policy.startswith("default-src 'none'") is isolated


@pytest.mark.parametrize(
    ("accepted", "encoding", "content"),
    [
        ("gzip, deflate, br, zstd", "br", b"brotli"),
        ("gzip", "gzip", b"zipped"),
        ("br;q=0, gzip;q=0.5", "gzip", b"zipped"),
        ("identity", None, b"a.mjs"),
    ],
)
def test_compressed_copies_are_sent_to_those_who_take_them(
    folder: Path, accepted: str, encoding: str | None, content: bytes
) -> None:
    (folder / "a.mjs.br").write_text("brotli")
    (folder / "a.mjs.gz").write_text("zipped")
    with serving(folder) as server:
        answer = get(server, "/a.mjs", Accept_Encoding=accepted)
        assert (answer.getheader("Content-Encoding"), answer.read()) == (encoding, content)
        assert answer.getheader("Content-Length") == str(len(content))
        assert answer.getheader("Vary") == "Accept-Encoding"
        assert (answer.getheader("Content-Type") or "").startswith("text/javascript")

        tag = answer.getheader("ETag") or ""
        again = get(server, "/a.mjs", Accept_Encoding=accepted, If_None_Match=tag)
        assert (again.status, again.read()) == (304, b"")
        (folder / "a.mjs").write_text("b.mjs")  # of the same length
        for suffix in (".br", ".gz"):
            (folder / f"a.mjs{suffix}").unlink()
        assert get(server, "/a.mjs", Accept_Encoding=accepted, If_None_Match=tag).status == 200


def test_requests_are_noted_and_answers_can_be_broken_off(folder: Path) -> None:
    with serving(folder, prefix="/some/") as server:
        server.broken.add("a.mjs")
        assert get(server, "/some/").read() == b"index.html"
        with pytest.raises(IncompleteRead):
            get(server, "/some/a.mjs").read()
        assert get(server, "/elsewhere").status == 404
    noted = [(r.path, r.status, r.sent) for r in server.requests]
    assert noted == [("", 200, 10), ("a.mjs", 200, 2), ("/elsewhere", 404, 0)]


def test_a_port_in_use_is_a_sentence(folder: Path) -> None:
    with SiteServer(folder) as first:
        port = first.server_port
        with pytest.raises(Failure, match=f"Port {port} is in use"):
            SiteServer(folder, port)

"""A small server for the built site, on this machine only: `serve` and the tests use it."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from web.tools import hashed
from web.tools.console import Failure

# Browsers refuse modules and WebAssembly of another type, and systems' own tables differ.
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".whl": "application/zip",
    ".woff2": "font/woff2",
    ".zip": "application/zip",
}

# With these two a page may share memory with its worker, which is how code is interrupted.
_ISOLATION = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}


class SiteServer(ThreadingHTTPServer):
    """Serves a folder under a path such as `/some/project/`."""

    daemon_threads = True
    allow_reuse_address = os.name != "nt"  # where it would let two servers share a port

    def __init__(self, folder: Path, port: int = 0, *, prefix: str = "/", isolated: bool = True):
        """Listen on a port; 0 takes a free one."""
        self.folder = folder
        self.prefix = prefix
        self.isolated = isolated
        try:
            super().__init__(("127.0.0.1", port), _Handler)
        except (OSError, OverflowError) as error:
            raise Failure(_why_not(port, error)) from None

    @property
    def url(self) -> str:
        """The address of the site's first page."""
        return f"http://localhost:{self.server_port}{self.prefix}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that closed a connection early."""


def _why_not(port: int, error: Exception) -> str:
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use. Try another one: python3 build.py serve --port {port + 1}"
    return f"Can't listen on port {port}: {error}"


@contextmanager
def serving(folder: Path, **options: Any) -> Iterator[SiteServer]:
    """Serve a folder in the background for as long as the `with` lasts."""
    with SiteServer(folder, **options) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


class _Handler(SimpleHTTPRequestHandler):
    server: SiteServer
    protocol_version = "HTTP/1.1"
    extensions_map = _TYPES | {"": "application/octet-stream"}
    _status = 0

    def __init__(self, request: Any, client_address: Any, server: SiteServer):
        super().__init__(request, client_address, server, directory=str(server.folder))

    def translate_path(self, path: str) -> str:
        """Find the file for an address; outside of the prefix there is none."""
        plain = urlsplit(path).path
        if not plain.startswith(self.server.prefix):
            return os.path.join(self.directory, "nothing-here")
        return super().translate_path("/" + plain.removeprefix(self.server.prefix))

    def list_directory(self, path: Any) -> None:
        """Show no listings: a static host doesn't either."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_response_only(self, code: int, message: str | None = None) -> None:
        """Remember the status: what a browser may keep depends on it."""
        self._status = code
        super().send_response_only(code, message)

    def _never_changes(self) -> bool:
        """Tell whether this is a file with a hash in its name; all else is asked for anew."""
        found = self._status in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)
        path = urlsplit(self.path).path.removeprefix(self.server.prefix) if found else ""
        return hashed.IN_PATH.search(path) is not None

    def end_headers(self) -> None:
        keep = "public, max-age=31536000, immutable" if self._never_changes() else "no-cache"
        self.send_header("Cache-Control", keep)
        self.send_header("X-Content-Type-Options", "nosniff")
        if self.server.isolated:
            for name, value in _ISOLATION.items():
                self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the console for what the person asked for."""

"""A small server for the built site, on this machine only: `serve` and the tests use it."""

import errno
import os
import re
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import SHUT_RDWR, socket
from threading import Thread
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from web.tools import hashed, headers
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

# The compressed copies that a build writes, the smaller first, and what they are called.
_ENCODINGS = {"br": ".br", "gzip": ".gz"}
_REFUSED = re.compile(r";\s*q=0(\.0*)?\s*$")


class Request(NamedTuple):
    """One request and its answer, for tests of what is fetched how often."""

    method: str
    path: str
    status: int
    sent: int


class SiteServer(ThreadingHTTPServer):
    """Serves a folder under a path such as `/some/project/`."""

    daemon_threads = True
    allow_reuse_address = os.name != "nt"  # where it would let two servers share a port

    def __init__(self, folder: Path, port: int = 0, *, prefix: str = "/", isolated: bool = True):
        """Listen on a port; 0 takes a free one. Not `isolated`, it sends no special headers."""
        self.folder = folder
        self.prefix = prefix
        self.isolated = isolated
        self.requests: deque[Request] = deque(maxlen=1000)
        # Paths whose answers break off half-way, for tests of lost connections.
        self.broken: set[str] = set()
        self._connections: set[socket] = set()
        try:
            super().__init__(("127.0.0.1", port), _Handler)
        except (OSError, OverflowError) as error:
            raise Failure(_why_not(port, error)) from None

    @property
    def url(self) -> str:
        """The address of the site's first page."""
        return f"http://localhost:{self.server_port}{self.prefix}"

    def get_request(self) -> tuple[socket, Any]:
        """Remember who is connected."""
        connection, address = super().get_request()
        self._connections.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        """Forget a connection that ends."""
        self._connections.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        """Stop for those who are connected, too."""
        super().server_close()
        for connection in list(self._connections):
            with suppress(OSError):
                connection.shutdown(SHUT_RDWR)

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
    _sent = 0
    _headers: Mapping[str, str] = MappingProxyType({})

    def __init__(self, request: Any, client_address: Any, server: SiteServer):
        super().__init__(request, client_address, server, directory=str(server.folder))

    def do_GET(self) -> None:
        """Answer, and note what was sent."""
        self._headers, self._sent = {}, 0
        try:
            super().do_GET()
        finally:
            done = Request(self.command, self._plain_path(), self._status, self._sent)
            self.server.requests.append(done)

    def _plain_path(self) -> str:
        return urlsplit(self.path).path.removeprefix(self.server.prefix)

    def translate_path(self, path: str) -> str:
        """Find the file for an address; outside of the prefix there is none."""
        plain = urlsplit(path).path
        if not plain.startswith(self.server.prefix):
            return os.path.join(self.directory, "nothing-here")
        return super().translate_path("/" + plain.removeprefix(self.server.prefix))

    def send_head(self) -> Any:
        """Send the headers; return the file to send after them, if any."""
        place = self.translate_path(self.path)
        path = Path(place, "index.html") if place.endswith(os.sep) else Path(place)
        if not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        encoding, sent_file = self._negotiate(path)
        about = sent_file.stat()
        tag = f'"{about.st_mtime_ns:x}-{about.st_size:x}"'
        self._headers = {"ETag": tag, "Vary": "Accept-Encoding"}
        if self.server.isolated:
            self._headers |= headers.of(path.name)
        if self.headers.get("If-None-Match") == tag:
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self.end_headers()
            return None
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(about.st_size))
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        return sent_file.open("rb")

    def _negotiate(self, path: Path) -> tuple[str, Path]:
        """Choose the smallest form of a file that the browser takes."""
        offered = self.headers.get("Accept-Encoding", "").split(",")
        accepted = {part.partition(";")[0].strip() for part in offered if not _REFUSED.search(part)}
        for encoding, suffix in _ENCODINGS.items():
            copy = path.with_name(path.name + suffix)
            if encoding in accepted and copy.is_file():
                return encoding, copy
        return "", path

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Send a file's content."""
        content = source.read()
        if self._plain_path() in self.server.broken:
            content = content[: len(content) // 2]
            self.close_connection = True
        outputfile.write(content)
        self._sent = len(content)

    def send_response_only(self, code: int, message: str | None = None) -> None:
        """Remember the status: what a browser may keep depends on it."""
        self._status = code
        super().send_response_only(code, message)

    def _never_changes(self) -> bool:
        """Tell whether this is a file with a hash in its name; all else is asked for anew."""
        found = self._status in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)
        return found and hashed.IN_PATH.search(self._plain_path()) is not None

    def end_headers(self) -> None:
        keep = "public, max-age=31536000, immutable" if self._never_changes() else "no-cache"
        self.send_header("Cache-Control", keep)
        self.send_header("X-Content-Type-Options", "nosniff")
        for name, value in self._headers.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the console for what the person asked for."""

"""The part of the standard library that is still on its way when Python is ready.

Modules of it that somebody imports before it has come are waited for. Both parts become the one
archive that Python has had from the start: see `web/tools/library.py`.
"""

from __future__ import annotations

import sys
from base64 import b64encode
from collections.abc import Callable, Sequence
from hashlib import sha256
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType
from typing import Any
from zipimport import zipimporter

_ARCHIVE = "/lib/python314.zip"
_LISTED = "_arriving.txt"


class Arriving:
    """Finds the modules that have not arrived, last of all, by having them fetched.

    Args:
        archive: Where Python has the part that came first.
        fetch: Gives the rest, or raises an error.
        write: Puts a content in the archive's place.
        integrity: The hash that the rest has, as in `integrity`; empty if nothing is known.

    """

    # What changes here is nobody's trace (`sandbox/traces.py`).
    __slots__ = ("_archive", "_fetch", "_integrity", "_names", "_write")

    def __init__(
        self,
        archive: str,
        fetch: Callable[[], bytes],
        write: Callable[[bytes], object],
        integrity: str,
    ):
        self._archive = zipimporter(archive)
        self._names = frozenset(self._archive.get_data(_LISTED).decode().split("\n"))
        self._fetch = fetch
        self._write = write
        self._integrity = integrity

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Wait for what has not arrived, and find the module in it.

        Args:
            name: The module's whole name.
            path: Where its package looks for modules; None: it is in no package.
            target: The module that is loaded anew, if one is.

        Raises:
            ImportError: It did not come, or not as it was built.

        """
        if name not in self._names:
            return None
        try:
            self.add(self._fetch())
        except Exception as error:
            raise ImportError(
                f"{name} is in the part of Python's standard library that has not arrived yet, "
                "and it can't be fetched now. Is there a network? Run it again when there is.",
                name=name,
            ) from error
        return PathFinder.find_spec(name, path, target)

    def add(self, rest: bytes) -> None:
        """Make one archive of both parts.

        Args:
            rest: The second part, as the build wrote it.

        Raises:
            ValueError: It is not as the build wrote it.

        """
        if not self._names:
            return
        digest = b64encode(sha256(rest).digest()).decode()
        if self._integrity not in ("", f"sha256-{digest}"):
            raise ValueError("the rest of the library arrived damaged")
        first = Path(self._archive.archive).read_bytes()
        # The last part of an archive says where its table of contents begins.
        start = int.from_bytes(first[-6:-2], "little")
        self._write(first[:start] + rest)
        self._archive.invalidate_caches()
        self._names = frozenset()


_arriving: Arriving | None = None


def expect(fetch: Callable[[], Any], write: Callable[[Any], Any], integrity: str) -> None:
    """Have the rest fetched when somebody imports it.

    Args:
        fetch: A function of JavaScript's that gives a buffer, or None.
        write: One that takes a buffer, to put it in the archive's place: what Python itself writes
            would count as a program's.
        integrity: The hash that the rest has, as in `integrity`; empty if nothing is known.

    """
    global _arriving

    def fetched() -> bytes:
        found = fetch()
        if found is None:
            raise OSError("there is no answer")
        content: bytes = found.to_bytes()
        return content

    _arriving = Arriving(_ARCHIVE, fetched, write, integrity)
    sys.meta_path.append(_arriving)


def add(rest: Any) -> None:
    """Take what has arrived in the meantime.

    Args:
        rest: A buffer of JavaScript's.

    """
    if _arriving:
        _arriving.add(rest.to_bytes())

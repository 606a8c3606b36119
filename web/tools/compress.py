"""Compressed copies beside the files of the site, for servers that send them as they are.

What has been compressed is kept in `.cache/`, named by a hash of the file: the same file is
never compressed twice. Brotli takes its time (half a minute for Pyodide's WebAssembly, of 9 MB),
so the parts of a site are prepared while others are still being made.
"""

import gzip
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from web.tools import node
from web.tools.cache import files_in
from web.tools.console import step
from web.tools.paths import CACHE

SUFFIXES = (".br", ".gz")
_STORE = CACHE / "compressed"
_LEFT_AS_IT_IS = (*SUFFIXES, ".map", ".png")
# A copy that is hardly smaller is not worth its place: archives, and what fits a packet anyway.
_WORTH = 0.97
_KEPT_SECONDS = 30 * 86400.0


class Size(NamedTuple):
    """Bytes of some files, as stored and as a server would send them."""

    raw: int
    gzip: int
    brotli: int


def prepare(part: Path) -> Path:
    """Compress what has not been, and return the part."""
    missing = {
        path: stored
        for path in _compressible(part)
        if not (stored := _stored(path)).with_suffix(".br").exists()
    }
    if missing:
        _STORE.mkdir(parents=True, exist_ok=True)
        place = tempfile.TemporaryDirectory(dir=_STORE)
        with step(f"compression, {len(missing)} files"), place as unfinished:
            _compress(missing, Path(unfinished))
    return part


def write_copies(site: Path) -> None:
    """Put the compressed copies that are worth it beside the files of a site."""
    prepare(site)
    for path in _compressible(site):
        stored = _stored(path)
        for suffix in SUFFIXES:
            copy = stored.with_suffix(suffix)
            os.utime(copy)
            if copy.stat().st_size:
                shutil.copyfile(copy, path.with_name(path.name + suffix))
    _forget_old()


def size_of(files: Iterable[Path]) -> Size:
    """Add up files that have their compressed copies beside them."""
    sizes = [(_size(path), _size(path, ".gz"), _size(path, ".br")) for path in files]
    return Size(*(sum(column) for column in zip(*sizes, strict=True))) if sizes else Size(0, 0, 0)


def _size(path: Path, suffix: str = "") -> int:
    copy = path.with_name(path.name + suffix)
    return (copy if copy.exists() else path).stat().st_size


def _compressible(folder: Path) -> list[Path]:
    return [path for path in files_in(folder) if path.suffix not in _LEFT_AS_IT_IS]


def _stored(path: Path) -> Path:
    """Give the place of a file's copies, but for their suffixes."""
    return _STORE / hashlib.sha256(path.read_bytes()).hexdigest()


def _compress(places: dict[Path, Path], unfinished: Path) -> None:
    """Make both copies of each file; a copy that is not worth it is left empty."""
    for_brotli: list[Path] = []
    for source, stored in places.items():
        content = source.read_bytes()
        zipped = gzip.compress(content, 9, mtime=0)
        is_worth_it = len(zipped) < len(content) * _WORTH
        (unfinished / stored.name).with_suffix(".gz").write_bytes(zipped if is_worth_it else b"")
        if is_worth_it:
            for_brotli += [source, (unfinished / stored.name).with_suffix(".br")]
        else:
            (unfinished / stored.name).with_suffix(".br").touch()
    if for_brotli:
        node.script("brotli.mjs", *for_brotli)
    # The copy that `prepare` looks for comes last.
    for suffix in reversed(SUFFIXES):
        for stored in places.values():
            copy = stored.with_suffix(suffix)
            (unfinished / copy.name).replace(copy)


def _forget_old() -> None:
    copies = list(_STORE.iterdir())
    newest = max((copy.stat().st_mtime for copy in copies), default=0.0)
    for copy in copies:
        if copy.is_file() and newest - copy.stat().st_mtime > _KEPT_SECONDS:
            copy.unlink()

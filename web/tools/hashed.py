"""Names that change with the content, so that a browser may keep every file for ever."""

import base64
import hashlib
import re
import shutil
from pathlib import Path

from web.tools.cache import files_in
from web.tools.console import Failure

# Eight of these letters and digits, as esbuild writes its own hashes.
IN_PATH = re.compile(r"(^|[-/])[A-Z2-7]{8}([-./]|$)")


def short_hash(*contents: bytes) -> str:
    """Hash some contents into eight letters and digits for a name."""
    total = hashlib.sha256()
    for content in contents:
        total.update(hashlib.sha256(content).digest())
    return base64.b32encode(total.digest())[:8].decode()


def integrity(content: bytes) -> str:
    """Hash a file's content as `fetch`, scripts and policies take it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()


def add_file(source: Path, folder: Path) -> Path:
    """Copy a file into a folder as `name-HASH.suffix`."""
    name, dot, suffix = source.name.partition(".")
    target = folder / f"{name}-{short_hash(source.read_bytes())}{dot}{suffix}"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    return target


def rename_folder(folder: Path) -> Path:
    """Put a hash of what a folder holds behind its name; the files keep theirs."""
    contents = [part for path in files_in(folder) for part in _named(path, folder)]
    return folder.rename(folder.with_name(f"{folder.name}-{short_hash(*contents)}"))


def _named(path: Path, folder: Path) -> tuple[bytes, bytes]:
    return path.relative_to(folder).as_posix().encode(), path.read_bytes()


def only(folder: Path, pattern: str) -> str:
    """Find the one path in a folder that a pattern fits, whatever its hash."""
    found = [path.relative_to(folder).as_posix() for path in folder.glob(pattern)]
    if len(found) != 1:
        raise Failure(f"The build made {found or 'nothing'} for {pattern!r}, not one file.")
    return found[0]

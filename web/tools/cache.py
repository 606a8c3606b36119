"""Doing a step again only when what it depends on has changed.

A step's output is a folder in `.cache/`, named by a hash of the step's inputs: the same
inputs find it there, whatever was built in between.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from web.tools.console import say, step
from web.tools.paths import CACHE, ROOT

Input = Path | str | bytes
_IGNORED = {"__pycache__", "node_modules", ".DS_Store"}
_KEPT_OUTPUTS = 3
_MAKING: dict[Path, Lock] = {}


def files_in(folder: Path) -> list[Path]:
    """All files below a folder, in a fixed order, without what tools leave behind."""
    found = (path for path in folder.rglob("*") if path.is_file())
    kept = (path for path in found if not _IGNORED & set(path.relative_to(folder).parts))
    return sorted(kept, key=lambda path: path.relative_to(folder).as_posix())


def digest(inputs: Iterable[Input]) -> str:
    """Hash files (names and contents), folders, and plain values."""
    total = hashlib.sha256()
    for item in inputs:
        if isinstance(item, Path):
            for path in files_in(item) if item.is_dir() else [item]:
                name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path.name
                total.update(f"file {name}\n".encode())
                total.update(hashlib.sha256(path.read_bytes()).digest() if path.exists() else b"-")
        else:
            data = item.encode() if isinstance(item, str) else item
            total.update(f"value {len(data)}\n".encode() + data)
    return total.hexdigest()


def cached(name: str, inputs: Iterable[Input], make: Callable[[Path], None]) -> Path:
    """Return the folder that `make` fills, made anew only if the inputs have changed."""
    folder = CACHE / name.replace(" ", "-")
    output = folder / digest(inputs)[:16]
    with _MAKING.setdefault(output, Lock()):  # two parts of a build may ask for the same at once
        if output.exists():
            os.utime(output)
        else:
            _make(name, output, make)
            _forget_old(folder)
    return output


def _make(name: str, output: Path, make: Callable[[Path], None]) -> None:
    folder = output.parent
    folder.mkdir(parents=True, exist_ok=True)
    with step(name):
        unfinished = Path(tempfile.mkdtemp(prefix=".", dir=folder))
        try:
            unfinished.chmod(0o755)  # a temporary folder is private, a site is not
            make(unfinished)
            unfinished.rename(output)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)


def _forget_old(folder: Path) -> None:
    outputs = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in outputs[_KEPT_OUTPUTS:]:
        shutil.rmtree(old, ignore_errors=True)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let two builds of the same tree wait for each other (where the system has flock)."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("  … waiting for another build of this folder")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield

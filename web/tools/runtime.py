"""Python for the page: the files of Pyodide that it needs there.

The standard library, which library.py cuts in two, is compiled in advance: that makes Python start
several times as fast.
"""

import shutil
from pathlib import Path
from zipfile import ZipFile

from web.tools import node
from web.tools.cache import cached
from web.tools.console import Failure
from web.tools.hashed import rename_folder
from web.tools.paths import NODE_MODULES

PYODIDE = NODE_MODULES / "pyodide"
_NEEDED = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"]
LIBRARY = PYODIDE / "python_stdlib.zip"
# What a page has no use for: it starts no processes, speaks no mail and serves no HTTP, and has
# these two in C.
LEFT_OUT = (
    *("multiprocessing/", "concurrent/futures/process.py"),
    *("mailbox.py", "imaplib.py", "poplib.py", "smtplib.py", "ftplib.py"),
    *("wsgiref/", "xmlrpc/", "_pyio.py", "_pydatetime.py"),
)
# Where Pyodide puts its library, whatever the file is called that it comes from.
_PLACE = "/lib/python314.zip"
_COMPILER = [Path(__file__).with_name(name) for name in ("precompile.mjs", "pyc.py")]
# Where Pyodide would look for packages if the page didn't say where they are. It does.
ELSEWHERE = b"https://cdn.jsdelivr.net/pyodide/v${U}/full/"


def build() -> Path:
    """Gather what runs; return a part of the site."""
    inputs = [*(PYODIDE / name for name in _NEEDED), Path(__file__)]
    return cached("Pyodide", inputs, _make)


def compiled_library() -> Path:
    """Compile the standard library but for what a page has no use for; return the archive."""

    def make(output: Path) -> None:
        trimmed = output / "sources.zip"
        trim(LIBRARY, trimmed)
        precompile(trimmed, output / "stdlib.zip", _PLACE)
        trimmed.unlink()

    inputs = [LIBRARY, PYODIDE / "pyodide.asm.wasm", *_COMPILER, Path(__file__)]
    return cached("Python's standard library", inputs, make) / "stdlib.zip"


def trim(source: Path, target: Path) -> None:
    """Copy an archive of sources without what is left out."""
    with ZipFile(source) as given, ZipFile(target, "w") as kept:
        for name in given.namelist():
            if not name.startswith(LEFT_OUT):
                kept.writestr(name, given.read(name))


def precompile(
    source: Path, target: Path, place: str, *, to_be_read: str = "", library: Path = LIBRARY
) -> None:
    """Compile an archive of Python sources with the Python of the page, see pyc.py."""
    node.script(_COMPILER[0].name, PYODIDE, source, target, place, to_be_read, library)


def _make(output: Path) -> None:
    folder = output / "pyodide"
    folder.mkdir()
    for name in _NEEDED:
        shutil.copyfile(PYODIDE / name, folder / name)
    script = folder / "pyodide.mjs"
    script.write_bytes(keep_here(script.read_bytes()))
    rename_folder(folder)


def keep_here(script: bytes) -> bytes:
    """Put this very folder where Pyodide's script names another origin."""
    if script.count(ELSEWHERE) != 1:
        raise Failure(f"pyodide.mjs names {ELSEWHERE.decode()} {script.count(ELSEWHERE)} times.")
    return script.replace(ELSEWHERE, b"./")

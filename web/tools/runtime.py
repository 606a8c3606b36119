"""Python for the page: the files of Pyodide that it needs there.

The standard library is compiled in advance, which makes Python start several times as fast.
"""

import shutil
from pathlib import Path

from web.tools import node
from web.tools.cache import cached
from web.tools.console import Failure
from web.tools.hashed import add_file, rename_folder
from web.tools.paths import NODE_MODULES

PYODIDE = NODE_MODULES / "pyodide"
_NEEDED = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"]
_LIBRARY = PYODIDE / "python_stdlib.zip"
# Where Pyodide puts its library, whatever the file is called that it comes from.
_PLACE = "/lib/python314.zip"
_COMPILER = [Path(__file__).with_name(name) for name in ("precompile.mjs", "pyc.py")]
# Where Pyodide would look for packages if the page didn't say where they are. It does.
ELSEWHERE = b"https://cdn.jsdelivr.net/pyodide/v${U}/full/"


def build() -> Path:
    """Gather what runs; return a part of the site."""
    library = compiled_library()
    inputs = [*(PYODIDE / name for name in _NEEDED), library, Path(__file__)]
    return cached("Pyodide", inputs, lambda output: _make(library, output))


def compiled_library() -> Path:
    """Compile the standard library; return the archive."""

    def make(output: Path) -> None:
        precompile(_LIBRARY, output / "stdlib.zip", _PLACE)

    inputs = [_LIBRARY, PYODIDE / "pyodide.asm.wasm", *_COMPILER]
    return cached("Python's standard library", inputs, make) / "stdlib.zip"


def precompile(
    source: Path, target: Path, place: str, *, keep_sources: bool = False, library: Path = _LIBRARY
) -> None:
    """Compile an archive of Python sources with the Python of the page, see pyc.py."""
    keep = "true" if keep_sources else "false"
    node.script(_COMPILER[0], PYODIDE, source, target, place, keep, library)


def _make(library: Path, output: Path) -> None:
    folder = output / "pyodide"
    folder.mkdir()
    for name in _NEEDED:
        shutil.copyfile(PYODIDE / name, folder / name)
    script = folder / "pyodide.mjs"
    script.write_bytes(keep_here(script.read_bytes()))
    rename_folder(folder)
    add_file(library, output / "assets")


def keep_here(script: bytes) -> bytes:
    """Put this very folder where Pyodide's script names another origin."""
    if script.count(ELSEWHERE) != 1:
        raise Failure(f"pyodide.mjs names {ELSEWHERE.decode()} {script.count(ELSEWHERE)} times.")
    return script.replace(ELSEWHERE, b"./")

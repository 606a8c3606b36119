"""Python for the page: the files of Pyodide that it needs there."""

import shutil
from pathlib import Path

from web.tools.cache import cached
from web.tools.console import Failure
from web.tools.hashed import rename_folder
from web.tools.paths import NODE_MODULES

_SOURCE = NODE_MODULES / "pyodide"
_NEEDED = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"]
# Where Pyodide would look for packages if the page didn't say where they are. It does.
ELSEWHERE = b"https://cdn.jsdelivr.net/pyodide/v${U}/full/"


def build() -> Path:
    """Copy what runs; return a part of the site."""
    return cached("Pyodide", [*(_SOURCE / name for name in _NEEDED), Path(__file__)], _make)


def _make(output: Path) -> None:
    folder = output / "pyodide"
    folder.mkdir()
    for name in _NEEDED:
        shutil.copyfile(_SOURCE / name, folder / name)
    script = folder / "pyodide.mjs"
    script.write_bytes(keep_here(script.read_bytes()))
    rename_folder(folder)


def keep_here(script: bytes) -> bytes:
    """Put this very folder where Pyodide's script names another origin."""
    if script.count(ELSEWHERE) != 1:
        raise Failure(f"pyodide.mjs names {ELSEWHERE.decode()} {script.count(ELSEWHERE)} times.")
    return script.replace(ELSEWHERE, b"./")

"""Python for the page: the files of Pyodide that it needs there."""

import shutil
from pathlib import Path

from web.tools.cache import cached
from web.tools.hashed import rename_folder
from web.tools.paths import NODE_MODULES

_SOURCE = NODE_MODULES / "pyodide"
_NEEDED = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"]


def build() -> Path:
    """Copy what runs; return a part of the site."""
    return cached("Pyodide", [*(_SOURCE / name for name in _NEEDED), Path(__file__)], _make)


def _make(output: Path) -> None:
    folder = output / "pyodide"
    folder.mkdir()
    for name in _NEEDED:
        shutil.copyfile(_SOURCE / name, folder / name)
    rename_folder(folder)

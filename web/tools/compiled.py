"""The page's wheels with bytecode in place of sources.

A run of a learner's tests takes a new Python, which compiled pytest and hypothesis once more.
"""

import base64
import csv
import hashlib
import io
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

from web.tools import archive, runtime
from web.tools.cache import cached

# Where the worker unpacks wheels (`web/src/worker/packages.ts`): what tracebacks name, and how
# pytest and hypothesis know their own files from a learner's.
PLACE = "/lib/python3.14/site-packages"
# Hundreds of languages that pytest could colour, and of which it knows two: left as they are.
_LEXERS = "pygments/lexers/"
_IMPORTED = {f"{_LEXERS}{name}.py" for name in ("__init__", "_mapping", "diff", "python")}


def build(wheels: Sequence[Path]) -> Path:
    """Compile wheels for the page's Python; return a folder with one of the same name for each."""
    library = runtime.compiled_library()
    inputs = [*wheels, library, Path(__file__), Path(archive.__file__)]
    return cached("compiled wheels", inputs, lambda output: _make(wheels, library, output))


def _make(wheels: Sequence[Path], library: Path, output: Path) -> None:
    sources, compiled = output / "sources.zip", output / "compiled.zip"
    with ZipFile(sources, "w") as packed:
        for path in wheels:
            with ZipFile(path) as wheel:
                for name in filter(_is_compiled, _files(wheel)):
                    packed.writestr(name, wheel.read(name))
    runtime.precompile(sources, compiled, PLACE, library=library)
    with ZipFile(compiled) as made:
        for path in wheels:
            _write(path, made, output / path.name)
    sources.unlink()
    compiled.unlink()


def _files(wheel: ZipFile) -> list[str]:
    return [name for name in wheel.namelist() if not name.endswith("/")]


def _is_compiled(name: str) -> bool:
    return name.endswith(".py") and (name in _IMPORTED or not name.startswith(_LEXERS))


def _write(path: Path, compiled: ZipFile, target: Path) -> None:
    """Write a wheel with the compiled files, and the list of its files as that format has it."""
    record = io.StringIO()
    rows = csv.writer(record, lineterminator="\n")
    with ZipFile(path) as given, ZipFile(target, "w") as made:
        for name in _files(given):
            if name.endswith(".dist-info/RECORD"):
                last = name
                continue
            is_compiled = _is_compiled(name)
            kept = f"{name}c" if is_compiled else name
            content = (compiled if is_compiled else given).read(kept)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode()
            rows.writerow([kept, f"sha256={digest.rstrip('=')}", len(content)])
            archive.add_compressed(made, kept, content)
        rows.writerow([last, "", ""])
        archive.add_compressed(made, last, record.getvalue().encode())

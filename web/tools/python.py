"""Our Python for the page, as one archive: `minitorch`, and the bridge between it and the worker.

It is a zip that stays one: Python imports from it as it does from its standard library, compiled
in advance. The sources of what a learner may want to read are in it, for tracebacks and `inspect`.
"""

from pathlib import Path
from zipfile import ZipFile

from web.tools import archive, runtime
from web.tools.cache import cached, files_in
from web.tools.console import Failure
from web.tools.hashed import add_file
from web.tools.paths import ROOT, WEB

_PACKAGES = {"minitorch": ROOT / "minitorch", "bridge": WEB / "bridge"}
_TO_BE_READ = "minitorch"
# Where the worker puts it (`web/src/worker/load.ts`).
PLACE = "/lib/minitorch.zip"


def build() -> Path:
    """Pack and compile the packages; return a part of the site."""
    library = runtime.compiled_library()
    inputs = [*_PACKAGES.values(), library, Path(__file__), Path(archive.__file__)]
    return cached("our Python", inputs, lambda output: _make(library, output))


def _make(library: Path, output: Path) -> None:
    sources, compiled = output / "sources.zip", output / "compiled.zip"
    made = output / f"python{archive.SUFFIX}"
    with ZipFile(sources, "w") as packed:
        for name, folder in _PACKAGES.items():
            _pack(packed, name, folder)
    runtime.precompile(sources, compiled, PLACE, to_be_read=_TO_BE_READ, library=library)
    with ZipFile(compiled) as given:
        archive.write({name: given.read(name) for name in given.namelist()}, made)
    add_file(made, output / "assets")
    for path in (sources, compiled, made):
        path.unlink()


def _pack(packed: ZipFile, name: str, folder: Path) -> None:
    files = [path for path in files_in(folder) if path.suffix in (".py", ".typed")]
    if not files:
        raise Failure(f"There is no Python in {folder}.")
    for path in files:
        text = path.read_text(encoding="utf-8")
        _check_syntax(path, text)
        packed.writestr(f"{name}/{path.relative_to(folder).as_posix()}", text)


def _check_syntax(path: Path, text: str) -> None:
    try:
        compile(text, path, "exec")
    except SyntaxError as error:
        raise Failure(f"{path}, line {error.lineno}: {error.msg}") from None

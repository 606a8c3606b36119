"""The bridge between the worker and `minitorch`: our Python for the page, as one archive."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from web.tools.cache import cached, files_in
from web.tools.console import Failure
from web.tools.hashed import add_file
from web.tools.paths import WEB

_SOURCE = WEB / "bridge"


def build() -> Path:
    """Pack `web/bridge` as the package `bridge`; return a part of the site."""
    return cached("bridge", [_SOURCE, Path(__file__)], _make)


def _make(output: Path) -> None:
    sources = [path for path in files_in(_SOURCE) if path.suffix == ".py"]
    if not sources:
        raise Failure("There is no Python in web/bridge.")
    archive = output / "bridge.zip"
    with ZipFile(archive, "w") as packed:
        for path in sources:
            text = path.read_text(encoding="utf-8")
            _check_syntax(path, text)
            # A fixed date, so that the same sources give the same bytes.
            entry = ZipInfo("bridge/" + path.relative_to(_SOURCE).as_posix(), (2020, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            packed.writestr(entry, text)
    add_file(archive, output / "assets")
    archive.unlink()


def _check_syntax(path: Path, text: str) -> None:
    try:
        compile(text, path, "exec")
    except SyntaxError as error:
        raise Failure(f"{path}, line {error.lineno}: {error.msg}") from None

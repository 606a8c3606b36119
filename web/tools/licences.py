"""THIRD-PARTY.txt: what others wrote that the site hands out, and on what terms."""

import json
import re
from email.parser import Parser
from importlib import metadata
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

from web.tools import bundle, packages, runtime
from web.tools.cache import cached, files_in
from web.tools.paths import NODE_MODULES, WEB

_NPM_LOCK = WEB / "package-lock.json"
_IS_LICENCE = ("licen", "copying", "notice")
_TEXTS = WEB / "licences"
_PACKAGE = re.compile(rf"{NODE_MODULES.name}/((?:@[^/]+/)?[^/]+)")


class Linked(NamedTuple):
    """What Pyodide is built of: no package names it.

    Attributes:
        terms: its licence, as SPDX calls it; the text is in web/licences.
        mark: what stands in Pyodide's files because of it, for a test.

    """

    terms: str
    text: str
    mark: str


LINKED = {
    "CPython, with its standard library": Linked("PSF-2.0", "cpython", "PyObject"),
    "bzip2": Linked("bzip2-1.0.6", "bzip2", "bzip2"),
    "compiler-rt, libc++ and libc++abi of LLVM": Linked(
        "Apache-2.0 WITH LLVM-exception", "llvm", "system/lib/libcxxabi"
    ),
    "Emscripten": Linked("MIT", "emscripten", "emscripten"),
    "error-stack-parser and stackframe": Linked("MIT", "error-stack-parser", "ErrorStackParser"),
    "Expat": Linked("MIT", "expat", "XML_ParserCreate"),
    "HACL*": Linked("MIT", "hacl", "_hacl/Hacl_Hash"),
    "libffi": Linked("MIT", "libffi", "ffi_closure_alloc"),
    "liblzma of XZ Utils": Linked("LicenseRef-Public-Domain", "xz", "liblzma"),
    "mimalloc": Linked("MIT", "mimalloc", "mimalloc"),
    "mpdecimal": Linked("BSD-2-Clause", "mpdecimal", "libmpdec/mpdecimal.c"),
    "musl": Linked("MIT", "musl", "emscripten_builtin_pthread_create"),
    "SQLite": Linked("blessing", "sqlite", "sqlite_sequence"),
    "zlib": Linked("Zlib", "zlib", "Jean-loup Gailly and Mark Adler"),
    "Zstandard": Linked("BSD-3-Clause", "zstd", "zstd library"),
}


def build() -> Path:
    """Collect names, versions, licences and their texts; return a part of the site."""
    wheels = packages.download()
    return cached(
        "licences",
        [wheels, bundle.build(), _NPM_LOCK, _TEXTS, WEB / "requirements.txt", Path(__file__)],
        lambda output: _make(wheels, output),
    )


def _make(wheels: Path, output: Path) -> None:
    parts = [
        "This site contains the following software, each on its own terms.",
        *_npm_packages(),
        *(_describe(name, "", one.terms, [_text(one.text)]) for name, one in LINKED.items()),
        *(_wheel(path) for path in files_in(wheels)),
        _bokeh(),
    ]
    ruler = "\n\n" + "-" * 80 + "\n\n"
    (output / "THIRD-PARTY.txt").write_text(ruler.join(parts) + "\n", encoding="utf-8")


def _npm_packages() -> list[str]:
    """Describe what the bundles are made of, and Pyodide."""
    described = []
    for name in sorted(_bundled() | {runtime.PYODIDE.name}):
        folder = NODE_MODULES / name
        about = json.loads((folder / "package.json").read_text())
        texts = [
            path.read_text(encoding="utf-8", errors="replace")
            for path in sorted(folder.iterdir())
            if path.is_file() and path.name.lower().startswith(_IS_LICENCE)
        ]
        texts = texts or [_text(name)]
        described.append(_describe(name, about["version"], about.get("license", ""), texts))
    return described


def _bundled() -> set[str]:
    """Name the packages that went into the bundles, as their source maps tell."""
    maps = [json.loads(path.read_text()) for path in bundle.build().rglob("*.js.map")]
    sources = {source for one in maps for source in one["sources"]}
    return {found[1] for source in sources if (found := _PACKAGE.search(source))}


def _text(name: str) -> str:
    """Read a licence that comes with none of the packages."""
    return (_TEXTS / f"{name}.txt").read_text(encoding="utf-8")


def _wheel(path: Path) -> str:
    with ZipFile(path) as archive:
        info = [name for name in archive.namelist() if ".dist-info/" in name]
        about = next(name for name in info if name.endswith("/METADATA"))
        fields = Parser().parsestr(archive.read(about).decode())
        texts = [
            archive.read(name).decode(errors="replace")
            for name in info
            if Path(name).name.lower().startswith(_IS_LICENCE)
        ]
    terms = fields["License-Expression"] or (fields["License"] or "").split("\n")[0]
    return _describe(fields["Name"], fields["Version"], terms, texts)


def _bokeh() -> str:
    found = metadata.distribution("bokeh")
    files = [path for path in found.files or [] if path.name.lower().startswith(_IS_LICENCE)]
    texts = [path.read_text() for path in files if ".dist-info" in str(path)]
    return _describe("BokehJS", found.version, "BSD-3-Clause", texts)


def _describe(name: str, version: str, terms: str, texts: list[str]) -> str:
    title = f"{name} {version}".strip()
    return "\n\n".join([f"{title}: {terms}", *(text.strip("\n") for text in texts)])

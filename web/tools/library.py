"""Python's standard library for the page, in two parts: what is needed at once, and the rest.

Which is which is found by doing it: Python starts, in Node, and does what a page does first. The
parts are one archive cut in two. The first is an archive of its own; the second takes the place of
its table of contents and ends with that of both, so that the two together are the whole library in
the place where Python has the first one. Nobody waits for the second, so its files are compressed
one by one, which every host sends as it is.
"""

import struct
from pathlib import Path
from zipfile import ZipFile

from web.tools import archive, node, python, runtime
from web.tools.cache import cached
from web.tools.hashed import add_file, only

_FINDER = Path(__file__).with_name("needed.mjs")
# What the first part says of the second: the modules that are there (`web/bridge/arriving.py`).
LISTED = "_arriving.txt"
_END = struct.Struct("<4s4H2LH")


def build() -> Path:
    """Cut the library in two; return a part of the site."""
    whole, ours = runtime.compiled_library(), python.build()
    packed = ours / only(ours, f"assets/python-*{archive.SUFFIX}")
    inputs = [whole, packed, _FINDER, Path(__file__), Path(archive.__file__)]
    return cached("the library in two", inputs, lambda output: _make(whole, packed, output))


def _make(whole: Path, ours: Path, output: Path) -> None:
    needed = node.script(_FINDER.name, runtime.PYODIDE, whole, ours).split()
    first, rest = output / f"stdlib{archive.SUFFIX}", output / "stdlib-rest.bin"
    cut(whole, set(needed), first, rest)
    for part in (first, rest):
        add_file(part, output / "assets")
        part.unlink()


def cut(whole: Path, needed: set[str], first: Path, rest: Path) -> None:
    """Write the two parts of an archive: the first has the modules of these names."""
    with ZipFile(whole) as given:
        entries = [name for name in given.namelist() if not name.endswith("/")]
        chosen = [name for name in entries if module_of(name) in needed]
        others = [name for name in entries if module_of(name) not in needed]
        listed = "\n".join(sorted(filter(None, map(module_of, others)))).encode()
        archive.write({name: given.read(name) for name in chosen} | {LISTED: listed}, first)
        content = first.read_bytes()
        start = _END.unpack(content[-_END.size :])[6]
        both = first.with_name("both.zip")
        both.write_bytes(content)
        with ZipFile(both, "a") as made:
            for name in others:
                archive.add_compressed(made, name, given.read(name))
    rest.write_bytes(both.read_bytes()[start:])
    both.unlink()


def module_of(name: str) -> str | None:
    """Name the module that a compiled file holds, if it is one: `json.decoder`, or `json`."""
    path, _, suffix = name.rpartition(".")
    return path.removesuffix("/__init__").replace("/", ".") if suffix == "pyc" else None

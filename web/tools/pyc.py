"""Python sources in a zip archive, compiled in advance.

Most of Pyodide's start-up is compiling the sources of the standard library. Bytecode fits one
version of Python only, so this file runs in the very Pyodide that the page gets
(`precompile.mjs`): it may import nothing but the standard library.
"""

from importlib._bootstrap_external import _code_to_hash_pyc  # type: ignore[attr-defined]
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# A fixed date, so that the same sources give the same bytes.
_DATE = (2020, 1, 1, 0, 0, 0)


def compile_archive(source: str, target: str, place: str, keep_sources: bool) -> None:
    """Write a zip of `.pyc` files for a zip of `.py` files.

    Args:
        source: the archive to read.
        target: the archive to write.
        place: where the page will have it, for the tracebacks: `/lib/python314.zip`.
        keep_sources: whether the `.py` files stay beside the `.pyc` files, so that tracebacks
            and `inspect` can show lines.
    """
    with ZipFile(source) as given, ZipFile(target, "w") as made:
        for name in given.namelist():
            content = given.read(name)
            if name.endswith(".py"):
                _add(made, f"{name}c", _bytecode(content, f"{place}/{name}"))
            if keep_sources or not name.endswith(".py"):
                _add(made, name, content)


def _bytecode(text: bytes, path: str) -> bytes:
    code = compile(text, path, "exec", dont_inherit=True)
    # "Unchecked": Python takes it as it is and never looks for the source.
    return bytes(_code_to_hash_pyc(code, bytes(8), False))


def _add(archive: ZipFile, name: str, content: bytes) -> None:
    entry = ZipInfo(name, _DATE)
    entry.compress_type = ZIP_DEFLATED
    archive.writestr(entry, content, compresslevel=9)

"""Python sources in a zip archive, compiled in advance.

Most of Pyodide's start-up is compiling the sources of the standard library. Bytecode fits one
version of Python only, so this file runs in the very Pyodide that the page gets
(`precompile.mjs`): it may import nothing but the standard library.
"""

from importlib._bootstrap_external import _code_to_hash_pyc  # type: ignore[attr-defined]
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# A fixed date, so that the same sources give the same bytes.
_DATE = (2020, 1, 1, 0, 0, 0)


def compile_archive(source: str, target: str, place: str, to_be_read: str) -> None:
    """Write a zip of `.pyc` files for a zip of `.py` files.

    Args:
        source: the archive to read.
        target: the archive to write.
        place: where the page will have it, for the tracebacks: `/lib/python314.zip`.
        to_be_read: a package whose `.py` files stay beside the `.pyc` files, so that tracebacks
            and `inspect` can show lines; what isn't in it has no docstrings either. "": keep all
            docstrings and no sources.
    """
    with ZipFile(source) as given, ZipFile(target, "w") as made:
        for name in given.namelist():
            content = given.read(name)
            is_read = to_be_read != "" and name.startswith(f"{to_be_read}/")
            if name.endswith(".py"):
                is_bare = to_be_read != "" and not is_read
                _add(made, f"{name}c", _bytecode(content, f"{place}/{name}", is_bare))
            if is_read or not name.endswith(".py"):
                _add(made, name, content)


def _bytecode(text: bytes, path: str, is_bare: bool) -> bytes:
    # The second level of optimization leaves out docstrings.
    code = compile(text, path, "exec", dont_inherit=True, optimize=2 if is_bare else -1)
    # "Unchecked": Python takes it as it is and never looks for the source.
    return bytes(_code_to_hash_pyc(code, bytes(8), False))


def _add(archive: ZipFile, name: str, content: bytes) -> None:
    entry = ZipInfo(name, _DATE)
    entry.compress_type = ZIP_DEFLATED
    archive.writestr(entry, content, compresslevel=9)

"""An archive as hosts send it smallest: stored as it is, in a WebAssembly file.

What is stored uncompressed compresses better as a whole than file by file, and Python need not
unpack it when it starts. But most hosts leave archives as they are, so that they would send all of
it. WebAssembly they do compress: and a file of that kind may hold anything in a section of its own.
An archive is read from its end, so whoever reads it need not know.
"""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# A fixed date, so that the same contents give the same bytes.
DATE = (2020, 1, 1, 0, 0, 0)
SUFFIX = ".wasm"
_MAGIC = b"\0asm\1\0\0\0"
_OWN_SECTION = b"\0"
_NAME = b"\3zip"
_SIZE_BYTES = 5


def write(entries: dict[str, bytes], target: Path) -> None:
    """Write an archive of these contents, by their names."""
    begin = _MAGIC + _OWN_SECTION + bytes(_SIZE_BYTES) + _NAME
    target.write_bytes(begin)
    with ZipFile(target, "a") as made:
        for name, content in entries.items():
            made.writestr(ZipInfo(name, DATE), content)
    with target.open("r+b") as file:
        file.seek(len(_MAGIC + _OWN_SECTION))
        file.write(_size(target.stat().st_size - len(begin) + len(_NAME)))


def add_compressed(made: ZipFile, name: str, content: bytes) -> None:
    """Add a file to an archive of the usual kind; the same content gives the same bytes."""
    entry = ZipInfo(name, DATE)
    entry.compress_type = ZIP_DEFLATED
    made.writestr(entry, content, compresslevel=9)


def _size(number: int) -> bytes:
    """Write a number as WebAssembly has it, in as many bytes as the largest takes."""
    digits = [number >> 7 * place & 0x7F for place in range(_SIZE_BYTES)]
    return bytes([*(digit | 0x80 for digit in digits[:-1]), digits[-1]])

"""What the learner's code prints: the first part of it is kept, the rest only counted."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from typing import Any

LONGEST_OUTPUT = 20_000  # characters
MOST_LINES = 2_000


class _Kept(io.RawIOBase):
    """The bytes at the beginning, and how many lines come after them."""

    def __init__(self) -> None:
        self.first = bytearray()
        self.more_lines = 0
        self.was_cut = False
        self.muted = False

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        size = len(content)
        if self.muted:
            return size
        room = max(0, 4 * LONGEST_OUTPUT - len(self.first))  # a character has four bytes at most
        if room < size:
            self.was_cut = True
            self.more_lines += bytes(content[room:]).count(b"\n")
        self.first += content[:room]
        return size


class Output(io.TextIOWrapper):
    """A file to print to. It takes anything, half a surrogate pair too, and any amount of it."""

    def __init__(self) -> None:
        self._kept = _Kept()
        super().__init__(self._kept, "utf-8", errors="backslashreplace", newline="\n")  # type: ignore[arg-type]

    def write_bytes(self, content: bytes) -> int:
        """Keep what goes past Python's own files, after all that was printed before."""
        self.flush()
        return self._kept.write(content)

    @contextlib.contextmanager
    def muted(self) -> Iterator[None]:
        """Forget what is printed meanwhile."""
        self.flush()
        self._kept.muted = True
        try:
            yield
        finally:
            self.flush()
            self._kept.muted = False

    def text(self) -> str:
        """What was printed, with a note at its end if there was more."""
        with contextlib.suppress(ValueError):  # the code may have closed it
            self.flush()
        kept = self._kept
        return cut(kept.first.decode("utf-8", "replace"), kept.was_cut, kept.more_lines)


def cut(text: str, was_cut: bool = False, more_lines: int = 0) -> str:
    """Shorten a text to what a page can show, and say so at its end.

    Args:
        text: as much of it as was kept.
        was_cut: whether that is not all.
        more_lines: how many lines came after it.
    """
    lines = text[:LONGEST_OUTPUT].split("\n", MOST_LINES)
    shown = "\n".join(lines[:MOST_LINES])
    if len(shown) + 1 >= len(text) and not was_cut:
        return text
    hidden = text.count("\n", len(shown) + 1) + more_lines
    count = f"; {hidden:,} more lines are not shown" if hidden else ""
    return f"{shown}\n… the output is cut here, after {len(shown):,} characters{count}"

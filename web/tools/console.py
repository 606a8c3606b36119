"""What `build.py` says, and how it runs other programs."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from web.tools.paths import ROOT

_print_lock = threading.Lock()


class Failure(Exception):
    """A step that can't be done, in words for the person who ran it."""


def say(text: str) -> None:
    """Print a line whole, also when several steps run at once."""
    with _print_lock:
        print(text, flush=True)


def show_line(mark: str, name: str, seconds: float, note: str = "") -> None:
    """Print one step's line: how it ended, what it was, how long it took."""
    say(f"  {mark} {name:<28}{seconds:6.1f} s{'   ' + note if note else ''}")


@contextmanager
def step(name: str) -> Iterator[None]:
    """Time a step; if it fails, or the disk does, name it in the failure."""
    start = time.perf_counter()
    try:
        yield
    except (Failure, OSError) as error:
        show_line("✗", name, time.perf_counter() - start)
        raise Failure(f"{name} failed.\n{error}") from None
    show_line("✓", name, time.perf_counter() - start)


def run(
    command: Sequence[str | Path],
    *,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    timeout: float | None = None,
) -> str:
    """Run a program quietly and return what it printed; a Failure shows all of it."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words,
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=timeout,
        )
    except FileNotFoundError:
        raise Failure(f"There is no program {words[0]!r}.") from None
    except subprocess.TimeoutExpired:
        raise Failure(f"{Path(words[0]).name} did not finish in {timeout:.0f} s.") from None
    if done.returncode:
        output = "\n".join(text.strip() for text in (done.stdout, done.stderr) if text.strip())
        shown = " ".join(Path(words[0]).name if i == 0 else word for i, word in enumerate(words))
        raise Failure(f"$ {shown[:200]}\n{output or f'exit status {done.returncode}'}")
    return done.stdout


def use_utf8() -> None:
    """Print ✓ and × on every console, Windows' code pages included."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")

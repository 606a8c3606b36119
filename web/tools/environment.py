"""The project's own `.venv`, with the pinned requirements.

`enter` is the one thing to call: it makes what is missing and continues in there.
"""

import os
import subprocess
import sys
from pathlib import Path

from web.tools import apt
from web.tools.cache import digest, one_at_a_time
from web.tools.console import Failure, run, say, step
from web.tools.paths import TESTS, VENV, WEB

BUILD = WEB / "requirements.txt"
TEST = TESTS / "requirements.txt"
NODE = WEB / "requirements-node.txt"

PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def enter(requirements: Path) -> None:
    """See that `.venv` has the requirements, and run this very command in it."""
    with one_at_a_time():
        make_venv()
        install(requirements)
    if Path(sys.prefix).resolve() == VENV.resolve():
        return
    command = [str(PYTHON), *sys.argv]
    sys.stdout.flush()
    if os.name == "nt":  # where exec would give the prompt back at once
        sys.exit(subprocess.call(command))
    os.execv(PYTHON, command)


def install(requirements: Path) -> None:
    """Install a file of pinned requirements, unless that has been done."""
    files = [requirements] if requirements != TEST else [TEST, BUILD]
    stamp = VENV / f".installed-{requirements.parent.name}-{requirements.stem}"
    wanted = digest(files)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    with step("Node, from PyPI" if requirements == NODE else "Python packages"):
        pip("install", "--requirement", requirements)
    stamp.write_text(wanted)


def pip(*arguments: str | Path) -> None:
    """Run the `.venv`'s pip quietly."""
    run([PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments, "--quiet"])


def make_venv() -> None:
    """Make `.venv`, also in place of one that is half made or whose Python is gone."""
    made = VENV / ".made"
    if PYTHON.exists() and made.exists():
        return
    say(f"Setting up .venv with Python {sys.version.split()[0]} (once)")
    with step("virtual environment"):
        try:
            import ensurepip  # noqa: F401  (Debian leaves it to a package of its own)
        except ImportError:
            if not apt.can_install():
                raise Failure(
                    "This Python has no venv module: install it "
                    "(on Debian and Ubuntu: sudo apt install python3-venv)."
                ) from None
            apt.install("python3-venv")
        run([sys.executable, "-m", "venv", "--clear", VENV])
        made.touch()

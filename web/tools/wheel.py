"""The `minitorch` wheel, the same for pip and for the page."""

import os
import sys
from pathlib import Path

from web.tools.cache import cached
from web.tools.console import run
from web.tools.paths import ROOT

# flit writes this date on every file, so that the same sources give the same wheel.
_FIXED_DATE = "1577836800"


def build() -> Path:
    """Build the wheel; return the folder that holds it."""
    sources = [ROOT / name for name in ("minitorch", "pyproject.toml", "LICENSE", "README.md")]
    return cached("minitorch wheel", [*sources, Path(__file__)], _make)


def _make(output: Path) -> None:
    # Called as pip would call it, without the environment that pip would first download.
    call = f"from flit_core.buildapi import build_wheel; build_wheel({os.fspath(output)!r})"
    run([sys.executable, "-c", call], env={"SOURCE_DATE_EPOCH": _FIXED_DATE})

"""Python compiled in advance: it runs from an archive, with its sources or without."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from web.tools import pyc

SOURCES = {
    "thing/__init__.py": "from thing.inner import fail\nNAME = __name__\n",
    "thing/inner.py": "def fail():\n    raise ValueError('here')\n",
    "thing/data.txt": "data",
}


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    path = tmp_path / "sources.zip"
    with ZipFile(path, "w") as archive:
        for name, text in SOURCES.items():
            archive.writestr(name, text)
    return path


def run_with(archive: Path, program: str) -> subprocess.CompletedProcess[str]:
    """Run a program that can import what is in an archive."""
    lines = f"import sys; sys.path.insert(0, {str(archive)!r})\n{program}"
    return subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True)


def test_bytecode_alone_runs(sources: Path, tmp_path: Path) -> None:
    made = tmp_path / "made.zip"
    pyc.compile_archive(str(sources), str(made), str(made), to_be_read="")
    with ZipFile(made) as archive:
        names = archive.namelist()
    assert names == ["thing/__init__.pyc", "thing/inner.pyc", "thing/data.txt"]
    assert run_with(made, "import thing; print(thing.NAME)").stdout == "thing\n"


def test_with_its_sources_one_can_read_them(sources: Path, tmp_path: Path) -> None:
    made = tmp_path / "made.zip"
    pyc.compile_archive(str(sources), str(made), str(made), to_be_read="thing")
    done = run_with(made, "import inspect, thing; print(inspect.getsource(thing.fail))")
    assert "raise ValueError('here')" in done.stdout


def test_what_nobody_reads_has_neither_sources_nor_docstrings(tmp_path: Path) -> None:
    sources, made = tmp_path / "sources.zip", tmp_path / "made.zip"
    with ZipFile(sources, "w") as archive:
        archive.writestr("read.py", "")
        archive.writestr("shown/__init__.py", "'Said.'\n")
        archive.writestr("inside/__init__.py", "'Not said.'\n")
    pyc.compile_archive(str(sources), str(made), str(made), to_be_read="shown")
    with ZipFile(made) as archive:
        names = archive.namelist()
    assert names == ["read.pyc", "shown/__init__.pyc", "shown/__init__.py", "inside/__init__.pyc"]
    program = "import inside, shown; print(shown.__doc__, inside.__doc__)"
    assert run_with(made, program).stdout == "Said. None\n"


def test_the_same_sources_give_the_same_bytes(sources: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    for made in (first, second):
        pyc.compile_archive(str(sources), str(made), "/lib/thing.zip", to_be_read="thing")
    assert first.read_bytes() == second.read_bytes()

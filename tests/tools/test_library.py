"""The standard library in two parts: the first is enough to be ready, both are the whole."""

import sys
import zipfile
from pathlib import Path

import pytest

from web.bridge import arriving
from web.tools import hashed, library, runtime
from web.tools.paths import WEB

SOURCES = {"json/__init__.py": "", "json/tool.py": "A = 1", "late.py": "import json.tool\nB = 2"}


@pytest.fixture
def parts(tmp_path: Path) -> tuple[Path, Path]:
    """Cut a library of three modules, of which one is needed."""
    whole = tmp_path / "whole.zip"
    with zipfile.ZipFile(whole, "w") as made:
        made.writestr("json/", "")
        for name, text in SOURCES.items():
            made.writestr(f"{name}c", text)
        made.writestr("data.txt", "not a module")
    first, rest = tmp_path / "first.zip", tmp_path / "rest.bin"
    library.cut(whole, {"json"}, first, rest)
    return first, rest


def test_the_first_part_is_an_archive_that_says_what_comes(parts: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(parts[0]) as first:
        assert first.namelist() == ["json/__init__.pyc", library.LISTED]
        assert first.read(library.LISTED).decode().split() == ["json.tool", "late"]


def test_both_parts_are_one_archive_with_all_that_was_given(parts: tuple[Path, Path]) -> None:
    first, rest = parts
    arriving.Arriving(str(first), bytes, first.write_bytes, "").add(rest.read_bytes())
    with zipfile.ZipFile(first) as whole:
        assert whole.testzip() is None
        found = {name: whole.read(name).decode() for name in whole.namelist()}
    assert found.pop(library.LISTED)
    assert found == {f"{name}c": text for name, text in SOURCES.items()} | {
        "data.txt": "not a module"
    }


def test_an_import_waits_once_and_never_for_what_is_nowhere(parts: tuple[Path, Path]) -> None:
    first, rest = parts
    fetched: list[bytes] = []

    def fetch() -> bytes:
        fetched.append(rest.read_bytes())
        return fetched[-1]

    finder = arriving.Arriving(
        str(first), fetch, first.write_bytes, hashed.integrity(rest.read_bytes())
    )
    assert finder.find_spec("numpy", None) is None
    assert fetched == []
    sys.path.append(str(first))
    try:
        spec = finder.find_spec("late", None)
    finally:
        sys.path.remove(str(first))
    assert spec is not None
    assert str(first) in str(spec.loader)
    assert len(fetched) == 1
    assert finder.find_spec("json.tool", [str(first / "json")]) is None  # it's there: no more waits
    assert len(fetched) == 1


def test_what_does_not_come_or_is_damaged_is_an_import_error(parts: tuple[Path, Path]) -> None:
    first, rest = parts
    before = first.read_bytes()

    def nothing() -> bytes:
        raise OSError

    right = hashed.integrity(rest.read_bytes())
    for fetch in (nothing, lambda: rest.read_bytes()[:-1]):
        finder = arriving.Arriving(str(first), fetch, first.write_bytes, right)
        with pytest.raises(ImportError, match="late is in the part"):
            finder.find_spec("late", None)
        assert first.read_bytes() == before
    # The next import tries again.
    finder = arriving.Arriving(str(first), rest.read_bytes, first.write_bytes, right)
    finder.find_spec("late", None)
    assert first.read_bytes() != before


def test_what_is_needed_to_be_ready_is_in_the_first_part() -> None:
    made = library.build()
    with zipfile.ZipFile(made / hashed.only(made, "assets/stdlib-*.wasm")) as first:
        chosen = {library.module_of(name) for name in first.namelist()} - {None}
        listed = set(first.read(library.LISTED).decode().split("\n"))
    with zipfile.ZipFile(runtime.compiled_library()) as whole:
        everything = {library.module_of(name) for name in whole.namelist()} - {None}
    assert chosen | listed == everything
    assert chosen.isdisjoint(listed)
    assert {"asyncio", "traceback", "dataclasses", "encodings.utf_8"} <= chosen
    assert {"argparse", "unittest", "sqlite3", "encodings.cp1252", "turtle"} & listed
    assert len(chosen) < len(everything) / 2


def test_both_ends_mean_the_same_file() -> None:
    assert library.LISTED == arriving._LISTED
    assert arriving._ARCHIVE == runtime._PLACE
    assert f'"{arriving._ARCHIVE}/"' in (WEB / "tools" / "needed.mjs").read_text().replace("'", '"')

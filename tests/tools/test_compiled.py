"""Wheels with bytecode in place of sources."""

import base64
import csv
import hashlib
import io
from pathlib import Path
from zipfile import ZipFile

import pytest

from web.tools import compiled, packages
from web.tools.cache import files_in
from web.tools.paths import WEB


@pytest.fixture(scope="module")
def wheels() -> list[tuple[Path, Path]]:
    """Give each wheel as it was fetched, and compiled."""
    fetched = files_in(packages.download())
    made = compiled.build(fetched)
    return [(path, made / path.name) for path in fetched]


def test_a_wheel_has_all_that_it_had_and_a_true_record(wheels: list[tuple[Path, Path]]) -> None:
    for before, after in wheels:
        compare(before, after)


def compare(before: Path, after: Path) -> None:
    with ZipFile(before) as given, ZipFile(after) as wheel:
        held = {path: wheel.read(path) for path in wheel.namelist()}
        modules = [path for path in given.namelist() if path.endswith(".py")]
        others = {path for path in given.namelist() if not path.endswith(("/", ".py"))}
        assert {path.removesuffix("c") for path in held if ".py" in path[-4:]} == set(modules)
        assert others <= set(held)
        assert all(held[path] == given.read(path) for path in others if "RECORD" not in path)
    (record,) = [path for path in held if path.endswith(".dist-info/RECORD")]
    rows = csv.reader(io.StringIO(held.pop(record).decode()))
    assert {path: (digest, size) for path, digest, size in rows} == {
        record: ("", ""),
        **{path: (hashed(content), str(len(content))) for path, content in held.items()},
    }


def hashed(content: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode()
    return f"sha256={digest.rstrip('=')}"


def test_what_pytest_imports_is_compiled(wheels: list[tuple[Path, Path]]) -> None:
    names = {name for _, wheel in wheels for name in ZipFile(wheel).namelist()}
    imported = {"_pytest/config/__init__", "hypothesis/core", "pygments/lexers/python"}
    assert {f"{name}.pyc" for name in imported} <= names
    sources = [name for name in names if name.endswith(".py")]
    assert all(name.startswith("pygments/lexers/") for name in sources)


def test_they_are_compiled_for_the_place_where_the_worker_has_them() -> None:
    unpacks = (WEB / "src" / "worker" / "packages.ts").read_text(encoding="utf-8")
    assert f'const SITE = "{compiled.PLACE}";' in unpacks

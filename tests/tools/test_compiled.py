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

WHEELS = {path.name: path for path in files_in(packages.download())}


@pytest.fixture(scope="module")
def made() -> Path:
    return compiled.build(list(WHEELS.values()))


@pytest.mark.parametrize("name", WHEELS)
def test_a_wheel_has_all_that_it_had_and_a_true_record(name: str, made: Path) -> None:
    with ZipFile(WHEELS[name]) as given, ZipFile(made / name) as wheel:
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


def test_what_pytest_imports_is_compiled(made: Path) -> None:
    for name in WHEELS:
        with ZipFile(made / name) as wheel:
            sources = [path for path in wheel.namelist() if path.endswith(".py")]
        assert all(path.startswith("pygments/lexers/") for path in sources)

"""Python's standard library for the page: nothing that is left out is missed by the rest."""

import re
from zipfile import ZipFile

import pytest

from web.tools import runtime


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The sources that are kept, by the names of their files."""
    trimmed = tmp_path_factory.mktemp("library") / "trimmed.zip"
    runtime.trim(runtime.LIBRARY, trimmed)
    with ZipFile(trimmed) as archive:
        names = [name for name in archive.namelist() if name.endswith(".py")]
        return {name: archive.read(name).decode() for name in names}


def test_nothing_kept_needs_what_is_left_out(kept: dict[str, str]) -> None:
    with ZipFile(runtime.LIBRARY) as archive:
        gone = [name for name in archive.namelist() if name not in kept and name.endswith(".py")]
    plain = [name.removesuffix(".py").removesuffix("/__init__") for name in gone]
    modules = {name.replace("/", ".") for name in plain}
    assert len(modules) > 20
    # Imports that begin a line: the others wait until they are wanted, or can do without. (The
    # sources are of a newer Python than may run this, so they are not parsed.)
    named = "|".join(map(re.escape, sorted(modules, key=len, reverse=True)))
    needs = re.compile(rf"^(?:import|from)\s+(?:{named})\b", re.MULTILINE)
    found = {name: match[0] for name, text in kept.items() if (match := needs.search(text))}
    assert found == {}

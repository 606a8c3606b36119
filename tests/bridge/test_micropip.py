"""Packages of the site, installed by a learner's program."""

import hashlib
import importlib
import io
import json
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from bridge import micropip


class Wheel(bytes):
    """Bytes as Pyodide hands them over."""

    def to_bytes(self) -> bytes:
        return bytes(self)


def wheel(name: str) -> Wheel:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(f"{name}/__init__.py", f"name = {name!r}\n")
    return Wheel(content.getvalue())


WHEELS = {name: wheel(name) for name in ("first_thing", "second_thing", "broken_thing")}


def entry(name: str, *depends: str) -> dict[str, object]:
    digest = hashlib.sha256(WHEELS[name]).hexdigest() if name != "broken_thing" else "0"
    return {"version": "1.2", "imports": [name], "depends": depends, "sha256": digest}


PACKAGES = {
    "first-thing": entry("first_thing", "second-thing"),
    "second-thing": entry("second_thing", "first-thing"),
    "broken-thing": entry("broken_thing"),
    "packaging": {"version": "26", "imports": ["packaging"], "depends": [], "sha256": ""},
}


@pytest.fixture(autouse=True)
def fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What the worker was asked for."""
    asked: list[str] = []

    def fetch(name: str) -> Wheel:
        asked.append(name)
        return WHEELS[name.replace("-", "_")]

    worker = SimpleNamespace(lock=json.dumps({"packages": PACKAGES}), wheel=fetch)
    monkeypatch.setitem(sys.modules, "worker", worker)
    monkeypatch.setattr("site.getsitepackages", lambda: [str(tmp_path)])
    monkeypatch.syspath_prepend(tmp_path)
    yield asked
    for name in WHEELS:
        sys.modules.pop(name, None)


def install(*given: object) -> None:
    """Without a loop: it waits for nothing, and other tests may have left theirs."""
    with suppress(StopIteration):
        micropip.install(*given).send(None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "asked", ["first-thing", "First_Thing", ["first.thing[extra]"], "first-thing >= 1.0, < 2"]
)
def test_a_package_comes_with_what_it_needs_and_only_once(
    asked: object, fetched: list[str]
) -> None:
    install(asked)
    assert importlib.import_module("first_thing").name == "first_thing"
    assert importlib.import_module("second_thing").name == "second_thing"
    install(asked)
    assert fetched == ["first-thing", "second-thing"]
    assert micropip.list() == {"first-thing": "1.2", "second-thing": "1.2", "packaging": "26"}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("numpy", "The site has broken-thing, first-thing, packaging, second-thing."),
        ("first-thing==2", "The site has first-thing 1.2."),
        ("first-thing of yours", "The site has first-thing 1.2."),
        ("https://example.org/a-1-py3-none-any.whl", "can’t be installed here"),
        (["first-thing", "numpy"], "'numpy' can’t be installed here"),
        ("", "can’t be installed here"),
    ],
)
def test_what_the_site_has_not_is_said_and_nothing_is_fetched(
    asked: object, words: str, fetched: list[str]
) -> None:
    with pytest.raises(ValueError, match="installed here") as refusal:
        install(asked)
    assert words in str(refusal.value)
    assert fetched == []


def test_what_has_another_hash_is_not_installed(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="broken-thing could not be fetched whole"):
        install("broken-thing")
    assert not (tmp_path / "broken_thing").exists()

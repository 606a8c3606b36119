"""What others wrote: every package is pinned, with a hash of what is fetched."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from web.tools import node
from web.tools.paths import ROOT, TESTS, WEB

REQUIREMENTS = sorted([*WEB.glob("requirements*.txt"), *TESTS.glob("requirements*.txt")])
PACKAGE_FOLDERS = [WEB, TESTS / "bench" / "lighthouse"]
# What the site hands out may be handed on by anybody, whatever they do with it.
LICENCES = {"MIT", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "MPL-2.0"}

PINNED = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[\w.]+)(?: ?;[^\\]*)?")
HASHED = re.compile(rf"{PINNED.pattern}(?:\s+--hash=sha256:[0-9a-f]{{64}})+")


def requirements(path: Path) -> list[str]:
    """The lines of a requirements file, each on one line and without comments."""
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = (re.sub(r"(^|\s)#.*", "", line).strip() for line in text.splitlines())
    return [line for line in lines if line]


def pins(lines: list[str]) -> set[tuple[str, str]]:
    found = [PINNED.match(line) for line in lines]
    return {(re.sub(r"[._-]+", "-", m["name"]).lower(), m["version"]) for m in found if m}


def wanted(path: Path) -> list[str]:
    """The lines of a `.in` file and of those that it includes."""
    lines = []
    for line in requirements(path):
        included = line.removeprefix("-r ")
        lines += [line] if included == line else wanted(path.parent / included)
    return lines


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_python_packages_are_pinned_with_hashes(path: Path) -> None:
    lines = requirements(path)
    assert lines
    assert [line[:60] for line in lines if not HASHED.fullmatch(line)] == []


@pytest.mark.parametrize(
    "path", [path for path in REQUIREMENTS if path.with_suffix(".in").exists()], ids=str
)
def test_hashes_are_those_of_what_is_wanted(path: Path) -> None:
    lines = wanted(path.with_suffix(".in"))
    assert [line for line in lines if not PINNED.fullmatch(line)] == []
    assert pins(requirements(path)) == pins(lines)


def locked(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
    return {name: entry for name, entry in read["packages"].items() if name}


@pytest.mark.parametrize("folder", PACKAGE_FOLDERS, ids=lambda folder: folder.name)
def test_npm_packages_are_pinned_with_hashes(folder: Path) -> None:
    asked = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    versions = {**asked.get("dependencies", {}), **asked.get("devDependencies", {})}
    assert [v for v in versions.values() if not re.fullmatch(r"\d+\.\d+\.\d+", v)] == []
    entries = locked(folder)
    assert {
        name for name, e in entries.items() if not e.get("integrity", "").startswith("sha512-")
    } == set()
    # Where a package comes from is the registry's business, and the hash says that it is the one.
    assert {name for name, e in entries.items() if "resolved" in e or e.get("link")} == set()


def test_npm_packages_run_nothing_when_they_are_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []
    for name in ("package.json", "package-lock.json"):
        (tmp_path / name).write_text("{}")
    (tmp_path / "node_modules").mkdir()
    monkeypatch.setattr(node, "run", lambda command, **_: commands.append(command) or "v24.0.0")
    node.install_packages(tmp_path)
    (install,) = [command for command in commands if "ci" in command]
    assert "--ignore-scripts" in install


def test_the_site_may_hand_out_what_it_is_made_of() -> None:
    handed_out = {name: e for name, e in locked(WEB).items() if not e.get("dev")}
    assert handed_out
    assert {
        n: e.get("license") for n, e in handed_out.items() if e.get("license") not in LICENCES
    } == {}

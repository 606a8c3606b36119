"""A `pyodide-lock.json` of given wheels."""

import hashlib
from collections.abc import Mapping
from email.message import Message
from email.parser import Parser
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from web.tools.console import Failure

Entry = dict[str, Any]


def lock_file(places: Mapping[Path, str], info: Mapping[str, str]) -> dict[str, Any]:
    """List wheels, each with the address it has relative to the lock.

    `info` is that of Pyodide's own lock: which Python and which ABI it is for.
    """
    needs: dict[str, list[Requirement]] = {}
    packages: dict[str, Entry] = {}
    for path, place in places.items():
        with ZipFile(path) as archive:
            metadata = _metadata(archive)
            imports = _top_level_modules(archive)
        name = canonicalize_name(metadata["Name"])
        needs[name] = _requirements(metadata, info["python"])
        packages[name] = {
            "name": name,
            "version": metadata["Version"],
            "file_name": place,
            "install_dir": "site",
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "package_type": "package",
            "imports": imports,
            "depends": sorted(canonicalize_name(need.name) for need in needs[name]),
        }
    _check_complete(packages, needs)
    return {"info": dict(info), "packages": packages}


def _metadata(archive: ZipFile) -> Message:
    name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    return Parser().parsestr(archive.read(name).decode())


def _top_level_modules(archive: ZipFile) -> list[str]:
    """Name what can be imported: the packages and the single modules of a wheel."""
    code = [name for name in archive.namelist() if name.endswith((".py", ".pyc"))]
    tops = {name.split("/")[0].partition(".")[0] for name in code}
    return sorted(top for top in tops if "-" not in top)


def _requirements(metadata: Message, python: str) -> list[Requirement]:
    """Give what a package needs in the page: no extras, this Python, no real system."""
    environment = {
        "extra": "",
        "implementation_name": "cpython",
        "os_name": "posix",
        "platform_machine": "wasm32",
        "platform_python_implementation": "CPython",
        "platform_system": "Emscripten",
        "python_full_version": python,
        "python_version": ".".join(python.split(".")[:2]),
        "sys_platform": "emscripten",
    }
    needs = [Requirement(text) for text in metadata.get_all("Requires-Dist", [])]
    return [need for need in needs if not need.marker or need.marker.evaluate(environment)]


def _check_complete(packages: Mapping[str, Entry], needs: Mapping[str, list[Requirement]]) -> None:
    """Find at build time what would otherwise fail in someone's browser."""
    for name, requirements in needs.items():
        for need in requirements:
            found = packages.get(canonicalize_name(need.name))
            if found is None:
                raise Failure(f"{name} needs {need}, which web/requirements-page.txt leaves out.")
            if not need.specifier.contains(found["version"], prereleases=True):
                raise Failure(f"{name} needs {need}, but the page has {found['version']}.")

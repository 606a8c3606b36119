"""`micropip` as programs in the page have it: it installs what the site itself has.

The packages are those of the site's own lock file, each checked against its hash there. Python has
no network here, and so the real micropip, which asks PyPI for all else, could not work.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from typing import Any

__all__ = ["install", "list"]

_NAME = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*(.*?)\s*", re.DOTALL)


async def install(requirements: str | Iterable[str], *_: Any, **__: Any) -> None:
    """Install packages that the site has, with what they need; what is here already stays.

    Args:
        requirements: a name such as "hypothesis", with a version if you like, or several.
        _: other arguments of micropip's, which make no difference here.
        __: the same, by name.

    Raises:
        ValueError: the site hasn't got a package, or not in this version.
        OSError: a package could not be fetched.
    """
    names = [requirements] if isinstance(requirements, str) else [*requirements]
    for name in [_find(str(one)) for one in names]:
        _bring(name)


def list() -> dict[str, str]:
    """The versions of the site's packages that are installed."""
    return {name: entry["version"] for name, entry in _packages().items() if _is_here(entry)}


def _packages() -> dict[str, dict[str, Any]]:
    import json

    import worker

    packages: dict[str, dict[str, Any]] = json.loads(worker.lock)["packages"]
    return packages


def _find(requirement: str) -> str:
    """The name in the lock of what a requirement asks for."""
    packages = _packages()
    parts = _NAME.fullmatch(requirement)
    name = re.sub("[-_.]+", "-", parts[1]).lower() if parts else ""
    if not parts or name not in packages:
        known = ", ".join(sorted(packages))
        raise ValueError(f"{requirement!r} can’t be installed here. The site has {known}.")
    if parts[2] and not _fits(parts[2], packages[name]["version"]):
        version = packages[name]["version"]
        raise ValueError(f"{requirement!r} can’t be installed here. The site has {name} {version}.")
    return name


def _fits(wanted: str, version: str) -> bool:
    _bring("packaging")
    specifiers = importlib.import_module("packaging.specifiers")
    try:
        return bool(specifiers.SpecifierSet(wanted.partition(";")[0]).contains(version))
    except specifiers.InvalidSpecifier:
        return False


def _is_here(entry: dict[str, Any]) -> bool:
    return all(name in sys.modules or find_spec(name) for name in entry["imports"])


def _bring(name: str) -> None:
    packages, needed = _packages(), {name: None}
    for one in (queue := [name]):
        new = [need for need in packages[one]["depends"] if need not in needed]
        needed.update(dict.fromkeys(new))
        queue.extend(new)
    for one in needed:
        if not _is_here(packages[one]):
            _unpack(one, packages[one]["sha256"])
    importlib.invalidate_caches()


def _unpack(name: str, expected: str) -> None:
    import io
    import site
    from hashlib import sha256
    from zipfile import ZipFile

    import worker

    try:
        content = worker.wheel(name).to_bytes()
    except Exception as error:
        raise OSError(f"{name} could not be fetched: {error}") from None
    if sha256(content).hexdigest() != expected:
        raise OSError(f"{name} could not be fetched whole; try it again.")
    with ZipFile(io.BytesIO(content)) as wheel:
        wheel.extractall(site.getsitepackages()[0])

"""Node and npm: the machine's where they are new enough, else Python packages in `.venv`."""

import os
import re
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock

from web.tools import environment
from web.tools.cache import digest
from web.tools.console import Failure, run, step
from web.tools.paths import NODE_MODULES, WEB

_OLDEST = 20
_search = Lock()


def _search_path() -> str:
    """A PATH on which `node` and `npm` are the ones to use."""
    with _search:  # so that tools which start at the same time don't both install Node
        return _find()


@cache
def _find() -> str:
    path = os.environ.get("PATH", "")
    node = shutil.which("node")
    if node and shutil.which("npm") and _major_version(node) >= _OLDEST:
        return path
    environment.install(environment.NODE)
    return os.pathsep.join([str(environment.PYTHON.parent), path])


def _major_version(node: str) -> int:
    try:
        found = re.match(r"v(\d+)\.", run([node, "--version"], timeout=20))
    except Failure:
        return 0
    return int(found[1]) if found else 0


def tool(name: str, *arguments: str | Path, env: Mapping[str, str] | None = None) -> str:
    """Run a program of `web/node_modules`, in `web/`; return what it printed."""
    program = NODE_MODULES / ".bin" / (f"{name}.cmd" if os.name == "nt" else name)
    return run([program, *arguments], cwd=WEB, env={"PATH": _search_path(), **(env or {})})


def execute(*arguments: str | Path) -> str:
    """Run Node; return what it printed."""
    return run([shutil.which("node", path=_search_path()) or "node", *arguments])


def script(name: str | Path, *arguments: str | Path) -> str:
    """Run a script of `web/tools`, or of a full path, with Node; return what it printed."""
    return execute(WEB / "tools" / name, *arguments)


def install_packages(folder: Path = WEB) -> None:
    """Run `npm ci` in a folder, unless its `node_modules` already is what the lock file says."""
    lock = folder / "package-lock.json"
    stamp = folder / NODE_MODULES.name / ".installed"
    wanted = digest([lock, folder / "package.json"])
    if stamp.exists() and stamp.read_text() == wanted:
        return
    with step("npm packages"):
        npm = shutil.which("npm", path=_search_path()) or "npm"
        # What a package would run at its installation is never ours.
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        run([npm, "ci", *quiet], cwd=folder, env={"PATH": _search_path()})
    stamp.write_text(wanted)

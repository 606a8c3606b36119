"""The Python packages that the site offers to Python in the page, and their lock file.

Packages are found through a `pyodide-lock.json`, with a hash of each. Ours lists the packages that
the site serves itself, `minitorch` among them, and no others, so that nothing is ever fetched from
elsewhere.
"""

import json
import shutil
from pathlib import Path

from web.tools import compiled, environment, lock, wheel
from web.tools.cache import cached, files_in
from web.tools.hashed import short_hash
from web.tools.paths import NODE_MODULES, WEB

_LISTED = WEB / "requirements-page.txt"
_PYODIDE_LOCK = NODE_MODULES / "pyodide" / "pyodide-lock.json"


def build() -> Path:
    """Gather the wheels and their lock; return a part of the site."""
    others = compiled.build(files_in(download()))
    wheels = [*files_in(others), *wheel.build().glob("*.whl")]
    tools = [Path(__file__), Path(lock.__file__)]
    return cached(
        "package index",
        [*wheels, _PYODIDE_LOCK, *tools],
        lambda output: _make_index(wheels, output),
    )


def download() -> Path:
    """Fetch the listed wheels; return the folder that holds them."""

    def make(output: Path) -> None:
        info = json.loads(_PYODIDE_LOCK.read_text())["info"]
        python = ".".join(info["python"].split(".")[:2])
        any_system = ["--implementation=py", "--abi=none", "--platform=any"]
        exactly = ["--no-deps", "--only-binary=:all:", "--require-hashes", "--requirement"]
        wanted = [f"--python-version={python}", *any_system, *exactly, str(_LISTED)]
        environment.pip("download", *wanted, "--dest", output)

    return cached("wheels for the page", [_LISTED, Path(__file__)], make)


def _make_index(wheels: list[Path], output: Path) -> None:
    """Put each wheel into a folder named by its hash (its own name has to stay)."""
    folder = output / "packages"
    folder.mkdir()
    places = {}
    for path in wheels:
        place = f"{short_hash(path.read_bytes())}/{path.name}"
        (folder / place).parent.mkdir()
        shutil.copyfile(path, folder / place)
        places[path] = place
    info = json.loads(_PYODIDE_LOCK.read_text())["info"]
    text = json.dumps(lock.lock_file(places, info), indent=1, sort_keys=True)
    (folder / f"lock-{short_hash(text.encode())}.json").write_text(text)

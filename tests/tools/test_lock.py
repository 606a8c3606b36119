"""The lock file through which the page finds the site's packages."""

import hashlib
from pathlib import Path
from zipfile import ZipFile

import pytest

from web.tools.console import Failure
from web.tools.lock import lock_file

INFO = {"abi_version": "2026_0", "arch": "wasm32", "python": "3.14.2"}


def make_wheel(folder: Path, name: str, version: str, files: list[str], *needs: str) -> Path:
    path = folder / f"{name}-{version}-py3-none-any.whl"
    metadata = [f"Name: {name}", f"Version: {version}"]
    metadata += [f"Requires-Dist: {need}" for need in needs]
    with ZipFile(path, "w") as wheel:
        for file in files:
            wheel.writestr(file, "")
        wheel.writestr(f"{name}-{version}.dist-info/METADATA", "\n".join(metadata) + "\n\ntext")
    return path


def test_an_entry_says_what_pyodide_needs(tmp_path: Path) -> None:
    files = ["thing/__init__.py", "thing/deep/x.py", "single.py", "thing-2.dist-info/odd.py"]
    wheel = make_wheel(tmp_path, "A_Thing", "2", files)
    locked = lock_file({wheel: "AAAAAAAA/a.whl"}, INFO)
    assert locked["info"] == INFO
    assert locked["packages"] == {
        "a-thing": {
            "name": "a-thing",
            "version": "2",
            "file_name": "AAAAAAAA/a.whl",
            "install_dir": "site",
            "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
            "package_type": "package",
            "imports": ["single", "thing"],
            "depends": [],
        }
    }


def test_only_what_the_page_needs_is_a_dependency(tmp_path: Path) -> None:
    user = make_wheel(
        tmp_path,
        "user",
        "1",
        ["user.py"],
        "Used.Name>=1",
        'fancy ; extra == "all"',
        'tomli ; python_version < "3.11"',
        'colorama ; sys_platform == "win32"',
        'used-name ; sys_platform == "emscripten"',
    )
    used = make_wheel(tmp_path, "used_name", "1.5", ["used.py"])
    locked = lock_file({user: "user.whl", used: "used.whl"}, INFO)
    assert set(locked["packages"]["user"]["depends"]) == {"used-name"}


@pytest.mark.parametrize(("need", "said"), [("absent", "absent"), ("other>=2", "other>=2.*1.0")])
def test_what_would_fail_in_the_page_fails_here(tmp_path: Path, need: str, said: str) -> None:
    user = make_wheel(tmp_path, "user", "1", ["user.py"], need)
    other = make_wheel(tmp_path, "other", "1.0", ["other.py"])
    with pytest.raises(Failure, match=said):
        lock_file({user: "user.whl", other: "other.whl"}, INFO)

"""The learner's files: laid, replaced, found and named."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge.sandbox.source import DEEPEST
from bridge.workspace import Library, Workspace


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    """One of its own, which leaves Python's paths and modules as they were."""
    path, finders, modules = sys.path[:], sys.meta_path[:], sys.modules.copy()
    yield Workspace()
    sys.path[:], sys.meta_path[:] = path, finders
    sys.modules.update(modules)


def laid(workspace: Workspace) -> dict[str, str]:
    folder = workspace.folder
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_folder_has_the_files_and_no_others(workspace: Workspace) -> None:
    for files in (
        {"a.py": "one", "sub/b.py": "two"},
        {"a.py": "three", "c.py": ""},
        {},
        {"sub/deeper/d.txt": "four"},
    ):
        workspace.lay(files)
        assert laid(workspace) == files


def test_what_is_the_same_is_not_written_again(workspace: Workspace) -> None:
    workspace.lay({"a.py": "one", "b.py": "one"})
    (workspace.folder / "a.py").write_text("touched", encoding="utf-8")
    workspace.lay({"a.py": "one", "b.py": "two"})
    assert laid(workspace) == {"a.py": "touched", "b.py": "two"}


def test_text_that_no_file_can_hold_is_made_readable(workspace: Workspace) -> None:
    workspace.lay({"a.py": "x = '\ud800\0'"})
    assert laid(workspace) == {"a.py": "x = '\ufffd\ufffd'"}


@pytest.mark.parametrize("name", ["../a.py", "/a.py", "sub/../../a.py"])
def test_a_path_that_leads_out_is_refused_and_nothing_is_changed(
    workspace: Workspace, name: str
) -> None:
    workspace.lay({"b.py": "before"})
    with pytest.raises(ValueError, match="leads out of the folder"):
        workspace.lay({"b.py": "after", name: "outside"})
    assert laid(workspace) == {"b.py": "before"}


def test_a_program_too_deep_for_the_parser_says_so_itself(workspace: Workspace) -> None:
    workspace.lay({"a.py": "\n\nx = " + "-" * (DEEPEST + 100) + "1", "a.txt": "-" * 9_999})
    path = workspace.folder / "a.py"
    program = compile(path.read_text(encoding="utf-8"), path, "exec")
    with pytest.raises(SyntaxError, match="too deeply nested") as caught:
        exec(program, {"__file__": str(path)})
    assert (caught.value.filename, caught.value.lineno) == (str(path), 3)
    assert laid(workspace)["a.txt"] == "-" * 9_999


def test_the_library_is_theirs_if_they_have_the_package(workspace: Workspace) -> None:
    package = {"minitorch/__init__.py": "", "minitorch/scalar.py": "x = 1"}
    versions = []
    for files in (
        {"test_a.py": ""},
        {"minitorch/scalar.py": "x = 1"},  # which is no package
        package,
        {**package, "tests/test_a.py": "new"},
        {**package, "minitorch/scalar.py": "x = 2"},
        package,
    ):
        workspace.lay(files)
        versions.append(workspace.library)
    none, loose, first, with_tests, changed, again = versions
    assert (none, loose) == (None, None)
    assert isinstance(first, Library)
    assert first.name == "Yours"
    assert first == with_tests == again
    assert first != changed


def test_it_knows_its_files_by_the_learners_names(workspace: Workspace) -> None:
    assert not workspace.holds("/anything.py")
    workspace.lay({"minitorch/scalar.py": ""})
    file = str(workspace.folder / "minitorch" / "scalar.py")
    assert workspace.holds(file)
    assert workspace.name_of(file) == "minitorch/scalar.py"
    assert not any(map(workspace.holds, (None, "", __file__, f"{workspace.folder}2/a.py", "a.py")))
    assert workspace.with_names(f'File "{file}", line 3') == 'File "minitorch/scalar.py", line 3'


def test_their_folder_comes_before_ours_and_after_pythons(workspace: Workspace) -> None:
    workspace.lay({"a.py": ""})
    workspace.lay({"b.py": ""})
    places = [str(Path(place).resolve()) for place in sys.path if place]
    folder, ours = str(workspace.folder), str(Path(__file__).parents[2])
    assert places.count(folder) == 1
    assert places.index(folder) < places.index(ours)

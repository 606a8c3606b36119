"""The course's project from its skeleton to its end, task by task."""

import ast
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from projects import Files, Runner, file_of_tests, mark, write
from variants import of_another_edition

from web.tools import blanks, cache, content
from web.tools.paths import ROOT

TASKS = content.task_ids()
BEFORE = dict(zip(TASKS, ["", *TASKS], strict=False))


def at_stage(task: str) -> Files:
    """The project with this task solved, and those before it; the skeleton for none."""
    return content.project(content.up_to(task) if task else ())


def test_there_are_the_five_tasks() -> None:
    assert TASKS == ["1.1", "1.2", "1.3", "1.4", "1.5"]


def test_the_skeleton_imports_and_says_what_is_missing(tmp_path: Path) -> None:
    write(at_stage(""), tmp_path)
    program = "import minitorch, project.run_scalar\nminitorch.central_difference(abs, 1.0)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, encoding="utf-8"
    )
    assert done.stderr.endswith("NotImplementedError: Need to implement for Task 1.1\n")


@pytest.mark.parametrize("task", TASKS)
def test_a_task_s_tests_fail_before_it_and_pass_after(
    task: str, runner: Runner, tmp_path: Path
) -> None:
    files = at_stage(BEFORE[task])
    before = runner.run(write(files, tmp_path / "before"), file_of_tests(task))
    assert before.status == 1
    missing = f"Need to implement for Task {task}"
    assert all(missing in failure["text"] for failure in before.failures)
    assert len(before.failures) > len(before.outcomes) / 2
    after = runner.run(write(at_stage(task), tmp_path / "after"), file_of_tests(task))
    assert after.status == 0, after.text
    assert after.outcomes.keys() == before.outcomes.keys()
    for path, line in empty_lines(files, task):
        if f'{path}", line {line}, in ' not in before.text:  # hidden behind another blank
            one = with_one_empty(at_stage(task), files, path, line)
            outcome = runner.run(write(one, tmp_path / f"{line}"), file_of_tests(task), "-x")
            assert outcome.status == 1, f"nothing fails without line {line} of {path}"


def empty_lines(files: Files, task: str) -> list[tuple[str, int]]:
    """Where the blanks of a task are, each a line of its file."""
    return [
        (path, number)
        for path, text in files.items()
        for number, line in enumerate(text.splitlines(), 1)
        if path.endswith(".py") and f'("Need to implement for Task {task}")' in line
    ]


def with_one_empty(whole: Files, skeleton: Files, path: str, line: int) -> Files:
    """The project with the function empty that has its blank in this line of the skeleton."""
    ((name, node),) = [
        (name, node)
        for name, node in blanks.definitions(skeleton[path]).items()
        if isinstance(node, ast.FunctionDef) and node.lineno < line <= (node.end_lineno or 0)
    ]
    lines = whole[path].splitlines()
    place = blanks.lines_of(blanks.definitions(whole[path])[name])
    lines[place] = skeleton[path].splitlines()[blanks.lines_of(node)]
    return {**whole, path: "\n".join(lines) + "\n"}


def test_what_module_0_left_behind_works(runner: Runner, tmp_path: Path) -> None:
    outcome = runner.run(write(at_stage(""), tmp_path), "-m", "module0")
    assert outcome.status == 0, outcome.text
    assert len(outcome.outcomes) > 20


# -------------------------------------------------------------------------------- the download


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache, "CACHE", tmp_path_factory.mktemp("cache"))
        return content.build()


def test_the_download_is_the_same_each_time(built: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.zip"
    content.pack(content.project(()), again)
    assert again.read_bytes() == (built / "course" / "minitorch-module-1.zip").read_bytes()


def unpacked(archive: Path, folder: Path) -> Path:
    with ZipFile(archive) as packed:
        packed.extractall(folder)
    (project,) = folder.iterdir()
    return project


def pytest_in(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run pytest as somebody would who has unpacked the project there."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
    )


def test_the_download_works_where_it_is_unpacked(built: Path, tmp_path: Path) -> None:
    folder = unpacked(built / "course" / "minitorch-module-1.zip", tmp_path / "somewhere")
    assert ROOT not in folder.parents
    done = pytest_in(folder, "-m", mark("1.1"))
    assert done.returncode == 1
    assert "Need to implement for Task 1.1" in done.stdout
    own = of_another_edition()
    write({path: own[path] for path in own if path.startswith("minitorch/")}, folder)
    done = pytest_in(folder, "-m", mark("1.2"))
    assert done.returncode == 0, done.stdout
    assert " passed, " in done.stdout

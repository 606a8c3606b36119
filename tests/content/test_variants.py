"""The tests accept any correct solution, and nothing in one is taken for a mistake."""

from collections.abc import Callable
from pathlib import Path

import pytest
from projects import Files, Runner, solved, write
from test_editions import fast_files
from variants import VARIANTS

from web.tools import content

SOLUTIONS = [solved, fast_files, *VARIANTS]


@pytest.mark.parametrize("make", VARIANTS, ids=lambda make: make.__name__)
def test_a_correct_solution_passes(
    make: Callable[[], Files], runner: Runner, tmp_path: Path
) -> None:
    """By the tests of all tasks that are about a file it has written in its own way."""
    files, textbook = make(), solved()
    changed = {path for path in files if files[path] != textbook[path]}
    tests = [
        test
        for task in map(content.task, content.task_folders())
        if changed & {"minitorch/__init__.py", *task["files"]}
        for test in task["tests"]
    ]
    outcome = runner.run(write(files, tmp_path), *tests, examples=4)
    assert outcome.status == 0, outcome.text


@pytest.mark.parametrize("make", SOLUTIONS, ids=lambda make: make.__name__)
def test_nothing_in_a_correct_solution_is_called_a_mistake(
    make: Callable[[], Files], runner: Runner, tmp_path: Path
) -> None:
    folder = write(make(), tmp_path)
    found = {task: runner.mistakes(folder, task) for task in content.task_ids()}
    assert found == {task: [] for task in content.task_ids()}

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
    tasks = " or ".join(f"task{task.replace('.', '_')}" for task in content.task_ids())
    outcome = runner.run(write(make(), tmp_path), "-m", tasks)
    assert outcome.status == 0, outcome.text


@pytest.mark.parametrize("make", SOLUTIONS, ids=lambda make: make.__name__)
def test_nothing_in_a_correct_solution_is_called_a_mistake(
    make: Callable[[], Files], runner: Runner, tmp_path: Path
) -> None:
    folder = write(make(), tmp_path)
    found = {task: runner.mistakes(folder, task) for task in content.task_ids()}
    assert found == {task: [] for task in content.task_ids()}

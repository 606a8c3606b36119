"""Every wrong answer fails its task's tests, and gets its message and no other."""

import ast
from pathlib import Path

import pytest
from projects import Runner, replaced, solved, tests_of, write

from web.tools import content

WRONG = sorted(content.TASKS.glob("*/wrong/*.py"))


def task_of(path: Path) -> str:
    return path.parts[-3].replace("_", ".")


def mistake_of(path: Path) -> str:
    """The mistake that a wrong answer makes; several may make the same one, in their own ways."""
    return path.stem.partition("-")[0]


@pytest.mark.parametrize("path", WRONG, ids=lambda path: f"{task_of(path)}-{path.stem}")
def test_a_wrong_answer_gets_its_message(path: Path, runner: Runner, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    file = ast.get_docstring(ast.parse(text)) or ""
    task, folder = task_of(path), write(replaced(solved(), file, text), tmp_path)
    outcome = runner.run(folder, tests_of(task), "-x", task=task)
    assert outcome.status == 1, "the tests let it pass" if outcome.status == 0 else outcome.text
    assert [mistake["name"] for mistake in outcome.mistakes] == [mistake_of(path)]


@pytest.mark.parametrize("folder", content.task_folders(), ids=lambda folder: folder.name)
def test_every_mistake_has_a_wrong_answer(folder: Path) -> None:
    recognised = {mistake["name"] for mistake in content.mistakes(folder)}
    assert recognised == {mistake_of(path) for path in WRONG if folder in path.parents}
    assert len(recognised) >= 4

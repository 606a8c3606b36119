"""Every wrong answer fails its task's tests, and gets its message and no other."""

from concurrent.futures import Future
from pathlib import Path

import pytest
from wrong_answers import PATHS, Verdict, mistake_of, task_of

from web.tools import content


@pytest.mark.parametrize("wrong_answer", PATHS, ids=lambda path: f"{task_of(path)}-{path.stem}")
def test_a_wrong_answer_gets_its_message(
    wrong_answer: Path, verdicts: dict[Path, Future[Verdict]]
) -> None:
    verdict = verdicts[wrong_answer].result()
    assert verdict.outcome.status != 0, "the tests let it pass"
    assert verdict.outcome.status == 1, verdict.outcome.text
    assert verdict.mistakes == [mistake_of(wrong_answer)]


@pytest.mark.parametrize("folder", content.task_folders(), ids=lambda folder: folder.name)
def test_every_mistake_has_a_wrong_answer(folder: Path) -> None:
    recognised = {mistake["name"] for mistake in content.mistakes(folder)}
    assert recognised == {mistake_of(path) for path in PATHS if folder in path.parents}
    assert len(recognised) >= 4

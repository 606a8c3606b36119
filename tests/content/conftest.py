from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from projects import Runner, file_of_tests
from wrong_answers import Verdict, judge, lay, task_of


@pytest.fixture(scope="session")
def runner() -> Iterator[Runner]:
    with Runner() as started:
        yield started


@pytest.fixture(scope="session", autouse=True)
def verdicts(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[Path, Future[Verdict]]]:
    """What comes of the wrong answers that are to be tested, worked out beside other tests."""
    wanted = [
        item.callspec.params["wrong_answer"]
        for item in request.session.items
        if isinstance(item, pytest.Function) and "wrong_answer" in item.fixturenames
    ]
    with Runner() as beside, ThreadPoolExecutor(1) as pool:
        folder = tmp_path_factory.mktemp("wrong")
        laid = {path: lay(path, folder / f"{i}") for i, path in enumerate(wanted)}
        tests = {path: file_of_tests(task_of(path)) for path in laid}
        yield {
            path: pool.submit(judge, task_of(path), tests[path], beside, place)
            for path, place in laid.items()
        }
        pool.shutdown(cancel_futures=True)

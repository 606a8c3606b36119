from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from projects import Runner
from wrong_answers import Verdict, judge


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
        yield {
            path: pool.submit(judge, path, beside, folder / f"{i}") for i, path in enumerate(wanted)
        }
        pool.shutdown(cancel_futures=True)

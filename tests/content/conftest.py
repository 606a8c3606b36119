from collections.abc import Iterator

import pytest
from projects import Runner


@pytest.fixture(scope="session")
def runner() -> Iterator[Runner]:
    started = Runner.start()
    yield started
    started.stop()

"""Stop: heard where the learner's code runs, and nowhere else."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator

import pytest

from bridge.sandbox import stack, stopping
from bridge.sandbox.guard import Guard
from bridge.sandbox.output import Output


@pytest.fixture(autouse=True)
def _handler() -> Iterator[None]:
    before = signal.getsignal(signal.SIGINT)
    stopping.listen()
    yield
    signal.signal(signal.SIGINT, before)


def test_outside_a_guard_it_is_not_heard() -> None:
    signal.raise_signal(signal.SIGINT)
    assert not stopping.STOP.heard


def test_within_a_guard_it_ends_what_runs() -> None:
    reached = []
    with Guard(Output()) as guard:
        reached.append("before")
        signal.raise_signal(signal.SIGINT)
        reached.append("after")
    assert reached == ["before"]
    assert isinstance(guard.error, KeyboardInterrupt)
    assert not stopping.STOP.heard


def test_the_end_of_a_guard_is_not_interrupted() -> None:
    with Guard(Output()) as guard:
        pass
    frame = sys._getframe()
    stopping.STOP.heard = True
    try:
        deaf, stopping.STOP.deaf = stopping.STOP.deaf, frame.f_code
        stopping._interrupt(signal.SIGINT, frame)  # as if it were the guard's own frame
    finally:
        stopping.STOP.heard, stopping.STOP.deaf = False, deaf
    assert guard.error is None
    assert stopping.STOP.deaf is Guard.__exit__.__code__


def test_listening_gives_back_who_listened_before() -> None:
    def mine(*_: object) -> None: ...

    signal.signal(signal.SIGINT, mine)
    assert stopping.listen() is mine
    assert signal.getsignal(signal.SIGINT) is stopping._interrupt


def test_sleep_is_as_long_as_it_was_and_in_slices() -> None:
    slices: list[float] = []

    def sleep(seconds: float) -> None:
        slices.append(seconds)
        time.sleep(seconds)

    start = time.monotonic()
    stopping._sleep(0.03, sleep)
    assert 0.03 <= time.monotonic() - start < 1
    assert max(slices) <= stopping._SLICE
    with pytest.raises(ValueError, match="non-negative"):
        stopping._sleep(-1)
    stopping._sleep(0, sleep)
    assert slices[-1] == 0


def test_natively_python_knows_its_own_stack() -> None:
    stack.limit()
    stack.unlimit()
    assert stack._functions.cache_info().currsize == 0

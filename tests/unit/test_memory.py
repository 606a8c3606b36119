"""Freeing in turn, which only the page needs: tried here on a class that stands for a history."""

import sys
from typing import Any

import pytest

from minitorch import memory

DEPTH = 300


class Witness:
    """Notes how deep the stack is when it is freed."""

    def __init__(self, depths: list[int]) -> None:
        self.depths = depths

    def __del__(self) -> None:
        frame, depth = sys._getframe(), 0
        while frame.f_back is not None:
            frame, depth = frame.f_back, depth + 1
        self.depths.append(depth)


def depths_of_freeing() -> list[int]:
    """The depths of the stack at which the histories of a chain are freed."""
    depths: list[int] = []

    class History:
        def __init__(self, *inputs: Any) -> None:
            self.inputs = (*inputs, Witness(depths))

    memory.free_in_turn(History)
    chain = History()
    for _ in range(DEPTH):
        chain = History(chain)
    del chain
    return depths


def test_in_the_page_no_freeing_is_inside_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "emscripten")
    depths = depths_of_freeing()
    assert len(depths) == DEPTH + 1, "all of it is freed"
    assert max(depths) - min(depths) <= 2
    assert memory._waiting == []


def test_a_finaliser_is_there_only_where_it_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    class History:
        inputs = ()

    monkeypatch.setattr(sys, "platform", "linux")
    memory.free_in_turn(History)
    assert not hasattr(History, "__del__")
    monkeypatch.setattr(sys, "platform", "emscripten")
    memory.free_in_turn(History)
    assert hasattr(History, "__del__")

"""A boundary that takes longer than a slice is drawn in many, and the worker listens in between."""

from __future__ import annotations

import math
from typing import Any

import pytest

from bridge.training import engines
from bridge.training.boundary import Boundary
from bridge.training.session import Session, TrainingUpdate

SETTINGS: dict[str, Any] = {
    "dataset": "Xor",
    "points": 20,
    "hidden": 3,
    "rate": 0.5,
    "seed": 4,
    "engine": "eager",
}


class Counted:
    """A session on which each point takes long, and that counts those that are computed.

    Attributes:
        session: the session.
        points: how many points were computed, call by call.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(engines, "PLANE_SECONDS", 0.0)  # as coarse as may be
        monkeypatch.setattr(engines, "STEP_SECONDS", 0.0)  # no two of them are computed at once
        self.session = Session(SETTINGS)
        self.points: list[int] = []
        run_many = self.session.trainer.run_many
        monkeypatch.setattr(
            self.session.trainer,
            "run_many",
            lambda xs: self.points.append(len(xs)) or run_many(xs),
        )

    def advance(self, draw: bool = True) -> TrainingUpdate:
        """One slice as short as can be."""
        return self.session.advance(10**6, 0.0, draw)

    def until_it_ends(self) -> list[TrainingUpdate]:
        """The updates of the run, one for each slice."""
        told = [self.advance()]
        while not (told[-1].finished or told[-1].problem):
            before = len(self.points)
            told.append(self.advance())
            assert sum(self.points[before:]) <= 1, "one slice computes many points"
            assert len(told) < 10_000, "there is no end to it"
        return told


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Counted:
    return Counted(monkeypatch)


def test_opening_comes_back_before_a_boundary_that_takes_long(slow: Counted) -> None:
    update = slow.session.opened(0.0).update
    assert (update.boundary, update.drawing) == (None, 0.0)
    parts = []
    while (update := slow.session.state(draw=True, seconds=0.0)).drawing is not None:
        parts.append(update.drawing)
        assert len(parts) < 10_000, "there is no end to it"
    assert parts == sorted(parts)
    assert parts[-1] == 1.0
    assert len(parts) > 200
    at_once = Session(SETTINGS).state(draw=True).boundary
    assert update.boundary is not None
    assert at_once is not None
    assert (update.boundary.values, update.boundary.outputs) == (at_once.values, at_once.outputs)


def test_the_last_update_is_the_one_that_has_the_boundary(slow: Counted) -> None:
    slow.session.start(1)
    told = slow.until_it_ends()
    assert [update.boundary is not None for update in told] == [update.finished for update in told]
    assert sum(len(update.records["loss"]) for update in told) == 1
    assert told[-1].boundary is not None
    assert told[-1].boundary.epoch == told[-1].checkpoint.epoch == 1


def test_nothing_is_trained_while_it_is_drawn(slow: Counted) -> None:
    slow.session.start(3)
    for before, after in zip(told := slow.until_it_ends(), told[1:], strict=False):
        if before.drawing is not None:
            assert after.checkpoint == before.checkpoint
            assert after.within == 0


def test_a_state_that_can_not_wait_has_none_and_the_run_goes_on_with_it(slow: Counted) -> None:
    slow.session.start(1)
    while ((update := slow.advance()).drawing or 0.0) < 0.5:
        assert not update.finished, "it was drawn at one go"
    state = slow.session.state(draw=True, seconds=0.0)
    assert state.boundary is None
    slow.session.start(0)
    assert (slow.advance().drawing or 0) > (state.drawing or 1) > 0.5
    assert slow.until_it_ends()[-1].boundary is not None


def test_a_problem_is_told_with_its_boundary_also_where_nothing_is_a_number(
    monkeypatch: pytest.MonkeyPatch, slow: Counted
) -> None:
    def fail(*_: Any) -> None:
        raise ValueError("Log.forward(-2.0): no such logarithm")

    parameters = slow.session.trainer.model.parameters()
    parameters[0].update(type(parameters[0].value)(math.nan))
    monkeypatch.setattr(slow.session._engine.training, "advance", fail)
    slow.session.start(5)
    told = slow.until_it_ends()
    assert [update.problem is not None for update in told] == [False] * (len(told) - 1) + [True]
    assert told[-1].boundary is not None
    assert not told[-1].finished


def test_a_look_elsewhere_is_drawn_in_slices_and_another_one_begins_anew(slow: Counted) -> None:
    session = slow.session
    own = session.state(draw=True)
    slow.points.clear()

    def look(value: str) -> Boundary | None:  # each time with numbers of its own, as they arrive
        return session.look([float(value) for _ in own.checkpoint.parameters], 0.0)

    assert [look("0.0") for _ in range(100)] == [None] * 100
    slices = 1
    while (boundary := look("nan")) is None:
        slices += 1
        assert slices < 1000, "there is no end to it"
    assert slices > 200
    assert max(slow.points) == 1
    assert all(map(math.isnan, boundary.values))
    after = session.state(draw=True)
    assert after.checkpoint == own.checkpoint
    assert after.boundary == own.boundary


def test_a_drawing_that_fails_is_begun_anew(monkeypatch: pytest.MonkeyPatch, slow: Counted) -> None:
    slow.session.state(draw=True, seconds=0.0)
    with monkeypatch.context() as patched:
        patched.setattr(slow.session.trainer, "run_many", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            slow.session.state(draw=True)
    assert slow.session.state(draw=True).boundary is not None

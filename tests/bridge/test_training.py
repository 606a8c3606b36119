"""A run in slices: it stops anywhere, goes on anywhere, and is the library's own run."""

from __future__ import annotations

import math
from typing import Any

import pytest

from bridge.training import BOUNDARY_SIDES, Session, Update
from minitorch import Scalar, ScalarTrain, datasets

SETTINGS: dict[str, Any] = {"dataset": "Xor", "points": 20, "hidden": 3, "rate": 0.5, "seed": 4}


def opened(checkpoint: dict[str, Any] | None = None, **changes: Any) -> Session:
    return Session.open({**SETTINGS, **changes}, checkpoint)


def train(session: Session, epochs: int, slice_: float = 0.01) -> list[Update]:
    session.start(epochs)
    updates = []
    while not updates or not (updates[-1].finished or updates[-1].problem):
        updates.append(session.advance(slice_))
    return updates


def losses(updates: list[Update]) -> list[float]:
    return [record["loss"] for update in updates for record in update.records]


def test_it_is_the_librarys_run() -> None:
    run = ScalarTrain(SETTINGS["hidden"], seed=SETTINGS["seed"])
    data = datasets["Xor"](SETTINGS["points"], seed=SETTINGS["seed"])
    expected = [record.loss for record in run.epochs(data, SETTINGS["rate"], 12)]
    assert losses(train(opened(), 12)) == expected


def test_opening_shows_the_points_and_the_untrained_model() -> None:
    shown = opened().opened()
    assert [len(shown["points"][key]) for key in ("x1", "x2", "label")] == [20, 20, 20]
    update = shown["update"]
    assert (update.records, update.checkpoint.epoch, update.finished) == ([], 0, False)
    assert update.boundary.side in BOUNDARY_SIDES
    assert len(update.boundary.values) == update.boundary.side**2


def test_slices_do_not_matter_and_epochs_are_counted_on() -> None:
    session = opened()
    updates = train(session, 3) + train(session, 4, slice_=0.0001)
    records = [record for update in updates for record in update.records]
    assert [record["epoch"] for record in records] == list(range(1, 8))
    assert losses(updates) == losses(train(opened(), 7))


def test_a_run_goes_on_from_a_checkpoint() -> None:
    session = opened()
    train(session, 5)
    checkpoint = session.state().checkpoint
    elsewhere = opened({"epoch": checkpoint.epoch, "parameters": checkpoint.parameters})
    assert losses(train(elsewhere, 3)) == losses(train(session, 3))
    assert elsewhere.epoch == 8


def test_the_boundary_is_drawn_at_the_end_and_when_asked_for() -> None:
    session = opened()
    assert train(session, 2)[-1].boundary is not None
    assert session.state().boundary is None
    boundary = session.state(draw=True).boundary
    assert boundary is not None
    middle = (boundary.side // 2 + 0.5) / boundary.side
    index = boundary.side // 2 * (boundary.side + 1)
    expected = session.run.run_one((middle, middle)).data
    assert boundary.values[index] == pytest.approx(expected)


def test_a_loss_that_is_not_finite_is_a_problem_and_names_the_epoch() -> None:
    session = opened()
    train(session, 2)
    session.run.model.parameters()[0].update(Scalar(math.nan))
    update = train(session, 5)[-1]
    assert update.problem is not None
    assert (update.problem.kind, update.finished) == ("Diverged", False)
    assert "In epoch 3 the loss became nan" in update.problem.message
    assert train(session, 5)[-1].problem is not None

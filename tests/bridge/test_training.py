"""A run in slices: it stops anywhere, goes on anywhere, and is the library's own run."""

from __future__ import annotations

import math
from typing import Any

import pytest

from bridge.training.engines import SIDES
from bridge.training.session import Session, Update
from minitorch import Scalar, ScalarTrain, datasets

SETTINGS: dict[str, Any] = {
    "dataset": "Xor",
    "points": 20,
    "hidden": 3,
    "rate": 0.5,
    "seed": 4,
    "engine": "eager",
}
MANY = 10**6


def opened(checkpoint: dict[str, Any] | None = None, **changes: Any) -> Session:
    return Session.open({**SETTINGS, **changes}, checkpoint)


def train(session: Session, epochs: int, slice_: float = 0.01, most: int = MANY) -> list[Update]:
    session.start(epochs)
    updates: list[Update] = []
    while not updates or not (updates[-1].finished or updates[-1].problem):
        updates.append(session.advance(slice_, most, draw=True))
    return updates


def losses(updates: list[Update]) -> list[float]:
    return [loss for update in updates for loss in update.records.loss]


@pytest.mark.parametrize("engine", ["eager", "compiled"])
def test_it_is_the_librarys_run(engine: str) -> None:
    run = ScalarTrain(SETTINGS["hidden"], seed=SETTINGS["seed"])
    data = datasets["Xor"](SETTINGS["points"], seed=SETTINGS["seed"])
    expected = [record.loss for record in run.epochs(data, SETTINGS["rate"], 12)]
    updates = train(opened(engine=engine), 12)
    assert losses(updates) == pytest.approx(expected, rel=1e-12)
    assert next(update.ran for update in updates if update.ran).engine == engine


def test_the_engine_can_be_changed_in_the_middle_of_a_run() -> None:
    session = opened()
    train(session, 5)
    checkpoint = session.state().checkpoint
    given = {"epoch": checkpoint.epoch, "parameters": checkpoint.parameters}
    compiled = losses(train(opened(given, engine="compiled"), 5))
    assert compiled == pytest.approx(losses(train(session, 5)), rel=1e-12)


def test_no_more_epochs_at_a_time_than_asked_for() -> None:
    updates = train(opened(engine="compiled"), 20, most=7)
    assert [len(update.records) for update in updates] == [7, 7, 6]


def test_opening_shows_the_points_and_the_untrained_model() -> None:
    shown = opened().opened()
    assert [len(shown["points"][key]) for key in ("x1", "x2", "label")] == [20, 20, 20]
    update = shown["update"]
    assert (len(update.records), update.checkpoint.epoch, update.finished) == (0, 0, False)
    assert update.boundary.side in SIDES
    assert len(update.boundary.values) == update.boundary.side**2


def test_slices_do_not_matter_and_epochs_are_counted_on() -> None:
    session = opened()
    updates = train(session, 3) + train(session, 4, slice_=0.0001)
    epochs = [update.records.first + i for update in updates for i in range(len(update.records))]
    assert epochs == list(range(1, 8))
    assert losses(updates) == losses(train(opened(), 7))


def test_a_run_goes_on_from_a_checkpoint() -> None:
    session = opened()
    train(session, 5)
    checkpoint = session.state().checkpoint
    elsewhere = opened({"epoch": checkpoint.epoch, "parameters": checkpoint.parameters})
    assert losses(train(elsewhere, 3)) == losses(train(session, 3))
    assert elsewhere.epoch == 8


def test_a_checkpoint_of_another_model_is_refused() -> None:
    checkpoint = opened().state().checkpoint
    with pytest.raises(ValueError, match="zip"):
        opened({"epoch": 0, "parameters": checkpoint.parameters}, hidden=4)


def test_a_slice_may_end_in_the_middle_of_an_epoch() -> None:
    session = opened()
    session.start(4)
    for _ in range(5):
        assert len(session.advance(0.0, MANY, draw=True).records) == 0
    assert session.state().checkpoint.epoch == 0
    assert losses(train(session, 4)) == losses(train(opened(), 4))


def test_nothing_is_trained_beyond_the_last_epoch() -> None:
    session = opened()
    train(session, 2)
    again = session.advance(1.0, MANY, draw=True)
    assert (len(again.records), again.checkpoint.epoch, again.finished) == (0, 2, True)


def test_the_seed_is_that_of_the_points_and_of_the_model() -> None:
    assert opened().opened() == opened().opened()
    other = opened(seed=5).opened()
    assert other["points"] != opened().opened()["points"]
    assert other["update"].checkpoint != opened().opened()["update"].checkpoint


@pytest.mark.parametrize(("seconds", "side"), [(0.0, SIDES[-1]), (1e9, SIDES[0])])
def test_the_boundary_is_as_fine_as_time_permits(
    monkeypatch: pytest.MonkeyPatch, seconds: float, side: int
) -> None:
    monkeypatch.setattr("bridge.training.engines.DRAWING_SECONDS", seconds)
    session = opened()
    boundary = session.state(draw=True).boundary
    assert boundary is not None
    assert boundary.side == side
    # Row by row from the bottom.
    for row, column in [(0, 0), (0, side - 1), (side - 1, 0), (side // 3, side // 2)]:
        x = (column + 0.5) / side, (row + 0.5) / side
        expected = session.run.run_one(x).data
        assert boundary.values[row * side + column] == pytest.approx(expected)


def test_the_boundary_is_drawn_at_the_end_and_when_asked_for() -> None:
    session = opened()
    assert train(session, 2)[-1].boundary is not None
    assert session.state().boundary is None
    assert session.state(draw=True).boundary is not None


def test_a_loss_that_is_not_finite_is_a_problem_and_names_the_epoch() -> None:
    session = opened()
    train(session, 2)
    session.run.model.parameters()[0].update(Scalar(math.nan))
    update = train(session, 5)[-1]
    assert update.problem is not None
    assert (update.problem.kind, update.finished) == ("Diverged", False)
    assert "In epoch 3 the loss became nan" in update.problem.message
    assert train(session, 5)[-1].problem is not None

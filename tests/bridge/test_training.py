"""A run in slices: it stops anywhere, goes on anywhere, and is the library's own run."""

from __future__ import annotations

import math
from array import array
from typing import Any

import pytest

from bridge.training import engines
from bridge.training.drawing import Steps
from bridge.training.engines import SIDES, Plane
from bridge.training.session import Session, TrainingUpdate
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
ENGINES = ("eager", "compiled")
both_engines = pytest.mark.parametrize("engine", ENGINES)


def opened(checkpoint: dict[str, Any] | None = None, **changes: Any) -> Session:
    return Session({**SETTINGS, **changes}, checkpoint)


def train(
    session: Session, epochs: int, slice_: float = 0.01, most: int = MANY
) -> list[TrainingUpdate]:
    session.start(epochs)
    updates: list[TrainingUpdate] = []
    while not updates or not (updates[-1].finished or updates[-1].problem):
        updates.append(session.advance(most, slice_, draw=True))
        assert len(updates) < 10_000, "there is no end to it"
    return updates


def column(updates: list[TrainingUpdate], name: str) -> list[float]:
    return [value for update in updates for value in update.records[name]]


def losses(updates: list[TrainingUpdate]) -> list[float]:
    return column(updates, "loss")


def length(update: TrainingUpdate) -> int:
    return len(update.records["loss"])


def kept(session: Session) -> dict[str, Any]:
    """The checkpoint as the page gives it back."""
    checkpoint = session.state().checkpoint
    return {"epoch": checkpoint.epoch, "parameters": checkpoint.parameters}


def judged(session: Session, parameters: Any) -> tuple[float, int]:
    """The loss and the correct of the session's data with these parameters, Scalar by Scalar."""
    run = ScalarTrain(SETTINGS["hidden"], seed=0)
    for parameter, value in zip(run.model.parameters(), parameters, strict=True):
        parameter.update(Scalar(value))
    points = session.opened().points
    loss, correct = 0.0, 0
    for x1, x2, label in zip(points.x1, points.x2, points.label, strict=True):
        probability = run.run_one((x1, x2)).data
        loss -= math.log((probability if label else 1 - probability) + 1e-6)
        correct += (probability > 0.5) == bool(label)
    return loss, correct


# ------------------------------------------------------------------------------------ the run


@both_engines
def test_it_is_the_librarys_run(engine: str) -> None:
    run = ScalarTrain(SETTINGS["hidden"], seed=SETTINGS["seed"])
    data = datasets["Xor"](SETTINGS["points"], seed=SETTINGS["seed"])
    expected = list(run.epochs(data, SETTINGS["rate"], 12))
    updates = train(opened(engine=engine), 12)
    assert losses(updates) == pytest.approx([record.loss for record in expected], rel=1e-12)
    assert column(updates, "correct") == [record.correct for record in expected]
    assert min(column(updates, "seconds")) > 0
    assert next(update.ran for update in updates if update.ran).engine == engine


@both_engines
def test_no_more_epochs_at_a_time_than_asked_for(engine: str) -> None:
    updates = train(opened(engine=engine), 20, slice_=60.0, most=7)
    assert [length(update) for update in updates] == [7, 7, 6]


@both_engines
def test_slices_do_not_matter_and_epochs_are_counted_on(engine: str) -> None:
    session = opened(engine=engine)
    updates = train(session, 3) + train(session, 4, slice_=0.0001)
    epochs = [update.records["first"] + i for update in updates for i in range(length(update))]
    assert epochs == list(range(1, 8))
    assert losses(updates) == losses(train(opened(engine=engine), 7))


def test_a_slice_may_end_in_the_middle_of_an_epoch() -> None:
    session = opened()
    session.start(4)
    for _ in range(5):
        assert length(session.advance(MANY, 0.0, draw=True)) == 0
    assert session.state().checkpoint.epoch == 0
    assert losses(train(session, 4)) == losses(train(opened(), 4))


@both_engines
def test_nothing_is_trained_beyond_the_last_epoch(engine: str) -> None:
    session = opened(engine=engine)
    train(session, 2)
    again = session.advance(MANY, 1.0, draw=True)
    assert (length(again), again.checkpoint.epoch, again.finished) == (0, 2, True)


@both_engines
def test_only_the_last_update_is_finished(engine: str) -> None:
    updates = train(opened(engine=engine), 9, slice_=60.0, most=2)
    assert [update.finished for update in updates] == [False] * 4 + [True]
    assert [update.checkpoint.epoch for update in updates] == [2, 4, 6, 8, 9]


# ----------------------------------------------------------------------------- to go on elsewhere


@both_engines
def test_a_run_goes_on_from_a_checkpoint(engine: str) -> None:
    session = opened(engine=engine)
    train(session, 5)
    elsewhere = opened(kept(session), engine=engine)
    updates = train(elsewhere, 3)
    assert losses(updates) == losses(train(session, 3))
    assert [updates[0].records["first"], elsewhere.epoch] == [6, 8]


def test_the_engine_can_be_changed_in_the_middle_of_a_run() -> None:
    session = opened()
    train(session, 5)
    compiled = losses(train(opened(kept(session), engine="compiled"), 5))
    assert compiled == pytest.approx(losses(train(session, 5)), rel=1e-12)


def test_a_checkpoint_of_another_model_is_refused() -> None:
    checkpoint = opened().state().checkpoint
    with pytest.raises(ValueError, match="a checkpoint of 25 parameters, for 37"):
        opened({"epoch": 0, "parameters": checkpoint.parameters}, hidden=4)


# ------------------------------------------------------------------------------------- opening


def test_opening_shows_the_points_and_the_untrained_model() -> None:
    data = datasets["Xor"](SETTINGS["points"], seed=SETTINGS["seed"])
    shown = opened().opened()
    points = shown.points
    assert list(zip(points.x1, points.x2, strict=True)) == data.X
    assert points.label == data.y
    update = shown.update
    assert (length(update), update.checkpoint.epoch, update.finished) == (0, 0, False)
    assert (update.records["first"], update.problem, update.ran) == (1, None, None)
    assert update.boundary is not None
    assert update.boundary.side in SIDES
    assert len(update.boundary.values) == update.boundary.side**2


def test_parameters_have_names_in_the_checkpoint_s_order() -> None:
    session = opened()
    named = dict(session.trainer.model.named_parameters())
    names, values = session.opened().parameters, session.state().checkpoint.parameters
    assert len(names) == len(values) == 3 * 3 + 3 * 4 + 4
    assert [named[name].value.data for name in names] == list(values)


def test_the_seed_is_that_of_the_points_and_of_the_model() -> None:
    assert opened().opened().points == opened().opened().points
    other, same = opened(seed=5).opened(), opened().opened()
    assert other.points != same.points
    assert other.update.checkpoint != same.update.checkpoint
    assert same.update.checkpoint == opened().opened().update.checkpoint


# ------------------------------------------------------------------------------- the boundary


@pytest.mark.parametrize(("seconds", "side"), [(0.0, SIDES[-1]), (1e9, SIDES[0])])
def test_the_boundary_is_as_fine_as_time_permits(
    monkeypatch: pytest.MonkeyPatch, seconds: float, side: int
) -> None:
    monkeypatch.setattr(engines, "PLANE_SECONDS", seconds)
    assert_drawn(opened(), side)


def test_the_compiled_boundary_is_the_finest() -> None:
    session = opened(engine="compiled")
    train(session, 2)
    assert_drawn(session, SIDES[0])


def assert_drawn(session: Session, side: int) -> None:
    boundary = session.state(draw=True).boundary
    assert boundary is not None
    assert boundary.side == side
    run = ScalarTrain(SETTINGS["hidden"], seed=0)
    values = session.state().checkpoint.parameters
    for parameter, value in zip(run.model.parameters(), values, strict=True):
        parameter.update(Scalar(value))
    # Row by row from the bottom.
    for row, place in [(0, 0), (0, side - 1), (side - 1, 0), (side // 3, side // 2)]:
        x = (place + 0.5) / side, (row + 0.5) / side
        assert boundary.values[row * side + place] == pytest.approx(run.run_one(x).data)


@both_engines
def test_loss_and_correct_are_those_of_the_parameters_that_are_drawn(
    engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bridge.training.session.BOUNDARY_SHARE", math.inf)
    session = opened(engine=engine, rate=3.0)
    differed = False
    for update in [session.opened().update, *train(session, 30, slice_=60.0, most=1)]:
        boundary = update.boundary
        if boundary is None:
            continue
        assert boundary.epoch == update.checkpoint.epoch
        loss, correct = judged(session, update.checkpoint.parameters)
        assert (boundary.loss, boundary.correct) == (pytest.approx(loss), correct)
        differed |= bool(length(update)) and boundary.correct != update.records["correct"][-1]
    assert differed  # else the epoch's own count would have done as well


@both_engines
def test_the_boundary_of_the_last_update_is_there_whether_it_is_wanted_or_not(engine: str) -> None:
    session = opened(engine=engine)
    session.start(6)
    drawn = [session.advance(2, 60.0, draw=False).boundary is not None for _ in range(3)]
    assert drawn == [False, False, True]


def test_the_compiled_boundary_comes_with_every_update_that_wants_it() -> None:
    session = opened(engine="compiled")
    session.start(6)
    assert all(session.advance(2, 60.0, draw=True).boundary for _ in range(3))


def test_drawing_takes_a_share_of_the_time_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """A drawing that takes 1 s is followed by 4 s without, Scalar by Scalar."""
    clock = Clock()
    monkeypatch.setattr("bridge.training.session.time", clock)
    monkeypatch.setattr("bridge.training.drawing.time", clock)
    session = opened()
    session.start(MANY)

    def slow(_: Any) -> Steps[Plane]:
        clock.pass_(1.0)
        yield 1.0
        return 16, array("d", [0.0] * 256), array("d")

    monkeypatch.setattr(session._engine, "plane", slow)
    drawn = []
    for _ in range(20):
        clock.pass_(1.0)
        drawn.append(session.advance(1, 60.0, draw=True).boundary is not None)
    assert drawn == [i % 5 == 0 for i in range(20)]


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def pass_(self, seconds: float) -> None:
        self.now += seconds

    def perf_counter(self) -> float:
        return self.now


def test_without_a_new_epoch_nothing_is_drawn_anew() -> None:
    session = opened()
    session.start(4)
    assert session.advance(MANY, 0.0, draw=True).boundary is None


def test_the_state_has_a_boundary_if_it_is_asked_for() -> None:
    session = opened()
    train(session, 2)
    assert session.state().boundary is None
    boundary = session.state(draw=True).boundary
    assert boundary is not None
    assert boundary.epoch == 2


# ------------------------------------------------------------------------------------- problems


@both_engines
def test_a_loss_that_is_not_finite_is_a_problem_and_names_the_epoch(engine: str) -> None:
    session = opened(engine=engine)
    train(session, 2)
    checkpoint = kept(session)
    checkpoint["parameters"][0] = math.nan
    ruined = opened(checkpoint, engine=engine)
    update = train(ruined, 5)[-1]
    assert update.problem is not None
    assert (update.problem.kind, update.finished) == ("Diverged", False)
    assert "In epoch 3 the loss became nan" in update.problem.message
    assert update.boundary is not None
    assert math.isnan(update.boundary.loss)
    assert train(ruined, 5)[-1].problem is not None


@both_engines
def test_what_can_not_be_computed_is_a_problem_and_names_the_epoch(
    engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise ValueError("Log.forward(-2.0): no such logarithm")

    session = opened(engine=engine)
    train(session, 2)
    monkeypatch.setattr(session._engine.training, "advance", fail)
    update = train(session, 5)[-1]
    assert update.problem is not None
    assert (update.problem.kind, update.finished) == ("ValueError", False)
    assert update.problem.message == "In epoch 3: Log.forward(-2.0): no such logarithm"
    assert (update.checkpoint.epoch, length(update)) == (2, 0)
    assert update.boundary is not None


# ------------------------------------------------------------------------------------- what ran


def test_what_ran_is_told_once_and_in_numbers() -> None:
    updates = train(opened(engine="compiled", hidden=2), 4, slice_=60.0, most=1)
    told = [update.ran for update in updates]
    assert told[1:] == [None] * 3
    ran = told[0]
    assert ran is not None
    assert (ran.engine, ran.refusal) == ("compiled", None)
    assert ran.runner in ("WebAssembly", "Python")
    assert ran.recorded is not None
    assert ran.lowered is not None
    assert ran.operations is not None
    assert ran.recorded > ran.lowered > 0
    assert ran.operations > ran.lowered
    assert ran.has_source


def test_a_long_program_is_not_for_reading() -> None:
    ran = train(opened(engine="compiled", hidden=60), 1)[-1].ran
    assert ran is not None
    assert not ran.has_source


def test_a_model_that_can_not_be_compiled_is_trained_and_the_reason_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session = opened(engine="compiled")
    forward = session.trainer.model.forward
    far = [Scalar(9.0)]
    # A branch on a value: the operations may differ from point to point.
    monkeypatch.setattr(session.trainer.model, "forward", lambda x: forward(far if x[0] > 9 else x))
    updates = train(session, 3)
    ran = next(update.ran for update in updates if update.ran)
    assert ran.engine == "eager"
    assert "train Scalar by Scalar" in (ran.refusal or "")
    assert losses(updates) == losses(train(opened(), 3))
    assert session.source() == ""


def test_preparing_does_in_advance_what_the_first_epoch_would_wait_for() -> None:
    session = opened(engine="compiled")
    session.prepare()
    engine = session._engine
    assert isinstance(engine, engines.CompiledEngine)
    assert engine._grid is not None
    train(session, 1)
    assert session._engine is engine


def test_the_source_is_the_program() -> None:
    assert "def " in opened(engine="compiled").source()
    assert opened(engine="eager").source() == ""

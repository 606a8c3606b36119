"""The one training loop: a whole run, an epoch after the other, or in slices of time."""

import math
import random
import time
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import pytest

from minitorch.datasets import datasets
from minitorch.epochs import EpochRecord
from minitorch.errors import Diverged
from minitorch.module import Module
from minitorch.nn import Linear
from minitorch.scalar import Scalar
from minitorch.training import ScalarTrain


def weights(trainer: ScalarTrain) -> list[float]:
    return [p.value.data for p in trainer.model.parameters()]


def without_time(records: list[EpochRecord]) -> list[tuple[int, float, int]]:
    return [(r.epoch, r.loss, r.correct) for r in records]


def quiet(record: EpochRecord) -> None:
    pass


# ------------------------------------------------------------------------------------ the model


def test_run_one_and_run_many_agree() -> None:
    trainer = ScalarTrain(3, seed=1)
    xs = [(0.1, 0.9), (0.5, 0.5), (1.0, 0.0)]
    one_by_one = [trainer.run_one(x) for x in xs]
    assert all(isinstance(out, Scalar) for out in one_by_one)
    assert trainer.run_many(xs) == pytest.approx([out.data for out in one_by_one], rel=1e-12)
    assert all(type(p) is float and 0.0 < p < 1.0 for p in trainer.run_many(xs))
    assert trainer.run_many([]) == []


def test_what_is_shown_before_training_is_what_trains() -> None:
    trainer = ScalarTrain(2, seed=5)
    before = weights(trainer)
    trainer.run_many([(0.2, 0.3)])
    assert weights(trainer) == before
    data = datasets["Simple"](10, seed=0)
    shown = ScalarTrain(2, seed=5).run_many(data.X)
    loss = -sum(math.log(p if y else 1 - p) for p, y in zip(shown, data.y, strict=True))
    assert next(trainer.epochs(data, 0.5, 1)).loss == pytest.approx(loss, rel=1e-3)


# --------------------------------------------------------------------------------- the records


def test_one_record_per_epoch() -> None:
    records = list(ScalarTrain(2, seed=0).epochs(datasets["Simple"](10, seed=0), 0.1, 4))
    assert [record.epoch for record in records] == [1, 2, 3, 4]
    for record in records:
        assert isinstance(record, EpochRecord)
        assert record.loss > 0.0
        assert 0 <= record.correct <= 10
        assert record.seconds >= 0.0


def test_the_loss_falls() -> None:
    records = list(ScalarTrain(3, seed=0).epochs(datasets["Simple"](20, seed=0), 0.1, 30))
    assert records[-1].loss < records[0].loss


def test_a_slice_may_end_after_any_point() -> None:
    data = datasets["Simple"](5, seed=0)
    trainer = ScalarTrain(2, seed=0)
    before, training = weights(trainer), trainer.start(data, 0.1)
    slices = [training.advance(3, seconds=0.0) for _ in range(3 * (5 + 1))]
    assert [len(epochs) for epochs in slices] == [0, 0, 0, 0, 0, 1] * 3
    records = [record for epochs in slices for record in epochs]
    assert without_time(records) == without_time(list(ScalarTrain(2, seed=0).epochs(data, 0.1, 3)))
    assert training.epoch == 3
    assert training.parameters() == weights(trainer) != before


def test_a_slice_ends_after_so_many_epochs_or_so_much_time() -> None:
    training = ScalarTrain(2, seed=0).start(datasets["Simple"](5, seed=0), 0.1, epoch=10)
    assert [record.epoch for record in training.advance(3)] == [11, 12, 13]
    start = time.perf_counter()
    epochs = training.advance(10**9, seconds=0.05)
    assert time.perf_counter() - start >= 0.05
    assert len(epochs) > 0
    assert epochs.first == 14
    assert training.epoch == 13 + len(epochs)


def test_evaluating_trains_nothing() -> None:
    data, other = datasets["Xor"](20, seed=0), datasets["Xor"](30, seed=1)
    trainer = ScalarTrain(3, seed=1)
    training = trainer.start(data, 0.1)
    training.advance(2)
    before = weights(trainer)
    loss, correct = training.evaluate()
    assert trainer.evaluate(data) == (loss, correct)
    assert weights(trainer) == before
    for judged, points in ((trainer.evaluate(data), data), (trainer.evaluate(other), other)):
        outputs = list(zip(trainer.run_many(points.X), points.y, strict=True))
        log_losses = [-math.log((p if y else 1 - p) + 1e-6) for p, y in outputs]
        assert judged[0] == pytest.approx(sum(log_losses), rel=1e-12)
        assert judged[1] == sum((p > 0.5) == bool(y) for p, y in outputs)
    assert next(iter(training.advance(1))).loss == pytest.approx(loss, rel=1e-12)


class Line(Module):
    """A model of one's own: no hidden layer, and no `predict`."""

    def __init__(self) -> None:
        super().__init__()
        self.layer = Linear(2, 1, random.Random(1))

    def forward(self, x: Sequence[Scalar]) -> Scalar:
        return self.layer(x)[0].sigmoid()


def test_a_model_of_ones_own() -> None:
    data = datasets["Simple"](30, seed=0)
    trainer = ScalarTrain(model=Line())
    assert trainer.run_many(data.X) == [trainer.run_one(x).data for x in data.X]
    before, _ = trainer.evaluate(data)
    trainer.train(data, 1.0, 100, log_fn=quiet)
    after, correct = trainer.evaluate(data)
    assert after < before / 2
    assert correct >= 27


def test_epochs_are_computed_only_when_asked_for() -> None:
    trainer = ScalarTrain(2, seed=0)
    before = weights(trainer)
    run = trainer.epochs(datasets["Simple"](10, seed=0), 0.5, 1000)
    assert weights(trainer) == before
    next(run)
    after = weights(trainer)
    assert after != before
    run.close()
    assert weights(trainer) == after


def test_an_unfinished_epoch_is_forgotten() -> None:
    data = datasets["Simple"](10, seed=0)
    interrupted = ScalarTrain(2, seed=1)
    training = interrupted.start(data, 0.5)
    for _ in range(5):
        training.advance(1, seconds=0.0)
    records = list(interrupted.epochs(data, 0.5, 2))
    assert without_time(records) == without_time(list(ScalarTrain(2, seed=1).epochs(data, 0.5, 2)))


def test_train_logs_every_record_the_generator_yields() -> None:
    data = datasets["Diag"](10, seed=0)
    logged: list[EpochRecord] = []
    trained, iterated = ScalarTrain(2, seed=3), ScalarTrain(2, seed=3)
    trained.train(data, 0.1, max_epochs=5, log_fn=logged.append)
    yielded = list(iterated.epochs(data, 0.1, max_epochs=5))
    assert without_time(logged) == without_time(yielded)
    assert weights(trained) == weights(iterated)


def test_train_prints_epochs_unless_told_otherwise(capsys: pytest.CaptureFixture[str]) -> None:
    ScalarTrain(2, seed=0).train(datasets["Simple"](10, seed=0), 0.1, max_epochs=10)
    printed = capsys.readouterr().out
    assert "poch" in printed
    assert "oss" in printed


def test_no_epochs_change_nothing() -> None:
    trainer = ScalarTrain(2, seed=0)
    before = weights(trainer)
    assert list(trainer.epochs(datasets["Simple"](10, seed=0), 0.5, 0)) == []
    assert weights(trainer) == before


# ----------------------------------------------------------------------------------- the seed


def test_the_same_seed_gives_the_same_run() -> None:
    data = datasets["Xor"](20, seed=2)
    runs = [list(ScalarTrain(4, seed=9).epochs(data, 0.5, 5)) for _ in range(2)]
    assert without_time(runs[0]) == without_time(runs[1])


def test_another_seed_gives_another_run() -> None:
    data = datasets["Xor"](20, seed=2)
    runs = [list(ScalarTrain(4, seed=seed).epochs(data, 0.5, 2)) for seed in (1, 2)]
    assert without_time(runs[0]) != without_time(runs[1])


# --------------------------------------------------------------------------------- it learns


@pytest.mark.parametrize(
    ("name", "hidden", "rate", "seeds"),
    [("Simple", 2, 0.5, (0, 1, 2)), ("Xor", 10, 0.5, (0,))],
)
def test_it_learns(name: str, hidden: int, rate: float, seeds: tuple[int, ...]) -> None:
    for seed in seeds:
        data = datasets[name](50, seed=seed)
        records = ScalarTrain(hidden, seed=seed).epochs(data, rate, max_epochs=120)
        assert any(record.correct >= 45 for record in records), f"seed {seed}"


def test_correct_counts_the_points_on_their_side_of_a_half() -> None:
    data = datasets["Simple"](30, seed=0)
    trainer = ScalarTrain(2, seed=1)
    *_, last = trainer.epochs(data, 1e-12, 1)  # a rate at which the model stands still
    sides = zip(trainer.run_many(data.X), data.y, strict=True)
    assert last.correct == sum((p > 0.5) == bool(label) for p, label in sides)


# ------------------------------------------------------------------------------ it goes wrong


def test_a_loss_that_is_not_finite_stops_with_advice() -> None:
    trainer = ScalarTrain(2, seed=0)
    for parameter in trainer.model.parameters():
        parameter.update(Scalar(math.nan))
    logged: list[EpochRecord] = []
    with pytest.raises(Diverged, match=r"epoch 1 .*nan.*No step has been made") as caught:
        trainer.train(datasets["Simple"](10, seed=0), 0.5, log_fn=logged.append)
    assert isinstance(caught.value, ArithmeticError)
    assert logged == []


class Constant(Module):
    def forward(self, x: Sequence[Scalar]) -> Scalar:
        return x[0] * 0.0 + 0.5


class Given(NamedTuple):
    """Data as a learner may put it together."""

    N: int
    X: Any
    y: Any


GOOD = Given(2, [(0.1, 0.2), (0.8, 0.9)], [0, 1])
both_engines = pytest.mark.parametrize("engine", ["eager", "compiled"])


@both_engines
@pytest.mark.parametrize(
    ("data", "message"),
    [
        (GOOD._replace(N=3), "N is 3, but there are 2 points in X and 2 labels"),
        (GOOD._replace(N=1), "N is 1"),
        (GOOD._replace(y=[0]), "1 labels"),
        (GOOD._replace(X=[(0.1, 0.2)]), "1 points"),
        (GOOD._replace(X=[(0.1, 0.2), (0.1, 0.2, 0.3)]), r"X\[1\] has 3 coordinates"),
        (GOOD._replace(X=[(0.1,), (0.8, 0.9)]), r"X\[0\] has 1 coordinates"),
        (GOOD._replace(X=[(0.1, 0.2), (math.nan, 0.3)]), r"X\[1\] is \(nan, 0.3\)"),
        (GOOD._replace(X=[(0.1, math.inf), (0.8, 0.9)]), r"X\[0\] is \(0.1, inf\)"),
        (GOOD._replace(y=[0, math.nan]), "labelled nan"),
        (Given(0, [], []), "no points"),
    ],
)
def test_data_that_do_not_fit_are_refused_alike(engine: str, data: Any, message: str) -> None:
    trainer = ScalarTrain(2, seed=0, engine=engine)
    for use in (
        lambda: trainer.train(data, 0.5),
        lambda: list(trainer.epochs(data, 0.5)),
        lambda: trainer.start(data, 0.5),
        lambda: trainer.evaluate(data),
    ):
        with pytest.raises(ValueError, match=message):
            use()


@both_engines
def test_a_coordinate_that_is_no_number_is_a_type_error(engine: str) -> None:
    data = GOOD._replace(X=[("a", 0.1), (0.8, 0.9)])
    with pytest.raises(TypeError, match="'a'"):
        ScalarTrain(2, seed=0, engine=engine).train(data, 0.5)


@both_engines
@pytest.mark.parametrize("rate", [math.nan, math.inf])
def test_a_rate_that_is_no_finite_number_is_refused_as_such(engine: str, rate: float) -> None:
    with pytest.raises(ValueError, match=f"learning rate is a finite number, not {rate}"):
        ScalarTrain(2, seed=0, engine=engine).train(GOOD, rate)


@both_engines
def test_a_model_without_parameters_can_not_be_trained(engine: str) -> None:
    with pytest.raises(ValueError, match="no parameters"):
        ScalarTrain(engine=engine, model=Constant()).train(GOOD, 0.5)


@both_engines
def test_numbers_of_any_type_train_alike(engine: str) -> None:
    np = pytest.importorskip("numpy")
    plain = [(0.5, 0.25), (1.0, 0.0), (0.75, 0.125)]
    due = list(ScalarTrain(3, 1, engine).epochs(Given(3, plain, [1, 0, 1]), 0.5, 3))
    for data, rate in (
        (Given(np.int64(3), np.array(plain), np.array([1, 0, 1])), np.float32(0.5)),
        (Given(3, [[Fraction(v) for v in x] for x in plain], [True, False, True]), Fraction(1, 2)),
        (Given(3, np.array(plain, np.float32), [1.0, 0.0, 1.0]), 0.5),
    ):
        trainer = ScalarTrain(3, np.int64(1), engine)
        found = list(trainer.epochs(data, rate, 3))
        assert [r.loss for r in found] == pytest.approx([r.loss for r in due], rel=1e-12)
        assert [r.correct for r in found] == [r.correct for r in due]
        assert trainer.evaluate(data)[1] in range(4)


# ------------------------------------------------------------------------------ as in the course


@both_engines
def test_a_log_function_of_the_course(engine: str) -> None:
    calls: list[tuple[int, float, int, list[float]]] = []

    def log_fn(epoch: int, total_loss: float, correct: int, losses: list[float]) -> None:
        calls.append((epoch, total_loss, correct, list(losses)))

    data = datasets["Simple"](10, seed=0)
    ScalarTrain(2, 1, engine).train(data, 0.5, max_epochs=4, log_fn=log_fn)
    records = list(ScalarTrain(2, 1, engine).epochs(data, 0.5, 4))
    losses = [r.loss for r in records]
    assert calls == [(r.epoch, r.loss, r.correct, losses[: i + 1]) for i, r in enumerate(records)]


@pytest.mark.parametrize("count", [1, 4])
def test_a_log_function_with_more_arguments_than_it_needs(count: int) -> None:
    calls: list[int] = []
    log_fns = {
        1: lambda record, prefix="": calls.append(record.epoch),
        4: lambda epoch, total_loss, correct, losses, prefix="": calls.append(epoch),
    }
    ScalarTrain(2, 1).train(datasets["Simple"](5, 0), 0.5, max_epochs=2, log_fn=log_fns[count])
    assert calls == [1, 2]


def test_without_a_seed_the_global_generator_decides() -> None:
    def run() -> list[float]:
        return [r.loss for r in ScalarTrain(2).epochs(datasets["Xor"](10), 0.5, 2)]

    random.seed(1)
    first = run()
    assert run() != first
    random.seed(1)
    assert run() == first


def test_a_slice_that_was_interrupted_begins_its_epoch_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = datasets["Simple"](10, seed=0)
    trainer = ScalarTrain(2, seed=1)
    training = trainer.start(data, 0.5)
    training.advance(1)
    for _ in range(3):
        training.advance(1, seconds=0.0)
    with monkeypatch.context() as patch:

        def interrupted(*_: object) -> None:
            raise KeyboardInterrupt

        patch.setattr(trainer, "run_one", interrupted)
        with pytest.raises(KeyboardInterrupt):
            training.advance(1)
    records = list(training.advance(1))
    expected = list(ScalarTrain(2, seed=1).epochs(data, 0.5, 2))
    assert without_time(records) == without_time(expected[1:])


def test_an_enormous_rate_ends_in_advice() -> None:
    # Seed 2's steps leave the range of floats; with many others all units die first, which is
    # a finite loss.
    with pytest.raises(Diverged, match="learning rate below 1e"):
        ScalarTrain(5, seed=2).train(
            datasets["Xor"](50, seed=0), 1e200, max_epochs=50, log_fn=quiet
        )

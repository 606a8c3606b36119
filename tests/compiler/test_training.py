"""ScalarTrain and the command line with the compiled engine: the same records."""

import math
import time
from array import array
from typing import Any

import pytest

from minitorch.__main__ import main
from minitorch.compiler import Compiled
from minitorch.datasets import datasets
from minitorch.epochs import EpochRecord, Epochs
from minitorch.errors import Diverged
from minitorch.scalar import Scalar
from minitorch.training import ScalarTrain


def weights(trainer: ScalarTrain) -> list[float]:
    return [p.value.data for p in trainer.model.parameters()]


def both(hidden: int, seed: int = 0) -> tuple[ScalarTrain, ScalarTrain]:
    return ScalarTrain(hidden, seed), ScalarTrain(hidden, seed, engine="compiled")


def test_the_records_are_the_same() -> None:
    data = datasets["Xor"](50, seed=0)
    eager, compiled = both(4, seed=1)
    for ours, theirs in zip(
        compiled.epochs(data, 0.5, 20), eager.epochs(data, 0.5, 20), strict=True
    ):
        assert isinstance(ours, EpochRecord)
        assert ours.epoch == theirs.epoch
        assert ours.loss == pytest.approx(theirs.loss, rel=1e-12)
        assert (ours.correct, type(ours.correct)) == (theirs.correct, int)
        assert 0 < ours.seconds < 1
    assert weights(compiled) == pytest.approx(weights(eager), rel=1e-9)


def test_train_logs_every_epoch_in_order() -> None:
    data = datasets["Simple"](20, seed=0)
    logged: list[EpochRecord] = []
    trainer = ScalarTrain(3, seed=0, engine="compiled")
    trainer.train(data, 0.5, 301, log_fn=logged.append)
    assert [record.epoch for record in logged] == list(range(1, 302))
    again = ScalarTrain(3, seed=0, engine="compiled")
    assert [r.loss for r in again.epochs(data, 0.5, 301)] == [r.loss for r in logged]
    assert weights(again) == weights(trainer)


def test_epochs_are_computed_only_when_asked_for() -> None:
    data = datasets["Simple"](10, seed=0)
    eager, compiled = both(2)
    run = compiled.epochs(data, 0.5, 1000)
    assert weights(compiled) == weights(eager)
    next(run)
    next(eager.epochs(data, 0.5, 1))
    assert weights(compiled) == pytest.approx(weights(eager), rel=1e-12)
    run.close()


def test_no_epochs_change_nothing() -> None:
    trainer = ScalarTrain(2, seed=0, engine="compiled")
    assert list(trainer.epochs(datasets["Simple"](10, seed=0), 0.5, 0)) == []


def test_slices_end_with_their_time_or_their_epochs() -> None:
    data = datasets["Xor"](50, seed=0)
    training = ScalarTrain(4, seed=0, engine="compiled").start(data, 0.5)
    assert [len(training.advance(7)) for _ in range(2)] == [7, 7]
    assert len(training.advance(10**9, seconds=0.0)) == 1, "one epoch at least"
    epochs = training.advance(10**9, seconds=0.05)
    assert epochs.first == 16
    assert len(epochs) > 20
    assert training.epoch == 15 + len(epochs)


def test_slices_do_not_matter() -> None:
    data = datasets["Xor"](50, seed=0)
    whole, sliced = (ScalarTrain(4, seed=0, engine="compiled").start(data, 0.1) for _ in range(2))
    expected = whole.advance(3000).columns["loss"]
    got = array("d")
    while sliced.epoch < 3000:
        got += sliced.advance(3000 - sliced.epoch, seconds=0.005).columns["loss"]
    assert got == expected
    assert sliced.parameters() == whole.parameters()


def test_a_slice_is_few_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each call costs some microseconds, several epochs' worth."""
    training = ScalarTrain(4, seed=0, engine="compiled").start(datasets["Xor"](50, seed=0), 0.1)
    batches: list[int] = []
    train = Compiled.train

    def counted(compiled: Compiled, epochs: int, *args: Any, **kwargs: Any) -> Epochs:
        batches.append(epochs)
        return train(compiled, epochs, *args, **kwargs)

    monkeypatch.setattr(Compiled, "train", counted)
    training.advance(5000)
    assert batches == [1, 4999], "one tells what an epoch takes"
    batches.clear()
    assert len(training.advance(10**9, seconds=0.1)) > 20 * len(batches)


def test_the_epochs_seconds_add_up_to_the_time_that_it_took() -> None:
    training = ScalarTrain(4, seed=0, engine="compiled").start(datasets["Xor"](50, seed=0), 0.1)
    start = time.perf_counter()
    seconds = sum(training.advance(2000).columns["seconds"])
    assert 0 < seconds <= time.perf_counter() - start


def test_the_model_waits_until_it_is_stored() -> None:
    data = datasets["Xor"](50, seed=0)
    trainer = ScalarTrain(4, seed=0, engine="compiled")
    before, training = weights(trainer), trainer.start(data, 0.5)
    training.advance(3)
    assert weights(trainer) == before
    assert training.parameters() != before
    training.store()
    assert weights(trainer) == training.parameters()
    assert training.evaluate() == pytest.approx(trainer.evaluate(data), rel=1e-12)


def test_both_engines_evaluate_alike() -> None:
    data = datasets["Circle"](50, seed=0)
    trainings = [trainer.start(data, 0.5) for trainer in both(5, seed=2)]
    for training in trainings:
        training.advance(20)
    (loss, correct), (same_loss, same_correct) = (t.evaluate() for t in trainings)
    assert same_loss == pytest.approx(loss, rel=1e-9)
    assert (same_correct, type(same_correct)) == (correct, int)


def test_the_engines_may_take_turns() -> None:
    data = datasets["Diag"](30, seed=0)
    eager, changing = both(3)
    expected = [record.loss for record in eager.epochs(data, 0.5, 6)]
    got = []
    for engine in ("compiled", "eager", "compiled"):
        changing.engine = engine
        got += [record.loss for record in changing.epochs(data, 0.5, 2)]
    assert got == pytest.approx(expected, rel=1e-12)


def test_other_data_is_compiled_anew() -> None:
    trainer = ScalarTrain(2, seed=0, engine="compiled")
    one, two = datasets["Diag"](30, seed=0), datasets["Xor"](40, seed=0)
    assert trainer.compile(one) is trainer.compile(one)
    assert trainer.compile(one) is not trainer.compile(two)


def test_a_loss_that_is_not_finite_stops_with_the_same_advice() -> None:
    for trainer in both(2):
        for parameter in trainer.model.parameters():
            parameter.update(Scalar(math.nan))
        with pytest.raises(Diverged, match=r"epoch 1 .*nan.*No step has been made"):
            trainer.train(datasets["Simple"](10, seed=0), 0.5)


def test_epochs_before_an_error_are_given_first() -> None:
    for trainer in both(5, seed=2):
        training = trainer.start(datasets["Xor"](50, seed=0), 1e200, epoch=100)
        epochs = training.advance(50)
        assert 0 < len(epochs) < 12
        assert training.epoch == 100 + len(epochs)
        for _ in range(2):  # it doesn't go away by itself
            with pytest.raises(Diverged, match=f"In epoch {training.epoch + 1} "):
                training.advance(50)
        assert training.epoch == 100 + len(epochs)


@pytest.mark.parametrize("seed", range(6))
def test_enormous_rates_end_alike(seed: int) -> None:
    messages = []
    for trainer in both(5, seed):
        logged: list[EpochRecord] = []
        try:
            trainer.train(datasets["Xor"](50, seed=0), 1e200, 12, log_fn=logged.append)
            messages.append((len(logged), ""))
        except Diverged as diverged:
            messages.append((len(logged), str(diverged)))
    assert messages[0] == messages[1]


def test_an_unknown_engine() -> None:
    with pytest.raises(ValueError, match="the engine is one of eager, compiled"):
        ScalarTrain(2, seed=0, engine="warp")


def test_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    texts = []
    for engine in ("eager", "compiled"):
        arguments = f"train --dataset Xor --hidden 3 --epochs 20 --engine {engine}"
        assert main(arguments.split()) == 0
        texts.append(capsys.readouterr().out)
    assert texts[0] == texts[1]

"""ScalarTrain and the command line with the compiled engine: the same records."""

import math

import pytest

from minitorch.__main__ import main
from minitorch.datasets import datasets
from minitorch.scalar import Scalar
from minitorch.training import Diverged, EpochRecord, ScalarTrain


def weights(trainer: ScalarTrain) -> list[float]:
    return [p.value.data for p in trainer.model.parameters()]


def both(hidden: int, seed: int = 0) -> tuple[ScalarTrain, ScalarTrain]:
    return ScalarTrain(hidden, seed), ScalarTrain(hidden, seed, engine="compiled")


def test_the_records_are_the_same() -> None:
    data = datasets["Xor"](50)
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
    data = datasets["Simple"](20)
    logged: list[EpochRecord] = []
    trainer = ScalarTrain(3, engine="compiled")
    trainer.train(data, 0.5, 301, log_fn=logged.append)
    assert [record.epoch for record in logged] == list(range(1, 302))
    again = ScalarTrain(3, engine="compiled")
    assert [r.loss for r in again.epochs(data, 0.5, 301)] == [r.loss for r in logged]
    assert weights(again) == weights(trainer)


def test_epochs_are_computed_only_when_asked_for() -> None:
    data = datasets["Simple"](10)
    eager, compiled = both(2)
    run = compiled.epochs(data, 0.5, 1000)
    assert weights(compiled) == weights(eager)
    next(run)
    next(eager.epochs(data, 0.5, 1))
    assert weights(compiled) == pytest.approx(weights(eager), rel=1e-12)
    run.close()


def test_no_epochs_change_nothing() -> None:
    trainer = ScalarTrain(2, engine="compiled")
    assert list(trainer.epochs(datasets["Simple"](10), 0.5, 0)) == []
    assert list(trainer.steps(datasets["Simple"](10), 0.5, 0)) == []


def test_the_engines_may_take_turns() -> None:
    data = datasets["Diag"](30)
    eager, changing = both(3)
    expected = [record.loss for record in eager.epochs(data, 0.5, 6)]
    got = []
    for engine in ("compiled", "eager", "compiled"):
        changing.engine = engine
        got += [record.loss for record in changing.epochs(data, 0.5, 2)]
    assert got == pytest.approx(expected, rel=1e-12)


def test_other_data_is_compiled_anew() -> None:
    trainer = ScalarTrain(2, engine="compiled")
    one, two = datasets["Diag"](30), datasets["Xor"](40)
    assert trainer.compile(one) is trainer.compile(one)
    assert trainer.compile(one) is not trainer.compile(two)


def test_a_loss_that_is_not_finite_stops_with_the_same_advice() -> None:
    for trainer in both(2):
        for parameter in trainer.model.parameters():
            parameter.update(Scalar(math.nan))
        with pytest.raises(Diverged, match=r"epoch 1 .*nan.* learning rate .*0\.5"):
            trainer.train(datasets["Simple"](10), 0.5)


@pytest.mark.parametrize("seed", range(6))
def test_enormous_rates_end_alike(seed: int) -> None:
    messages = []
    for trainer in both(5, seed):
        logged: list[EpochRecord] = []
        try:
            trainer.train(datasets["Xor"](50), 1e200, 12, log_fn=logged.append)
            messages.append((len(logged), ""))
        except Diverged as diverged:
            messages.append((len(logged), str(diverged)))
    assert messages[0] == messages[1]


def test_an_unknown_engine() -> None:
    with pytest.raises(ValueError, match="the engine is one of eager, compiled"):
        ScalarTrain(2, engine="warp")


def test_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    texts = []
    for engine in ("eager", "compiled"):
        arguments = f"train --dataset Xor --hidden 3 --epochs 20 --engine {engine}"
        assert main(arguments.split()) == 0
        texts.append(capsys.readouterr().out)
    assert texts[0] == texts[1]

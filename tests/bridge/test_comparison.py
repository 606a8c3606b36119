"""Both engines over the same epochs: the times, the numbers, and that they agree."""

from __future__ import annotations

from typing import Any

import pytest

from bridge.training import calls, comparison
from bridge.training.comparison import Comparison, ComparisonRun
from minitorch.compiler import Compiled
from minitorch.epochs import Epochs

SETTINGS: dict[str, Any] = {
    "dataset": "Xor",
    "points": 10,
    "hidden": 2,
    "rate": 0.5,
    "seed": 4,
    "engine": "compiled",
    "epochs": 8,
}


def compared(seconds: float = 60.0, **changes: Any) -> Comparison:
    run = ComparisonRun({**SETTINGS, **changes}, seconds)
    for _ in range(10_000):
        if result := run.advance(0.005 if seconds else 0.0):
            return result
    raise AssertionError("there is no end to it")


def test_both_engines_agree_over_all_the_epochs() -> None:
    result = compared()
    assert result.epochs == 8
    assert 0.0 <= result.difference < 1e-9
    assert 0 < result.compiled_seconds < result.eager_seconds
    assert result.compile_seconds > 0
    assert 1 <= result.runs <= comparison.MOST_RUNS


def test_it_ends_when_its_time_is_over() -> None:
    result = compared(seconds=0.05, epochs=10**6)
    assert 1 <= result.epochs < 10**4
    assert 0.0 <= result.difference < 1e-6


def test_one_epoch_is_the_least() -> None:
    assert compared(seconds=0.0).epochs == 1


def test_the_times_are_those_of_the_epochs(monkeypatch: pytest.MonkeyPatch) -> None:
    """By a clock on which an epoch takes the eager engine 2 s and the compiled one 0.01 s."""
    now = [0.0]

    def train(self: Compiled, epochs: int, rate: float, **_: Any) -> Epochs:
        now[0] += 0.01 * epochs
        done = real(self, epochs, rate, **_)
        assert len(done) == epochs
        return done

    real = Compiled.train
    monkeypatch.setattr(Compiled, "train", train)
    monkeypatch.setattr(comparison.time, "perf_counter", lambda: now[0])
    result = compared(epochs=3)
    assert result.compiled_seconds == pytest.approx(0.03)
    assert result.runs == 1


@pytest.mark.parametrize("by", [1e-3, -1e-3])
def test_a_difference_is_told_as_a_share_of_the_loss(
    monkeypatch: pytest.MonkeyPatch, by: float
) -> None:
    real = Compiled.train

    def train(self: Compiled, epochs: int, rate: float, **options: Any) -> Epochs:
        done = real(self, epochs, rate, **options)
        done.columns["loss"][2] *= 1 + by
        return done

    monkeypatch.setattr(Compiled, "train", train)
    assert compared().difference == pytest.approx(1e-3, rel=1e-6)


def test_the_model_being_trained_is_not_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "_current", calls._Current())
    calls.open(SETTINGS, None)
    calls.start(3)
    calls.advance(3, 60.0, False)
    before = calls.state().checkpoint
    calls.start_comparison({**SETTINGS, "epochs": 2}, 60.0)
    while calls.advance_comparison(0.1) is None:
        pass
    assert calls.state().checkpoint == before

"""The life of a program: the Module is the truth, whatever happens between two calls."""

from __future__ import annotations

from typing import Any

import pytest

from minitorch import compile
from minitorch.datasets import datasets
from minitorch.module import Module, Parameter
from minitorch.nn import Network
from minitorch.scalar import Scalar
from minitorch.training import ScalarTrain

POINTS = [1.0, 2.0]


class Line(Module):
    def __init__(self, slope: float = 2.0, offset: float = 1.0) -> None:
        super().__init__()
        self.slope, self.offset = Parameter(Scalar(slope)), Parameter(Scalar(offset))

    def forward(self, x: Any) -> Any:
        return self.slope.value * x + self.offset.value * (1.0 if self.training else 10.0)

    def values(self) -> list[float]:
        return [parameter.value.data for parameter in self.parameters()]


def compiled_line(backend: str) -> tuple[Line, Any]:
    line = Line()
    return line, compile(lambda x: line(x), line, POINTS, backend=backend)


def test_storing_at_once_changes_nothing(backend: str) -> None:
    line, compiled = compiled_line(backend)
    compiled.store()
    assert line.values() == compiled.values() == [2.0, 1.0]
    compiled.train(0, 0.1)
    compiled.store()
    assert line.values() == [2.0, 1.0]


def test_an_update_from_outside_is_not_written_over(backend: str) -> None:
    line, compiled = compiled_line(backend)
    compiled.train(1, 0.5, store=False)
    assert compiled.values() == [1.25, 0.5]
    line.slope.update(Scalar(100.0))
    assert compiled.values() == [100.0, 0.5], "what was trained, and what was set"
    line.offset.value.data = 7.0
    compiled.store()
    assert line.values() == compiled.values() == [100.0, 7.0]
    line.slope.value = Scalar(3.0)
    assert compiled.loss() == 3.0 * 3 + 2 * 7
    compiled.train(1, 1.0)
    assert line.values() == compiled.values() == [1.5, 6.0]


def test_new_points_lose_nothing(backend: str) -> None:
    line, compiled = compiled_line(backend)
    compiled.train(1, 0.5, store=False)
    assert compiled.predict([2.0]) == [3.0]
    compiled.store()
    assert line.values() == [1.25, 0.5]


def test_a_change_that_can_not_be_compiled_is_refused_until_it_is_undone(backend: str) -> None:
    line, compiled = compiled_line(backend)
    offset = line.offset
    del line.offset
    for _ in range(2):
        with pytest.raises(AttributeError, match="offset"):
            compiled.loss()
    line.offset = offset
    assert compiled.loss() == 2.0 * 3 + 2


def test_an_update_to_what_it_was_before(backend: str) -> None:
    line, compiled = compiled_line(backend)
    compiled.train(1, 0.5)
    line.slope.update(Scalar(2.0))
    assert compiled.values() == [2.0, 0.5]


def test_a_parameter_that_was_replaced(backend: str) -> None:
    line, compiled = compiled_line(backend)
    at = compiled.at(POINTS)
    line.slope = Parameter(Scalar(10.0))
    assert compiled.loss() == 10.0 * 3 + 2
    assert list(at()) == [11.0, 21.0]
    compiled.train(1, 1.0)
    assert line.values() == compiled.values() == [0.0, 8.5], "the new one is the last"
    assert compiled.predict([1.0]) == [8.5]


def test_a_module_that_was_replaced_and_one_that_came(backend: str) -> None:
    class Two(Module):
        def __init__(self) -> None:
            super().__init__()
            self.first = Line()

        def forward(self, x: Any) -> Any:
            x = self.first(x)
            return self.second(x) if hasattr(self, "second") else x

    two = Two()
    compiled = compile(lambda x: two(x), two, POINTS, backend=backend)
    compiled.train(1, 0.5, store=False)
    two.first = Line(5.0, 5.0)
    assert compiled.values() == [5.0, 5.0]
    two.second = Line(2.0, 0.5)
    assert compiled.loss() == 2 * (10 + 15) + 1
    assert len(compiled.gradients()) == 4


def test_what_was_trained_survives_a_change_elsewhere(backend: str) -> None:
    line, compiled = compiled_line(backend)
    compiled.train(1, 0.5, store=False)
    line.offset = Parameter(Scalar(9.0))
    assert compiled.values() == [1.25, 9.0]


def test_the_mode_is_the_modules(backend: str) -> None:
    line, compiled = compiled_line(backend)
    at = compiled.at(POINTS)
    line.eval()
    assert compiled.loss() == 2.0 * 3 + 20
    assert list(at()) == [12.0, 14.0]
    line.train()
    assert compiled.loss() == 2.0 * 3 + 2


def test_an_interruption_leaves_complete_epochs(
    backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    line, compiled = compiled_line(backend)
    train = type(compiled._runner).train

    def interrupted(runner: Any, into: Any, epochs: int, rate: float) -> None:
        train(runner, into, 2, rate)
        raise KeyboardInterrupt

    monkeypatch.setattr(type(compiled._runner), "train", interrupted)
    with pytest.raises(KeyboardInterrupt):
        compiled.train(5, 0.5)
    assert line.values() == compiled.values() == [0.5, 0.0]


def test_a_parameter_reached_twice_counts_once(backend: str) -> None:
    w = Parameter(Scalar(2.0), "w")
    compiled = compile(lambda x: w.value * x, [w, w], [1.0], backend=backend)
    assert compiled.gradients() == [1.0]
    compiled.train(1, 0.5)
    assert w.value.data == 1.5


def test_without_parameters_there_is_nothing_to_train() -> None:
    with pytest.raises(ValueError, match="no parameters"):
        compile(lambda x: x, [], POINTS)


@pytest.mark.parametrize("engine", ["eager", "compiled"])
def test_another_model_for_the_trainer(engine: str) -> None:
    data = datasets["Xor"](10, seed=0)
    trainer = ScalarTrain(2, seed=0, engine=engine)
    first = trainer.model
    training = trainer.start(data, 0.5)
    training.advance(2)
    training.store()
    kept = [p.value.data for p in first.parameters()]
    trainer.model = other = Network(3, seed=5)
    before = [p.value.data for p in other.parameters()]
    loss = trainer.evaluate(data)[0]
    assert training.advance(1)[0].loss == pytest.approx(loss, rel=1e-12)
    training.store()
    assert [p.value.data for p in first.parameters()] == kept
    assert [p.value.data for p in other.parameters()] != before
    assert next(iter(trainer.epochs(data, 0.5, 1))).loss != loss

"""Graphs, models and trainers, copied and pickled: of any depth, with all that is shared."""

import copy
import pickle
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from minitorch.datasets import datasets
from minitorch.module import Module, Parameter
from minitorch.scalar import Scalar
from minitorch.scalar_functions import ScalarFunction
from minitorch.training import ScalarTrain


class _SlowPickler(pickle._Pickler):  # the one that is written in Python
    pass


def pickled_slowly(thing: Any) -> Any:
    import io

    file = io.BytesIO()
    _SlowPickler(file, 4).dump(thing)
    return pickle.loads(file.getvalue())


WAYS = {
    "deepcopy": copy.deepcopy,
    "pickle": lambda thing: pickle.loads(pickle.dumps(thing)),
    "protocol 2": lambda thing: pickle.loads(pickle.dumps(thing, 2)),
    "in Python": pickled_slowly,
}
every_way = pytest.mark.parametrize("copied", WAYS.values(), ids=WAYS)


def chain(x: Scalar, length: int) -> Scalar:
    total = x
    for _ in range(length):
        total = total + x
    return total


@every_way
@pytest.mark.parametrize("length", [0, 1, 2, 300, 20_000])
def test_a_chain_of_any_length(copied: Any, length: int) -> None:
    x = Scalar(1.0, name="x")
    y = copied(chain(x, length))
    y.backward()
    (leaf,) = [v for v in _all(y) if v.is_leaf()]
    assert (y.data, leaf.derivative, leaf.name) == (length + 1.0, length + 1.0, "x")
    assert x.derivative is None


def _all(scalar: Scalar) -> list[Scalar]:
    found, met = [scalar], {id(scalar)}
    for v in found:
        for parent in v.parents:
            if id(parent) not in met:
                met.add(id(parent))
                found.append(parent)
    return found


@every_way
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (1, 2, 0)])
def test_what_is_shared_stays_shared(copied: Any, order: Sequence[int]) -> None:
    x = Scalar(2.0)
    middle = chain(x, 500)
    things = [x, middle, chain(middle, 500)]
    copies = copied([things[i] for i in order])
    x2, middle2, end2 = (copies[order.index(i)] for i in range(3))
    end2.backward()
    assert x2.derivative == 501.0 * 501.0
    assert any(v is middle2 for v in _all(end2))
    assert x2.unique_id < middle2.unique_id < end2.unique_id
    (middle2 + x2).backward()
    assert x2.derivative == 501.0 * 501.0 + 502.0


@every_way
def test_a_constant_and_a_derivative_are_kept(copied: Any) -> None:
    x, constant = Scalar(2.0), Scalar(3.0, back=None)
    (x * constant).backward()
    y = copied(chain(x * constant + constant, 3))
    leaf = min((v for v in _all(y) if v.is_leaf()), key=lambda v: v.unique_id)
    assert leaf.derivative == 3.0
    constants = [v for v in _all(y) if v.is_constant()]
    assert [v.data for v in constants] == [3.0]


class Remembering(Module):
    """A model that keeps its last output, and a sum of all of them."""

    def __init__(self) -> None:
        super().__init__()
        self.total: Any = 0.0
        self.weight = Parameter(Scalar(0.5))
        self.last: Any = None

    def forward(self, x: Sequence[Scalar]) -> Scalar:
        self.last = (self.weight.value * x[0]).sigmoid()
        self.total = self.total + self.last
        return self.last


@every_way
def test_a_model_that_keeps_its_outputs(copied: Any) -> None:
    model = Remembering()
    for i in range(2_000):
        model((Scalar(i / 2_000), Scalar(0.0)))
    again = copied(model)
    again.total.backward()
    model.total.backward()
    assert again.weight.value.derivative == model.weight.value.derivative
    assert any(v is again.weight.value for v in _all(again.last))
    assert any(v is again.last for v in _all(again.total))


@every_way
@pytest.mark.parametrize("engine", ["eager", "compiled"])
def test_a_trainer_after_training(copied: Any, engine: str) -> None:
    data = datasets["Simple"](10, seed=0)
    trainer = ScalarTrain(3, 1, engine)
    trainer.train(data, 0.5, 3, log_fn=lambda record: None)
    again = copied(trainer)
    losses = [[r.loss for r in t.epochs(data, 0.5, 3)] for t in (trainer, again)]
    assert losses[0] == losses[1]


class Own(Scalar):
    """A learner's kind of Scalar, with an attribute of its own."""

    def __init__(self, v: float, unit: str) -> None:
        super().__init__(v)
        self.unit = unit


class Scale(ScalarFunction):
    @staticmethod
    def forward(ctx: Any, a: float) -> float:
        ctx.by = 3.0
        return a * ctx.by

    @staticmethod
    def backward(ctx: Any, d_output: float) -> float:
        return d_output * ctx.by


@every_way
def test_learners_classes_and_contexts(copied: Any) -> None:
    x = Own(2.0, "m")
    y = copied(chain(Scale.apply(x), 5))
    y.backward()
    (leaf,) = [v for v in _all(y) if v.is_leaf()]
    assert (type(leaf), leaf.unit, leaf.derivative) == (Own, "m", 18.0)


def test_a_pickle_that_fails_spoils_no_other() -> None:
    x = Scalar(1.0)
    bad: Any = chain(Scale.apply(x), 1_000)
    y = chain(bad, 1_000)
    bad.history.inputs[0].name = lambda: None  # which can't be pickled
    for _ in range(2):
        with pytest.raises((pickle.PicklingError, AttributeError)):
            pickle.dumps(y)
    bad.history.inputs[0].name = None
    assert pickle.loads(pickle.dumps(y)).data == y.data


@pytest.mark.skipif(sys.platform == "emscripten", reason="the page has no threads")
def test_threads_pickle_what_they_share() -> None:
    y = chain(Scalar(1.0), 3_000)
    with ThreadPoolExecutor(4) as pool:
        texts = list(pool.map(lambda _: pickle.dumps(y), range(8)))
    assert {pickle.loads(text).data for text in texts} == {3_001.0}


def test_a_shallow_copy_shares_its_inputs() -> None:
    x = Scalar(2.0)
    y = copy.copy(chain(x, 3))
    y.backward()
    assert x.derivative == 4.0

"""What one calls: binding the data, training, predicting, and what goes wrong meanwhile."""

from __future__ import annotations

import math
from typing import Any

import pytest
from graphs import random_points

import minitorch
from minitorch import Diverged, Epochs, Network, Parameter, Scalar, compile, datasets
from minitorch.compiler import run_wasm

POINTS = random_points(1, 23, 2)


def weight(value: float = 1.0) -> Parameter:
    return Parameter(Scalar(value), "w")


def squared(w: Parameter) -> Any:
    return lambda x, y: (w.value * x - y) * (w.value * x - y)


# ------------------------------------------------------------------------------------- the data


def test_plain_numbers_and_float_targets(backend: str) -> None:
    w = weight(0.0)
    compiled = compile(squared(w), [w], [1.0, 2.0, 3.0], [2.0, 4.0, 6.0], backend=backend)
    assert compiled.loss() == 4.0 + 16.0 + 36.0
    assert compiled.gradients() == [pytest.approx(2 * (-2 - 8 - 18) / 3)]
    compiled.train(100, 0.1)
    assert w.value.data == pytest.approx(2.0)
    assert w.value.name == "w"


def test_targets_of_several_numbers(backend: str) -> None:
    w = weight(3.0)

    def loss(x: Any, y: Any) -> Any:
        return (w.value * x[0] - y[0]) * y[1]

    compiled = compile(loss, [w], [(1.0,), (2.0,)], [(1.0, 2.0), (3.0, 4.0)], backend=backend)
    assert compiled.loss() == (3 - 1) * 2 + (6 - 3) * 4


def test_without_anything_known(backend: str) -> None:
    w = weight(2.0)
    assert compile(lambda x: w.value * x, [w], [1, 2], backend=backend).loss() == 6.0


def test_the_second_result_is_added_up_too(backend: str) -> None:
    w = weight()
    compiled = compile(lambda x: (x * w.value, x > 1.5), [w], [1.0, 2.0, 3.0], backend=backend)
    assert [(e.epoch, e.loss, e.correct) for e in compiled.train(2, 0.0)] == [
        (1, 6.0, 2),
        (2, 6.0, 2),
    ]
    assert compiled.evaluate() == (6.0, 2.0)


@pytest.mark.parametrize(
    ("points", "known", "problem"),
    [
        ([], None, "no samples"),
        ([1.0], [1.0, 2.0], "1 points, and 2 labels"),
        ([(1.0, 2.0), (1.0,)], None, "some samples have 2 numbers"),
        (list(range(100)), list(range(100)), "100 distinct whole numbers are too many"),
    ],
)
def test_data_that_does_not_fit(points: Any, known: Any, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        compile(lambda *_: Scalar(0.0), [weight()], points, known)


# ------------------------------------------------------------------------- the module's parameters


def test_the_module_is_the_truth(backend: str) -> None:
    w = weight(1.0)
    compiled = compile(lambda x: w.value * x, [w], [1.0], backend=backend)
    w.update(Scalar(5.0))
    assert compiled.loss() == 5.0
    compiled.train(1, 1.0)
    assert w.value.data == 4.0


def test_the_module_may_wait(backend: str) -> None:
    w = weight(5.0)
    compiled = compile(
        lambda x: w.value * x, [w], [1.0], predict=lambda x: w.value, backend=backend
    )
    compiled.train(2, 1.0, store=False)
    assert w.value.data == 5.0
    assert compiled.loss() == 3.0
    assert compiled.predict([0.0]) == [3.0]
    compiled.train(1, 1.0, store=False)
    compiled.store()
    assert w.value.data == 2.0
    compiled.train(1, 1.0, store=False)
    compiled.load()
    assert compiled.loss() == 2.0


def test_predicting(backend: str) -> None:
    data, model = datasets["Circle"](30, seed=0), Network(3, seed=2)
    compiled = compile(lambda x: model(x), model, data.X, backend=backend)
    points = random_points(9, 4096, 2)
    assert compiled.predict(points) == pytest.approx(model.predict(points), rel=1e-12)
    assert compiled.predict([]) == []
    grid = compiled.at(points)
    compiled.train(3, 0.5)
    assert list(grid()) == pytest.approx(model.predict(points), rel=1e-12)


@pytest.mark.parametrize("count", [1, 7, 50, 61, 250])
def test_several_results_for_each_point(backend: str, count: int) -> None:
    """The neurons of a layer, say, without compiling the training again."""
    model, points = Network(3, seed=2), random_points(9, count, 2)
    compiled = compile(lambda x: model(x), model, points, backend=backend)

    def neurons(x: Any) -> Any:
        hidden = model.layer1(x)
        return (*hidden, hidden[0], hidden[1].relu(), model.layer1.bias[0].value)

    at = compiled.at(points, neurons)
    compiled.train(2, 0.1, store=False)
    columns = at.columns()
    compiled.store()
    expected = [neurons((Scalar(x1), Scalar(x2))) for x1, x2 in points]
    assert [len(column) for column in columns] == [count] * 6
    for column, results in zip(columns, zip(*expected, strict=True), strict=True):
        assert list(column) == pytest.approx([result.data for result in results], rel=1e-12)
    assert at() == columns[0]


def test_predicting_needs_a_function(backend: str) -> None:
    w = weight()
    with pytest.raises(ValueError, match="say what to predict"):
        compile(lambda x: w.value * x, [w], [1.0], backend=backend).predict([1.0])


# -------------------------------------------------------------------------------- what goes wrong


@pytest.mark.parametrize(
    ("function", "kind", "message"),
    [
        (lambda v: v.log(), ValueError, r"Log.forward\(-1.0\): log\(-1.0\) is not defined"),
        (lambda v: (v * -800.0).exp(), OverflowError, r"Exp.forward\(800.0\): exp\(800.0\)"),
        (lambda v: 1.0 / (v + 1.0), ZeroDivisionError, r"Inv.forward\(0.0\): division by zero"),
    ],
)
def test_errors_are_those_of_scalars(
    backend: str, function: Any, kind: type[Exception], message: str
) -> None:
    """w goes 2, 1, 0, -1, and in the fourth epoch the function is not defined any more."""
    w = weight(2.0)

    def loss(x: Any) -> Any:
        return w.value * x + 0.0 * function(w.value)

    compiled = compile(loss, [w], [1.0], backend=backend)
    epochs = Epochs(first=7)
    with pytest.raises(kind, match=message) as caught:
        compiled.train(10, 1.0, into=epochs)
    assert caught.value.__notes__ == ["This happened in epoch 10."]
    assert [round(record.loss) for record in epochs] == [2, 1, 0]
    assert w.value.data == pytest.approx(-1.0)
    with pytest.raises(kind, match=message):
        compiled.loss()
    w.update(Scalar(2.0))
    assert math.isfinite(compiled.loss()), "it works again afterwards"
    assert compiled.gradients() == [pytest.approx(1.0)]


def test_an_error_of_one_sample_among_many(backend: str) -> None:
    w = weight(1.0)
    points = [1.0] * 77 + [0.0] + [1.0] * 50
    compiled = compile(lambda x: w.value / x, [w], points, backend=backend)
    with pytest.raises(ZeroDivisionError, match="division by zero"):
        compiled.train(1, 0.1)
    assert w.value.data == 1.0


def test_an_error_while_predicting(backend: str) -> None:
    w = weight(1.0)
    compiled = compile(
        lambda x: x, [w], [1.0], predict=lambda x: (x * w.value).log(), backend=backend
    )
    with pytest.raises(ValueError, match="not defined"):
        compiled.predict([1.0, -3.0])
    assert compiled.predict([1.0]) == [pytest.approx(0.0, abs=1e-5)]


def test_a_loss_that_is_not_finite(backend: str) -> None:
    w = weight(1.0)
    compiled = compile(lambda x: w.value * w.value * x, [w], [1.0], backend=backend)
    epochs = Epochs()
    with pytest.raises(Diverged, match=r"In epoch \d+ the loss became inf. .* below 1e\+100") as e:
        compiled.train(100, 1e100, into=epochs)
    assert len(epochs) == e.value.epoch - 1 > 0


# ----------------------------------------------------------------------------------- explanations


def test_it_explains_itself(backend: str) -> None:
    data, model = datasets["Xor"](50, seed=0), Network(2, seed=0)
    compiled = compile(lambda x: -model(x).log(), model, data.X, backend=backend)
    text = compiled.explain()
    assert f"{compiled.recorded} operations" in text
    assert compiled.lowered < compiled.recorded
    assert "layer1_bias_0 + x_1 * layer1_weight_0_0" in text
    assert ("WebAssembly" if backend == "wasm" else "Python") in text
    assert "def part_0" not in compiled.explain(longest=5)


def test_a_large_program_is_not_printed() -> None:
    model = Network(20, seed=0)
    assert "def part_0" not in compile(lambda x: model(x), model, POINTS).explain()


def test_names_that_are_no_names_of_variables(backend: str) -> None:
    named = [Parameter(Scalar(1.0), name) for name in ("a b", "class", "a.b", "v3", "x_1")]
    compiled = compile(lambda x: sum((p.value for p in named), x), named, [1.0], backend=backend)
    assert compiled.loss() == 6.0


# -------------------------------------------------------------------------------- ways to run it


def test_an_unknown_backend() -> None:
    with pytest.raises(ValueError, match="backend is auto, wasm or python"):
        compile(lambda x: x, [weight()], [1.0], backend="warp")


def test_a_host_of_ones_own() -> None:
    """A page gives its own WebAssembly; here it is wasmtime, watched."""
    pytest.importorskip("wasmtime")
    made: list[bytes] = []

    def instantiate(code: bytes) -> run_wasm.Instance:
        made.append(code)
        return run_wasm.WasmtimeInstance(code)

    minitorch.compiler.use(instantiate)
    try:
        assert compile(lambda x: x, [weight()], [1.0, 2.0]).loss() == 3.0
    finally:
        minitorch.compiler.use(None)
    assert [code[:4] for code in made] == [b"\0asm"]


def test_without_webassembly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_wasm, "find_spec", lambda name: None)
    monkeypatch.setattr(run_wasm, "_chosen", [])
    assert "Python" in compile(lambda x: x, [weight()], [1.0]).explain()
    with pytest.raises(RuntimeError, match=r"pip install minitorch\[wasm\]"):
        compile(lambda x: x, [weight()], [1.0], backend="wasm")


def test_the_package_loads_the_compiler_when_it_is_asked_for() -> None:
    assert minitorch.compile is compile
    with pytest.raises(AttributeError, match="has no attribute 'kompile'"):
        minitorch.kompile  # noqa: B018

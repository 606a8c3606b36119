"""What one calls: binding the data, training, predicting, and what goes wrong meanwhile."""

from __future__ import annotations

import math
from typing import Any

import pytest
from graphs import random_points

import minitorch
from minitorch import Diverged, Network, Parameter, Scalar, compile, datasets
from minitorch.compiler import run_wasm

POINTS = random_points(1, 23, 2)


def weight(value: float = 1.0) -> Parameter:
    return Parameter(Scalar(value), "w")


def squared(w: Parameter) -> Any:
    return lambda x, y: (w.value * x - y) * (w.value * x - y)


# ------------------------------------------------------------------------------------- the data


def test_plain_numbers_and_float_targets(engine: str) -> None:
    w = weight(0.0)
    compiled = compile(squared(w), [w], [1.0, 2.0, 3.0], [2.0, 4.0, 6.0], engine=engine)
    assert compiled.loss() == 4.0 + 16.0 + 36.0
    assert compiled.gradients() == [pytest.approx(2 * (-2 - 8 - 18) / 3)]
    compiled.train(100, 0.1)
    assert w.value.data == pytest.approx(2.0)
    assert w.value.name == "w"


def test_targets_of_several_numbers(engine: str) -> None:
    w = weight(3.0)

    def loss(x: Any, y: Any) -> Any:
        return (w.value * x[0] - y[0]) * y[1]

    compiled = compile(loss, [w], [(1.0,), (2.0,)], [(1.0, 2.0), (3.0, 4.0)], engine=engine)
    assert compiled.loss() == (3 - 1) * 2 + (6 - 3) * 4


def test_without_anything_known(engine: str) -> None:
    w = weight(2.0)
    assert compile(lambda x: w.value * x, [w], [1, 2], engine=engine).loss() == 6.0


def test_the_second_result_is_added_up_too(engine: str) -> None:
    w = weight()
    compiled = compile(lambda x: (x * w.value, x > 1.5), [w], [1.0, 2.0, 3.0], engine=engine)
    assert compiled.train(2, 0.0) == [(6.0, 2.0), (6.0, 2.0)]


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
        compile(lambda *_: Scalar(0.0), [], points, known)


# ------------------------------------------------------------------------- the module's parameters


def test_the_module_is_the_truth(engine: str) -> None:
    w = weight(1.0)
    compiled = compile(lambda x: w.value * x, [w], [1.0], engine=engine)
    w.update(Scalar(5.0))
    assert compiled.loss() == 5.0
    compiled.train(1, 1.0)
    assert w.value.data == 4.0


def test_the_module_may_wait(engine: str) -> None:
    w = weight(5.0)
    compiled = compile(lambda x: w.value * x, [w], [1.0], predict=lambda x: w.value, engine=engine)
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


def test_predicting(engine: str) -> None:
    data, model = datasets["Circle"](30), Network(3, seed=2)
    compiled = compile(lambda x: model(x), model, data.X, engine=engine)
    points = random_points(9, 4096, 2)
    assert compiled.predict(points) == pytest.approx(model.predict(points), rel=1e-12)
    assert compiled.predict([]) == []
    grid = compiled.at(points)
    compiled.train(3, 0.5)
    assert list(grid()) == pytest.approx(model.predict(points), rel=1e-12)


def test_predicting_needs_a_function(engine: str) -> None:
    w = weight()
    with pytest.raises(ValueError, match="say what to predict"):
        compile(lambda x: w.value * x, [w], [1.0], engine=engine).predict([1.0])


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
    engine: str, function: Any, kind: type[Exception], message: str
) -> None:
    """w goes 2, 1, 0, -1, and in the fourth epoch the function is not defined any more."""
    w = weight(2.0)

    def loss(x: Any) -> Any:
        return w.value * x + 0.0 * function(w.value)

    compiled = compile(loss, [w], [1.0], engine=engine)
    with pytest.raises(kind, match=message) as caught:
        compiled.train(10, 1.0)
    assert caught.value.__notes__ == ["This happened in epoch 4."]
    assert [round(total.loss) for total in caught.value.totals] == [2, 1, 0]  # type: ignore[attr-defined]
    assert w.value.data == pytest.approx(-1.0)
    with pytest.raises(kind, match=message):
        compiled.loss()
    w.update(Scalar(2.0))
    assert math.isfinite(compiled.loss()), "it works again afterwards"
    assert compiled.gradients() == [pytest.approx(1.0)]


def test_an_error_of_one_sample_among_many(engine: str) -> None:
    w = weight(1.0)
    points = [1.0] * 77 + [0.0] + [1.0] * 50
    compiled = compile(lambda x: w.value / x, [w], points, engine=engine)
    with pytest.raises(ZeroDivisionError, match="division by zero"):
        compiled.train(1, 0.1)
    assert w.value.data == 1.0


def test_an_error_while_predicting(engine: str) -> None:
    w = weight(1.0)
    compiled = compile(
        lambda x: x, [w], [1.0], predict=lambda x: (x * w.value).log(), engine=engine
    )
    with pytest.raises(ValueError, match="not defined"):
        compiled.predict([1.0, -3.0])
    assert compiled.predict([1.0]) == [pytest.approx(0.0, abs=1e-5)]


def test_a_loss_that_is_not_finite(engine: str) -> None:
    w = weight(1.0)
    compiled = compile(lambda x: w.value * w.value * x, [w], [1.0], engine=engine)
    with pytest.raises(Diverged, match=r"In epoch \d+ the loss became inf: .* below 1e\+100") as e:
        compiled.train(100, 1e100)
    assert len(e.value.totals) == e.value.epoch - 1  # type: ignore[attr-defined]


# ----------------------------------------------------------------------------------- explanations


def test_it_explains_itself(engine: str) -> None:
    data, model = datasets["Xor"](50), Network(2)
    compiled = compile(lambda x: -model(x).log(), model, data.X, engine=engine)
    text = compiled.explain()
    assert f"{compiled.recorded} operations" in text
    assert compiled.lowered < compiled.recorded
    assert "layer1_bias_0 + x_1 * layer1_weight_0_0" in text
    assert ("WebAssembly" if engine == "wasm" else "Python") in text
    assert "def part_0" not in compiled.explain(longest=5)


def test_a_large_program_is_not_printed() -> None:
    model = Network(20)
    assert "def part_0" not in compile(lambda x: model(x), model, POINTS).explain()


def test_names_that_are_no_names_of_variables(engine: str) -> None:
    named = [Parameter(Scalar(1.0), name) for name in ("a b", "class", "a.b", "v3", "x_1")]
    compiled = compile(
        lambda x: sum((p.value for p in named), x), named, [1.0], engine=engine
    )
    assert compiled.loss() == 6.0


# -------------------------------------------------------------------------------- ways to run it


def test_an_unknown_engine() -> None:
    with pytest.raises(ValueError, match="engine is auto, wasm or python"):
        compile(lambda x: x, [], [1.0], engine="warp")


def test_a_host_of_ones_own() -> None:
    """A page gives its own WebAssembly; here it is wasmtime, watched."""
    pytest.importorskip("wasmtime")
    made: list[bytes] = []

    def instantiate(code: bytes) -> run_wasm.Instance:
        made.append(code)
        return run_wasm.WasmtimeInstance(code)

    minitorch.compiler.use(instantiate)
    try:
        assert compile(lambda x: x, [], [1.0, 2.0]).loss() == 3.0
    finally:
        minitorch.compiler.use(None)
    assert [code[:4] for code in made] == [b"\0asm"]


def test_without_webassembly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_wasm, "find_spec", lambda name: None)
    monkeypatch.setattr(run_wasm, "_chosen", [])
    assert "Python" in compile(lambda x: x, [], [1.0]).explain()
    with pytest.raises(RuntimeError, match=r"pip install minitorch\[wasm\]"):
        compile(lambda x: x, [], [1.0], engine="wasm")


def test_the_package_loads_the_compiler_when_it_is_asked_for() -> None:
    assert minitorch.compile is compile
    with pytest.raises(AttributeError, match="has no attribute 'kompile'"):
        minitorch.kompile  # noqa: B018

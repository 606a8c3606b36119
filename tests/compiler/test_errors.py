"""The same errors as the eager engine's: at the same sample and epoch, with the same words."""

from __future__ import annotations

from typing import Any

import pytest
from graphs import alike, eager, weight

from minitorch import compile
from minitorch.epochs import Epochs
from minitorch.scalar import Scalar
from minitorch.scalar_functions import Inv, ScalarFunction

POINTS = [0.5, 1.5, 2.5]


class Quotient(ScalarFunction):
    """a / b, and in its backward another division"""

    @staticmethod
    def forward(ctx: Any, a: float, b: float) -> float:
        ctx.save_for_backward(a, b)
        return a / b

    @staticmethod
    def backward(ctx: Any, d_output: float) -> tuple[float, float]:
        a, b = ctx.saved_values
        return d_output / b, d_output / a


class Power(ScalarFunction):
    """a³"""

    @staticmethod
    def forward(ctx: Any, a: float) -> float:
        ctx.save_for_backward(a)
        return a**3

    @staticmethod
    def backward(ctx: Any, d_output: float) -> float:
        (a,) = ctx.saved_values
        return 3 * a**2 * d_output


def after(first: Any, value: Any) -> Any:
    """`value`; `first` has been computed, and nobody uses it."""
    return value


ERRORS: list[tuple[Any, type[Exception], str]] = [
    (lambda x, w: after((w + x).log(), w * 1.0), ValueError, r"Log.forward\(-0.25\): log"),
    (lambda x, w: after(1.0 / (w + x), w * 1.0), ZeroDivisionError, r"Inv.forward\(0.0\): divi"),
    (lambda x, w: after((w * -999.0).exp(), w * 1.0), OverflowError, r"Exp.forward\(749.25\)"),
    (lambda x, w: (w, 0.0 * (w + x).log()), ValueError, r"Log.forward\(-0.25\): log"),
    (lambda x, w: after(-(w + x).log(), w), ValueError, r"Log.forward\(-0.25\): log"),
    (lambda x, w: Quotient.apply(1.0, w + x), ZeroDivisionError, r"Quotient.forward\(1.0, 0.0\)"),
    (lambda x, w: after(Quotient.apply(1.0, w + x), w), ZeroDivisionError, "Quotient.forward"),
    (lambda x, w: Quotient.apply(w + x, 1.0), ZeroDivisionError, "Quotient.backward"),
    (lambda x, w: Power.apply((w - 2.25) * 2e102), OverflowError, r"Power.forward\(-6e\+102\): "),
]


@pytest.mark.parametrize(("function", "kind", "message"), ERRORS)
def test_errors_at_the_same_sample_and_epoch(
    backend: str, function: Any, kind: type[Exception], message: str
) -> None:
    """w goes 2.25, 1.25, 0.25, -0.75 with the points 0.5, 0.75, 9; what is not used counts, too."""
    w = weight(2.25)

    def loss(x: Any) -> Any:
        result = function(x, w.value)
        return (w.value, result[1]) if isinstance(result, tuple) else w.value + 0.0 * result

    compiled = compile(loss, [w], [0.9, 0.75, 0.5, 9.0], backend=backend)
    if "-0.25" in message:
        message = message.replace("-0.25", "-0.25|-0.75 ")
    records = Epochs(first=5)
    with pytest.raises(kind, match=message) as caught:
        compiled.train(9, 1.0, into=records)
    assert w.value.data == pytest.approx(-0.75)
    assert len(records) == 3
    assert caught.value.__notes__ == ["This happened in epoch 8."]
    with pytest.raises(kind, match=message) as again:
        compiled.loss()
    assert not hasattr(again.value, "__notes__"), "a loss has no epoch"
    with pytest.raises(kind, match=message):
        eager(loss, [w], [0.9, 0.75, 0.5, 9.0])


def test_what_one_label_asks_for_alone_may_fail_for_that_alone(backend: str) -> None:
    w = weight()

    def loss(x: Any, label: int) -> Any:
        if label == 1:
            x.log()
        return w.value * x

    compiled = alike(backend, loss, [w], [1.0, -3.0, 2.0], [1, 0, 1])
    assert compiled.loss() == 0.0
    with pytest.raises(ValueError, match=r"Log.forward\(-3.0\)"):
        compile(loss, [w], [1.0, -3.0, 2.0], [1, 1, 1], backend=backend).train(1, 0.1)


def test_a_prediction_needs_no_backward(backend: str) -> None:
    w = weight()
    compiled = compile(
        lambda x: (w.value * x, Quotient.apply(w.value * x, 2.0)),
        [w],
        [1.0, 0.0],
        predict=lambda x: Quotient.apply(w.value * x, 2.0),
        backend=backend,
    )
    assert compiled.predict([1.0, 0.0]) == [0.375, 0.0]
    assert compiled.evaluate() == (0.75, 0.375)


@pytest.mark.parametrize(
    ("constant", "message"),
    [
        (lambda: Scalar(-1.0).log(), r"Log.forward\(-1.0\): log\(-1.0\) is not defined"),
        (lambda: Inv.apply(0.0), r"Inv.forward\(0.0\): division by zero"),
        (lambda: Scalar(1.0) / 0, r"Inv.forward\(0"),
        (lambda: Scalar(999).exp(), r"Exp.forward\(999.0\): exp\(999.0\) is too large"),
    ],
)
def test_a_constant_that_raises_names_its_operation(
    backend: str, constant: Any, message: str
) -> None:
    w = weight()
    with pytest.raises((ArithmeticError, ValueError), match=message):
        compile(lambda x: w.value * x + constant(), [w], POINTS, backend=backend)


def test_an_apply_of_ones_own_is_called(backend: str) -> None:
    class Tripled(Power):
        pass

    Tripled.apply = staticmethod(lambda a: a * 3.0)
    w = weight()
    compiled = alike(backend, lambda x: Tripled.apply(w.value * x), [w], POINTS)
    assert compiled.gradients() == [pytest.approx(4.5)]


def test_a_method_of_ones_own_is_called(backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Scalar, "relu", lambda self: self * 0.1)
    w = weight()
    assert alike(backend, lambda x: (w.value * x).relu(), [w], POINTS).gradients() == [
        pytest.approx(0.15)
    ]

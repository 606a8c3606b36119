"""Nothing is silently frozen: what is no function of inputs, label and parameters is refused."""

from __future__ import annotations

import contextlib
import copy
import random
from collections.abc import Callable
from typing import Any

import pytest

from minitorch import compile
from minitorch.compiler import NotCompilable
from minitorch.module import Parameter
from minitorch.scalar import Scalar
from minitorch.scalar_functions import Add, ScalarFunction

POINTS = [0.5, 1.5, 2.5]
w = Parameter(Scalar(0.75), "w")


def refused(loss: Callable[..., Any], *known: Any, **options: Any) -> str:
    """The message with which a loss is refused; the parameter is as it was."""
    before = w.value
    with pytest.raises(NotCompilable) as caught:
        compile(loss, [w], POINTS, *known, **options)
    assert w.value is before
    assert type(w) is Parameter
    return str(caught.value)


# ------------------------------------------------------------- refusals that the loss swallows


def by_except(kind: type[BaseException]) -> Callable[[Any], Any]:
    def loss(x: Any) -> Any:
        try:
            factor = x.data
        except kind:
            factor = 1.0
        return w.value * x * factor

    return loss


def by_suppress(x: Any) -> Any:
    factor = 2.0
    with contextlib.suppress(Exception):
        factor = x.data
    return w.value * x * factor


def by_finally(x: Any) -> Any:
    try:
        return w.value * x.data
    finally:
        return w.value * x  # noqa: B012, SIM107


def by_another_error(x: Any) -> Any:
    try:
        return w.value * x.data
    except Exception as error:
        raise ValueError("no number") from error


def within_a_function(x: Any) -> Any:
    class Clever(ScalarFunction):
        @staticmethod
        def forward(ctx: Any, a: float) -> float:
            try:
                return a if a > 0.0 else 0.0
            except Exception:
                return a

        @staticmethod
        def backward(ctx: Any, d_output: float) -> float:
            return d_output

    return w.value * Clever.apply(x)


@pytest.mark.parametrize(
    "loss",
    [
        *map(by_except, [TypeError, ValueError, Exception, BaseException]),
        by_suppress,
        by_finally,
        by_another_error,
        within_a_function,
    ],
)
def test_a_refusal_can_not_be_caught(loss: Callable[[Any], Any]) -> None:
    assert "test_frozen.py, line " in refused(loss)


def test_it_is_none_of_the_errors_of_arithmetic() -> None:
    kinds = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
    assert not issubclass(NotCompilable, kinds)


# ------------------------------------------------------------------------- asking for the value


@pytest.mark.parametrize(
    "ask",
    [
        repr,
        str,
        "{}".format,
        "{0!r}".format,
        copy.copy,
        copy.deepcopy,
        lambda x: x.history,
        lambda x: x.derivative,
        lambda x: x.unique_id,
        lambda x: x.name,
        lambda x: x.parents,
        lambda x: x.is_leaf(),
        lambda x: x.is_constant(),
        lambda x: x.backward(),
        lambda x: setattr(x, "data", 2.0),
        lambda x: setattr(x, "derivative", None),
        lambda x: any([x]),
        lambda x: not x,
    ],
)
def test_a_symbol_does_not_tell(ask: Callable[[Any], Any]) -> None:
    def loss(x: Any) -> Any:
        ask(x)
        return w.value * x

    assert "asks for the value of a Scalar" in refused(loss)


def test_a_parameters_own_name_may_be_read(backend: str) -> None:
    def loss(x: Any) -> Any:
        return w.value * x * (2.0 if w.value.name == "w" else 1.0)

    assert compile(loss, [w], POINTS, backend=backend).loss() == 0.75 * 4.5 * 2.0


# --------------------------------------------------------------------- something else than inputs


def test_the_first_sample_kept_in_a_list() -> None:
    kept: list[Any] = []

    def loss(x: Any) -> Any:
        kept.append(x)
        return w.value * x * kept[0]

    assert "kept and used again" in refused(loss)


def test_what_the_label_before_has_left() -> None:
    kept: list[Any] = []

    def loss(x: Any, label: int) -> Any:
        kept.append(x * 1.0)
        return w.value * kept[0 if label else -1]

    assert "kept and used again" in refused(loss, [0, 1, 1])


def test_random_numbers_of_the_second_label() -> None:
    def loss(x: Any, label: int) -> Any:
        return w.value * x * (random.random() if label == 1 else 1.0)

    message = refused(loss, [0, 1, 1])
    assert message.startswith("For sample 1, with label 1, the program")
    assert "random numbers" in message


def test_random_numbers_of_a_prediction(backend: str) -> None:
    compiled = compile(
        lambda x: w.value * x,
        [w],
        POINTS,
        predict=lambda x: w.value * x + random.random(),
        backend=backend,
    )
    with pytest.raises(NotCompilable, match="random numbers"):
        compiled.predict(POINTS)
    with pytest.raises(NotCompilable, match="random numbers"):
        compiled.at(POINTS, lambda x: (x, random.random() * x))


@pytest.mark.parametrize("until", range(1, 6))
def test_a_counter(until: int) -> None:
    calls = 0

    def loss(x: Any) -> Any:
        nonlocal calls
        calls += 1
        return w.value * x * (1.0 if calls <= until else 2.0)

    refused(loss)


def test_a_count_that_is_used() -> None:
    calls = 0

    def loss(x: Any) -> Any:
        nonlocal calls
        calls += 1
        return w.value * x * calls

    refused(loss)


def test_a_parameters_value_taken_before() -> None:
    value = w.value
    assert "computed outside" in refused(lambda x: value * x)
    assert "computed outside" in refused(lambda x: value)
    assert "computed outside" in refused(lambda x: (value * 2.0).relu() * x)


def test_a_look_at_the_type() -> None:
    message = refused(lambda x: w.value * x if type(x) is Scalar else w.value * x * 2.0)
    assert "result 1 is 0.75 in place of 0.375, off by 0.375" in message


def test_a_derivative_alone_that_differs() -> None:
    """The value is the same: only the gradient tells."""

    class Shifted(ScalarFunction):
        @staticmethod
        def forward(ctx: Any, a: float) -> float:
            return a

        @staticmethod
        def backward(ctx: Any, d_output: float) -> float:
            return d_output if type(d_output) is not float else 3.0 * d_output

    message = refused(lambda x: Shifted.apply(w.value * x))
    assert "the derivative of w is 0.166667 in place of 0.5, off by 0.333333" in message


def test_a_parameter_is_set_within_the_loss() -> None:
    def loss(x: Any) -> Any:
        w.update(Scalar(2.0))
        return w.value * x

    assert "sets a parameter" in refused(loss)
    assert w.value.data == 0.75


def test_symbols_of_another_trace() -> None:
    kept: list[Any] = []

    def keeping(x: Any) -> Any:
        kept.append(x)
        return w.value * x

    compile(keeping, [w], POINTS)
    symbol = kept[0]
    uses: list[Callable[[Any], Any]] = [
        lambda x: symbol.relu() * w.value,
        lambda x: -symbol * w.value,
        lambda x: x * symbol,
        lambda x: symbol * x,
        lambda x: symbol < x,
        lambda x: Add.apply(x, symbol),
        lambda x: symbol,
        by_suppress_of(symbol),
    ]
    for use in uses:
        assert "kept and used again" in refused(use)
    for outside in (lambda: symbol + 1.0, lambda: symbol.exp(), lambda: Scalar(2.0) * symbol):
        with pytest.raises(NotCompilable, match="kept and used again"):
            outside()


def by_suppress_of(symbol: Any) -> Callable[[Any], Any]:
    def loss(x: Any) -> Any:
        with contextlib.suppress(Exception):
            return symbol * w.value
        return x * w.value

    return loss


def test_labels_that_are_equal_and_not_the_same(backend: str) -> None:
    def loss(x: Any, label: Any) -> Any:
        return w.value * x * (2.0 if label is True else 1.0)

    compiled = compile(loss, [w], POINTS, [1, True, 1], backend=backend)
    assert compiled.loss() == 0.75 * (0.5 + 3.0 + 2.5)


def test_two_parameters_that_hold_one_scalar() -> None:
    other = Parameter(w.value, "w")
    with pytest.raises(NotCompilable, match="hold the same Scalar"):
        compile(lambda x: w.value * x + other.value, [w, other], POINTS)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda x: w.value * x * "a",
        lambda x: [1.0, 2.0][x],
        lambda x: w.value * x[0],
        lambda x: None,
    ],
)
def test_what_fails_with_scalars_fails_alike(wrong: Callable[[Any], Any]) -> None:
    """Their error, not that they can't be symbols."""
    with pytest.raises(TypeError, match=r"Scalar|str"):
        compile(wrong, [w], POINTS)

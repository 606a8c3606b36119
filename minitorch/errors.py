"""What to say when something goes wrong: in which function, with which values, and why."""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Real
from typing import Any, NoReturn

REPORTED = (ZeroDivisionError, OverflowError, ArithmeticError, ValueError, TypeError)
"""The errors of arithmetic, narrow ones before wide ones: those that get a better message here."""


class Diverged(ArithmeticError):
    """The loss is no longer a finite number, and no further step can mend that.

    Args:
        epoch: the epoch in which it happened, counted from 1.
        loss: what the loss became.
        learning_rate: that of the run, to advise a smaller one.
    """

    def __init__(self, epoch: int, loss: float, learning_rate: float) -> None:
        super().__init__(
            f"In epoch {epoch} the loss became {loss}: the steps were too large. "
            f"Try a learning rate below {learning_rate:g}, or another seed."
        )
        self.epoch, self.loss = epoch, loss


def report_forward(function: type, vals: Iterable[Any], error: Exception) -> NoReturn:
    """Raise the error again, with a message that names the function and the values it got.

    Args:
        function: the ScalarFunction whose `forward` failed.
        vals: what it was called with, Scalars or numbers.
        error: one of REPORTED.

    Raises:
        Exception: always: the same kind as `error`.
    """
    shown = ", ".join(repr(getattr(v, "data", v)) for v in vals)
    kind = next(kind for kind in REPORTED if isinstance(error, kind))
    raise kind(f"{function.__name__}.forward({shown}): {error}") from error


def report_chain_rule(variable: Any, d_output: Any, error: Exception) -> NoReturn:
    """Raise the error that explains why the chain rule could not be applied.

    `backward` is called once more, to tell its own failure from a wrong number of derivatives.

    Args:
        variable: the Scalar whose `chain_rule` failed.
        d_output: what that was called with.
        error: what came of it.

    Raises:
        ValueError: no function made the variable, or `backward` gave too few derivatives or too
            many.
        Exception: otherwise what `backward` raised, with a message that names the function.
    """
    history = variable.history
    if history is None or history.last_fn is None:
        raise ValueError(f"{variable!r} was not made by a function: it has no chain rule") from None
    name, due = history.last_fn.__name__, len(history.inputs)
    try:
        derivatives = history.last_fn.backward(history.ctx, d_output)
    except REPORTED as own:
        shown = ", ".join(repr(scalar.data) for scalar in history.inputs)
        kind = next(kind for kind in REPORTED if isinstance(own, kind))
        raise kind(f"{name}.backward({d_output!r}), after {name}.forward({shown}): {own}") from own
    count = len(derivatives) if isinstance(derivatives, (tuple, list)) else 1
    if count != due:
        raise ValueError(f"{name}.backward gave {count} derivatives for {due} inputs") from error
    raise error


def report_derivative(variable: Any, derivative: Any) -> NoReturn:
    """Raise the error for a derivative that can't be added to what has arrived already.

    Args:
        variable: the Scalar whose function gave the derivative.
        derivative: what it gave.

    Raises:
        RuntimeError: the derivative is a number, so what was to be added to has gone: a pass
            within this one has taken it.
        TypeError: it is none, such as None.
    """
    name = variable.history.last_fn.__name__
    if isinstance(derivative, Real):
        raise RuntimeError(f"{name}.backward ran another backward pass within this one") from None
    raise TypeError(f"{name}.backward gave {derivative!r} where a number is due") from None


def as_float(v: Any) -> float:
    """Convert a number of any type to a float.

    Raises:
        TypeError: `v` is not a number but a str, say.
    """
    if hasattr(v, "__float__") or hasattr(v, "__index__"):
        return float(v)
    raise TypeError(f"a Scalar holds a number, and {v!r} ({type(v).__name__}) is none")

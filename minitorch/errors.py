"""What to say when a function of Scalars goes wrong: which one, with which values, and why."""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Real
from typing import Any, NoReturn

REPORTED = (ZeroDivisionError, OverflowError, ArithmeticError, ValueError, TypeError)
"""The errors of arithmetic, the narrower before the wider: what `report_forward` tells anew."""


class Diverged(ArithmeticError):
    """The loss is no longer a finite number, and no further step can mend that."""

    def __init__(self, epoch: int, loss: float, learning_rate: float) -> None:
        """Say in which epoch, what the loss became, and with which learning rate."""
        super().__init__(
            f"In epoch {epoch} the loss became {loss}: the steps were too large. "
            f"Try a learning rate below {learning_rate:g}, or another seed."
        )
        self.epoch, self.loss = epoch, loss


def report_forward(function: type, vals: Iterable[Any], error: Exception) -> NoReturn:
    """Raise `error` again, naming the function whose `forward` met it and the values it got."""
    shown = ", ".join(repr(getattr(v, "data", v)) for v in vals)
    kind = next(kind for kind in REPORTED if isinstance(error, kind))
    raise kind(f"{function.__name__}.forward({shown}): {error}") from error


def report_chain_rule(variable: Any, d_output: Any, error: Exception) -> NoReturn:
    """Raise the error that explains why the chain rule could not be applied to `variable`."""
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
    given = len(derivatives) if isinstance(derivatives, (tuple, list)) else 1
    if given != due:
        raise ValueError(f"{name}.backward gave {given} derivatives for {due} inputs") from error
    raise error


def report_derivative(variable: Any, derivative: Any) -> NoReturn:
    """Raise the error for a `backward` whose result can't be added up, such as None."""
    name = variable.history.last_fn.__name__
    if isinstance(derivative, Real):
        raise RuntimeError(f"{name}.backward ran another backward pass within this one") from None
    raise TypeError(f"{name}.backward gave {derivative!r} where a number is due") from None


def as_float(v: Any) -> float:
    """Give a number of any type as a float; TypeError for what is none, such as a str."""
    if hasattr(v, "__float__") or hasattr(v, "__index__"):
        return float(v)
    raise TypeError(f"a Scalar holds a number, and {v!r} ({type(v).__name__}) is none")

"""What to say when something goes wrong: in which function, with which values, and why."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from numbers import Complex, Real
from typing import Any, NoReturn

REPORTED = (ZeroDivisionError, OverflowError, ArithmeticError, ValueError, TypeError)
"""The errors of arithmetic, which get a better message here."""


class Diverged(ArithmeticError):
    """The loss is no longer a finite number, and no further step can mend that.

    Args:
        epoch: the epoch in which it happened, counted from 1.
        loss: what the loss became.
        learning_rate: that of the run, to advise a smaller one.
    """

    def __init__(self, epoch: int, loss: float, learning_rate: float) -> None:
        if epoch == 1:
            advice = "No step has been made yet: look at what the model computes, and begins with."
        else:
            advice = (
                "The steps were too large. "
                f"Try a learning rate below {learning_rate:g}, or another seed."
            )
        super().__init__(f"In epoch {epoch} the loss became {loss}. {advice}")
        self.epoch, self.loss = epoch, loss


def report_forward(function: type, vals: Iterable[Any], error: Exception) -> NoReturn:
    """Raise the error again, saying in which function, and with which values it was called.

    Args:
        function: the ScalarFunction whose `forward` failed.
        vals: what it was called with, Scalars or numbers.
        error: what it raised.

    Raises:
        Exception: always: see `_raise_again`.
    """
    _raise_again(error, f"{function.__name__}.forward({', '.join(map(_shown, vals))})")


def _raise_again(error: Exception, where: str) -> NoReturn:
    """Raise `error` with the place: in the message of an error of arithmetic, else as a note.

    What a learner has raised stays what it is: its class may have been made for the purpose.
    """
    if type(error) in REPORTED:
        raise type(error)(f"{where}: {error}") from error
    if not hasattr(error, "__notes__"):  # or the calls around it would each add one
        error.add_note(f"in {where}")
    raise error


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
        Exception: otherwise what `backward` raised, with the function's name.
    """
    history = variable.history
    if history is None or history.last_fn is None:
        raise ValueError(f"{variable!r} was not made by a function: it has no chain rule") from None
    name, due = history.last_fn.__name__, len(history.inputs)
    shown = ", ".join(repr(scalar.data) for scalar in history.inputs)
    where = f"{name}.backward({d_output!r}), after {name}.forward({shown})"
    if not isinstance(error, (*REPORTED, AttributeError)):  # none that counting would raise
        _raise_again(error, where)
    try:
        derivatives = history.last_fn.backward(history.ctx, d_output)
    except Exception as own:
        _raise_again(own, where)
    count = len(derivatives) if isinstance(derivatives, (tuple, list)) else 1
    if count != due:
        raise ValueError(f"{name}.backward gave {count} derivatives for {due} inputs") from error
    raise error


def as_derivative(variable: Any, derivative: Any) -> float:
    """Convert a derivative that could not be added to a float as it is, such as a Decimal.

    Args:
        variable: the Scalar whose function gave the derivative.
        derivative: what it gave.

    Raises:
        TypeError: that is no number, such as None.
    """
    if is_number(derivative):
        return float(derivative)
    name = variable.history.last_fn.__name__
    raise TypeError(f"{name}.backward gave {_shown(derivative)} where a number is due") from None


def is_number(v: Any) -> bool:
    """Whether `v` is a real number of any type: Python's, NumPy's, a Fraction, or one's own.

    An array is none, though one of a single element can be converted: it has operators of its own.
    """
    if isinstance(v, (float, int)):  # nearly always, and quicker to tell than the rest
        return True
    if isinstance(v, Complex):
        return isinstance(v, Real)
    return (hasattr(v, "__float__") or hasattr(v, "__index__")) and not hasattr(v, "__len__")


def as_float(v: Any) -> float:
    """Convert a number of any type to a float.

    Raises:
        OverflowError: it is too large.
        TypeError: `v` is not a number but a str, say.
    """
    if is_number(v):
        return float(v)
    hint = ", but its `value` is one" if hasattr(v, "update") and hasattr(v, "value") else ""
    raise TypeError(f"a Scalar holds a number, and {_shown(v)} ({type(v).__name__}) is none{hint}")


def as_seed(seed: Any) -> Any:
    """What Python's generators take for `seed`: an int for whole numbers of any type."""
    return operator.index(seed) if hasattr(seed, "__index__") else seed


def _shown(v: Any) -> str:
    """A value as a message shows it: what is short and plain in full, else its type."""
    if hasattr(v, "history"):  # a Scalar
        return repr(v.data)
    plain = is_number(v) or type(v).__module__ == "builtins"
    text = repr(v) if plain else ""
    return text if 0 < len(text) <= 80 and " at 0x" not in text else f"a {type(v).__name__}"

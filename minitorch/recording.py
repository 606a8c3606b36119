"""Calling a function so that the result remembers it: what is behind `apply`.

A call makes a history, lets `forward` compute with plain floats, and wraps the result in a Scalar
that holds the history. Nothing here knows any operation by name. Nearly all the time of training
is spent here, so the usual cases, one input and two, are written out: that takes two thirds of
the time.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .errors import is_number, report_forward
from .history import Record, ScalarHistory

if TYPE_CHECKING:
    from .scalar import Scalar
    from .scalar_functions import ScalarFunction

_Scalar: type[Scalar]


def results_are(scalar_class: type[Scalar]) -> None:
    """Set the class whose instances every `apply` takes and gives.

    This closes the one loop in the package's imports: a call makes a Scalar, and a Scalar's
    methods make calls. So scalar.py, which imports this module, calls this once, when it loads.

    Args:
        scalar_class: `Scalar`.
    """
    global _Scalar
    _Scalar = scalar_class


class Untold(Exception):
    """Raised by the `data` of an input that stands for a value and has none; the compiler's have.

    `apply` then leaves the call to it. Where all inputs have values this costs nothing: no
    operation has to look at what its inputs are.
    """

    def record(self, function: type[ScalarFunction], inputs: tuple[Any, ...]) -> Scalar:
        """What the call of `function` with `inputs`, Scalars or numbers, gives."""
        raise NotImplementedError


class _Call(Record):
    """A history that is filled in from outside: quicker than an `__init__` written in Python."""

    __slots__ = ()


class _OpenCall(ScalarHistory):
    """The same, with room for the attributes that a learner's `forward` may set."""

    __init__ = object.__init__


Apply = Callable[..., "Scalar"]
Report = Callable[[type, tuple[Any, ...], Exception], Any]


def make_apply(function: type[ScalarFunction]) -> Apply:
    """Make the `apply` of a function: Scalars or numbers in, a Scalar out.

    Args:
        function: a class with a static `forward(ctx, *floats)`; its signature decides which of
            the three versions below is taken.

    Raises:
        TypeError: the class has no `forward`.
    """
    if not hasattr(function, "forward"):
        raise TypeError(f"{function.__name__} has no forward: write a static forward(ctx, …)")
    parameters = inspect.signature(function.forward).parameters.values()
    plain = all(p.kind is p.POSITIONAL_OR_KEYWORD and p.default is p.empty for p in parameters)
    inputs = len(parameters) - 1 if plain else -1  # the first is the context
    apply = {1: _of_one, 2: _of_two}.get(inputs, _of_any)(function, report_forward)
    apply.__qualname__ = f"{function.__qualname__}.apply"
    return apply


def make_operator(function: type[ScalarFunction]) -> Apply:
    """Make the operator of a function of two: like its `apply`, but it steps aside.

    With an operand that is no number it gives NotImplemented, so that Python asks the operand.
    """
    return _of_two(function, _step_aside)


def _step_aside(function: type, vals: tuple[Any, ...], error: Exception) -> Any:
    if all(isinstance(v, _Scalar) or is_number(v) for v in vals):
        report_forward(function, vals, error)
    return NotImplemented


def _call_class(function: type[ScalarFunction]) -> type[Record]:
    return _Call if function.__module__.startswith(f"{__package__}.") else _OpenCall


def _of_any(function: type[ScalarFunction], report: Report) -> Apply:
    make_call = _call_class(function)

    def apply(*vals: Any) -> Any:
        call = make_call()
        call.last_fn = function
        call.saved_values = ()
        try:
            call.inputs = tuple([v if isinstance(v, _Scalar) else _Scalar(v) for v in vals])
            return _Scalar(function.forward(call, *[v.data for v in call.inputs]), call)
        except Untold as untold:
            return untold.record(function, vals)
        except Exception as error:
            return report(function, vals, error)

    return apply


def _of_one(function: type[ScalarFunction], report: Report) -> Apply:
    forward, make_call = function.forward, _call_class(function)

    def apply(a: Any) -> Any:
        call = make_call()
        call.last_fn = function
        call.saved_values = ()
        try:
            if not isinstance(a, _Scalar):
                a = _Scalar(a)
            call.inputs = (a,)
            return _Scalar(forward(call, a.data), call)
        except Untold as untold:
            return untold.record(function, (a,))
        except Exception as error:
            return report(function, (a,), error)

    return apply


def _of_two(function: type[ScalarFunction], report: Report) -> Apply:
    forward, make_call = function.forward, _call_class(function)

    def apply(a: Any, b: Any) -> Any:
        call = make_call()
        call.last_fn = function
        call.saved_values = ()
        try:
            if not isinstance(a, _Scalar):
                a = _Scalar(a)
            if not isinstance(b, _Scalar):
                b = _Scalar(b)
            call.inputs = (a, b)
            return _Scalar(forward(call, a.data, b.data), call)
        except Untold as untold:
            return untold.record(function, (a, b))
        except Exception as error:
            return report(function, (a, b), error)

    return apply

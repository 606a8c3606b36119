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

from .autodiff import ScalarHistory
from .errors import REPORTED, report_forward

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


class _Call(ScalarHistory):
    """A history that is filled in from outside: quicker than an `__init__` written in Python."""

    __slots__ = ()
    __init__ = object.__init__


def make_apply(function: type[ScalarFunction]) -> Callable[..., Scalar]:
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
    apply = {1: _of_one, 2: _of_two}.get(inputs, _of_any)(function)
    apply.__qualname__ = f"{function.__qualname__}.apply"
    return apply


def _of_any(function: type[ScalarFunction]) -> Callable[..., Scalar]:
    def apply(*vals: Any) -> Scalar:
        call = _Call()
        call.last_fn = function
        call.saved_values = ()
        try:
            call.inputs = tuple([v if isinstance(v, _Scalar) else _Scalar(v) for v in vals])
            return _Scalar(function.forward(call, *[v.data for v in call.inputs]), call)
        except Untold as untold:
            return untold.record(function, vals)
        except REPORTED as error:
            report_forward(function, vals, error)

    return apply


def _of_one(function: type[ScalarFunction]) -> Callable[..., Scalar]:
    forward = function.forward

    def apply(a: Any) -> Scalar:
        call = _Call()
        call.last_fn = function
        call.saved_values = ()
        try:
            if not isinstance(a, _Scalar):
                a = _Scalar(a)
            call.inputs = (a,)
            return _Scalar(forward(call, a.data), call)
        except Untold as untold:
            return untold.record(function, (a,))
        except REPORTED as error:
            report_forward(function, (a,), error)

    return apply


def _of_two(function: type[ScalarFunction]) -> Callable[..., Scalar]:
    forward = function.forward

    def apply(a: Any, b: Any) -> Scalar:
        call = _Call()
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
        except REPORTED as error:
            report_forward(function, (a, b), error)

    return apply

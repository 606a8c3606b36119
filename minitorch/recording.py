"""Calling a function so that the result remembers it: the mechanics behind `apply`.

A call makes a history, lets `forward` compute with plain floats, and wraps what comes out in a
Scalar that holds the history. Nothing here knows a single operation. Nearly all the time of
training passes here, so the usual cases, one input and two, are written out: that takes two
thirds of the time.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .autodiff import ScalarHistory
from .errors import REPORTED, report_forward

if TYPE_CHECKING:
    from .scalar import Scalar, ScalarLike
    from .scalar_functions import ScalarFunction
else:
    # The one loop in the package's imports: a call makes a Scalar, and a Scalar's methods make
    # calls. It is closed from the other side: scalar.py puts its class here when it loads.
    Scalar: Any = None


class _Call(ScalarHistory):
    """A history that is filled in from outside: quicker than an `__init__` written in Python."""

    __slots__ = ()
    __init__ = object.__init__


def recorder(function: type[ScalarFunction]) -> Callable[..., Scalar]:
    """Make the `apply` of a function: Scalars or numbers in, a Scalar out."""
    if not hasattr(function, "forward"):
        raise TypeError(f"{function.__name__} has no forward: write a static forward(ctx, …)")
    parameters = inspect.signature(function.forward).parameters.values()
    plain = all(p.kind is p.POSITIONAL_OR_KEYWORD and p.default is p.empty for p in parameters)
    inputs = len(parameters) - 1 if plain else -1  # the first is the context
    apply = {1: _of_one, 2: _of_two}.get(inputs, _of_any)(function)
    apply.__qualname__ = f"{function.__qualname__}.apply"
    return apply


def _of_any(function: type[ScalarFunction]) -> Callable[..., Scalar]:
    def apply(*vals: ScalarLike) -> Scalar:
        call = _Call()
        call.last_fn = function
        call.saved_values = ()
        try:
            call.inputs = tuple([v if isinstance(v, Scalar) else Scalar(v) for v in vals])
            return Scalar(function.forward(call, *[v.data for v in call.inputs]), call)
        except REPORTED as error:
            report_forward(function, vals, error)

    return apply


def _of_one(function: type[ScalarFunction]) -> Callable[..., Scalar]:
    forward = function.forward

    def apply(a: ScalarLike) -> Scalar:
        call = _Call()
        call.last_fn = function
        call.saved_values = ()
        try:
            if not isinstance(a, Scalar):
                a = Scalar(a)
            call.inputs = (a,)
            return Scalar(forward(call, a.data), call)
        except REPORTED as error:
            report_forward(function, (a,), error)

    return apply


def _of_two(function: type[ScalarFunction]) -> Callable[..., Scalar]:
    forward = function.forward

    def apply(a: ScalarLike, b: ScalarLike) -> Scalar:
        call = _Call()
        call.last_fn = function
        call.saved_values = ()
        try:
            if not isinstance(a, Scalar):
                a = Scalar(a)
            if not isinstance(b, Scalar):
                b = Scalar(b)
            call.inputs = (a, b)
            return Scalar(forward(call, a.data, b.data), call)
        except REPORTED as error:
            report_forward(function, (a, b), error)

    return apply

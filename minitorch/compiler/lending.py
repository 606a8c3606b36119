"""Lending the parameters other values: to see what a function makes of these.

The parameters hold them for the function that is called in this thread. What is in the model stays
there, and other threads go on reading it.

>>> from minitorch import Parameter, Scalar
>>> w = Parameter(Scalar(1.0))
>>> with lending([w]), holding({id(w): Scalar(5.0)}):
...     w.value
Scalar(5.0)
>>> w.value
Scalar(1.0)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from types import MappingProxyType
from typing import Any

from ..module import Parameter
from ..scalar import Scalar
from .errors import ADVICE, place, refuse

_held: ContextVar[Mapping[int, Scalar]] = ContextVar("held", default=MappingProxyType({}))
_lock = Lock()
_lent_classes: dict[type[Parameter], type[Parameter]] = {}
_lent: dict[int, int] = {}  # how many are lending a parameter just now, by its id


def _lent_class(own: type[Parameter]) -> type[Parameter]:
    """What the class of a parameter becomes while it is lent."""
    if own not in _lent_classes:
        _lent_classes[own] = _make_lent_class(own)
    return _lent_classes[own]


def _make_lent_class(own: Any) -> type[Parameter]:
    """A subclass whose `value` is what this thread holds; the parameter's own stays where it is.

    Args:
        own: its class. What reads and sets the value there, a slot or a property of a subclass,
            is looked up in it: another thread may be within `value` when the lending ends.
    """

    def value(parameter: Any) -> Any:
        held = _held.get().get(id(parameter))
        return own.value.__get__(parameter, own) if held is None else held

    def set_value(parameter: Any, value: Any) -> None:
        if id(parameter) in _held.get():
            refuse(
                f"The function sets a parameter ({place()}), which would be done once and not for "
                f"every sample: {ADVICE}."
            )
        own.value.__set__(parameter, value)

    space = {"__slots__": (), "__module__": own.__module__, "value": property(value, set_value)}
    return type(own.__name__, (own,), space)


@contextmanager
def lending(parameters: Sequence[Parameter]) -> Iterator[None]:
    """Within the block, `holding` may give the parameters other values.

    Args:
        parameters: the parameters. Others may lend them at the same time.
    """
    lent: list[Parameter] = []  # so that an interruption on the way leaves none behind
    try:
        with _lock:
            for parameter in parameters:
                lent.append(parameter)
                count = _lent[id(parameter)] = _lent.get(id(parameter), 0) + 1
                if count == 1:
                    parameter.__class__ = _lent_class(type(parameter))
        yield
    finally:
        with _lock:
            for parameter in lent:
                _take_back(parameter)


def _take_back(parameter: Parameter) -> None:
    count = _lent.pop(id(parameter), 0) - 1
    if count > 0:
        _lent[id(parameter)] = count
    elif type(parameter) in _lent_classes.values():
        parameter.__class__ = type(parameter).__bases__[0]


@contextmanager
def holding(values: Mapping[int, Scalar]) -> Iterator[None]:
    """Within the block, and in this thread, lent parameters have other values.

    Args:
        values: by the `id` of a parameter what it holds.
    """
    token = _held.set(values)
    try:
        yield
    finally:
        _held.reset(token)

"""Between JavaScript's values and Python's: plain data both ways."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any


def plain(value: Any, null: Any = None) -> Any:
    """Turn records into dictionaries with the names that the page uses, and None into `null`.

    Args:
        value: a dataclass, a dictionary, a list, or anything else, which stays as it is.
        null: what stands for None.
    """
    kind: Any = type(value)
    if kind is float or kind is int or kind is str:  # most of a graph, which comes often
        return value
    if value is None:
        return null
    if is_dataclass(value) and not isinstance(value, type):
        return {of_page: plain(getattr(value, own), null) for own, of_page in _names(kind)}
    if isinstance(value, dict):
        return {key: plain(item, null) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item, null) for item in value]
    return value


@cache  # and no dictionary, which would look like something that a program has left behind
def _names(kind: Any) -> list[tuple[str, str]]:
    """The names that the fields of a record have here, and on the page."""
    return [(field.name, camel(field.name)) for field in fields(kind)]


def camel(name: str) -> str:
    """`central_difference` -> `centralDifference`"""
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


def snake(name: str) -> str:
    """`runTests` -> `run_tests`"""
    return re.sub(r"(?<!^)[A-Z]", r"_\g<0>", name).lower()


def for_javascript(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let JavaScript call `function`: its arguments become Python's, its result JavaScript's.

    A function among the arguments can be called in turn, with Python's values.
    """

    def called(*arguments: Any) -> Any:
        return _to_javascript(function(*map(_to_python, arguments)))

    return called


def _to_python(value: Any) -> Any:
    from pyodide.ffi import JsProxy, jsnull

    if value is jsnull:
        return None
    if not isinstance(value, JsProxy):
        return value
    if callable(value):
        return lambda *arguments: value(*map(_to_javascript, arguments))
    return with_none(value.to_py(), jsnull)


def with_none(value: Any, null: Any) -> Any:
    """Put None where a dictionary, or one within it, has `null`.

    Args:
        value: what came from JavaScript.
        null: what stands for JavaScript's null.
    """
    if value is null:
        return None
    if isinstance(value, dict):
        return {key: with_none(item, null) for key, item in value.items()}
    return value


def _to_javascript(value: Any) -> Any:
    import js
    from pyodide.ffi import jsnull, to_js

    def default(value: Any, convert: Any, remember: Any) -> Any:
        # A copy of its own: the memory of an array that Python frees may not be looked at.
        return js.Float64Array.new(to_js(memoryview(value))) if isinstance(value, array) else value

    converted = plain(value, jsnull)
    return to_js(converted, dict_converter=js.Object.fromEntries, default_converter=default)

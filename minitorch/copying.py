"""Copying and pickling a graph of any depth, without one call inside another for each operation.

`copy` and `pickle` ask an object for its parts, and those for theirs: along a chain they would go
as deep as it is long. So a Scalar gives all that it was computed from as its first part, a list
that is gone through oldest first. When the turn of one of these comes, its own inputs are known to
the copier or pickler already, and it is shared with whatever else refers to it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

from .autodiff import topological_sort


class _Waiting(threading.local):
    """The ids of the Scalars whose inputs will have been copied when their turn comes."""

    def __init__(self) -> None:
        self.ids: set[int] = set()


_waiting = _Waiting()


class Ancestors:
    """What a Scalar was computed from; copied or pickled, it becomes a list.

    Args:
        scalar: the Scalar.
    """

    def __init__(self, scalar: Any) -> None:
        self._oldest_first = topological_sort(scalar)[:0:-1]

    def __reduce__(self) -> Any:
        return list, (), None, self._in_turn()

    def _in_turn(self) -> Iterator[Any]:
        new = {id(scalar) for scalar in self._oldest_first} - _waiting.ids
        _waiting.ids |= new
        try:
            yield from self._oldest_first
        finally:
            _waiting.ids -= new


def ancestors(scalar: Any) -> Ancestors | None:
    """What has to be copied before `scalar`; None if nothing has, or if it has been."""
    if id(scalar) in _waiting.ids:
        _waiting.ids.remove(id(scalar))
        return None
    computed = any(parent.parents for parent in scalar.parents)
    return Ancestors(scalar) if computed else None

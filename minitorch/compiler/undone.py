"""The learner's function is called to be looked at, and what these calls leave behind is undone.

A model may keep its last output, or a running mean, and draw random numbers. None of that should
show that it was traced: least of all a symbol, which is of no use afterwards.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ..module import Module


@contextmanager
def undone(function: Callable[..., Any], owner: Any) -> Iterator[None]:
    """After the block, modules have the attributes that they had, and random numbers go on as if
    none had been drawn.

    Args:
        function: what is called within the block.
        owner: the Module whose parameters are trained; or anything else.
    """
    states = [_State(module) for module in _modules(function, owner)]
    luck = random.getstate()
    try:
        yield
    finally:
        for state in states:
            state.restore()
        if random.getstate() != luck:
            random.setstate(luck)


def _modules(function: Callable[..., Any], owner: Any) -> list[Module]:
    """The modules that a function may change: those it refers to, and those inside of them."""
    cells = getattr(function, "__closure__", None) or ()
    known = [owner, function, getattr(function, "__self__", None)]
    for cell in cells:
        try:
            known.append(cell.cell_contents)
        except ValueError:  # not set yet
            continue
    found: dict[int, Module] = {}
    waiting = [module for module in known if isinstance(module, Module)]
    while waiting:
        module = waiting.pop()
        if id(module) not in found:
            found[id(module)] = module
            waiting += module._modules.values()
    return list(found.values())


class _State:
    """The attributes of a module, and what is in those that are lists, dictionaries or sets."""

    def __init__(self, module: Module) -> None:
        self._attributes = vars(module)
        self._before = dict(self._attributes)
        self._contents = [
            (value, type(value)(value))
            for value in self._before.values()
            if type(value) in (list, dict, set)
        ]

    def restore(self) -> None:
        """Make them what they were, where they have changed."""
        for value, before in self._contents:
            if len(value) != len(before) or not _same(value, before):
                value.clear()
                (value.extend if isinstance(value, list) else value.update)(before)
        now, before = self._attributes, self._before
        if len(now) != len(before) or not _same(now, before):
            now.clear()
            now.update(before)


def _same(now: Any, before: Any) -> bool:
    """Whether two collections of one length have the same objects in the same order."""
    if isinstance(now, dict):
        return _same(now.keys(), before.keys()) and _same(now.values(), before.values())
    return all(a is b for a, b in zip(now, before, strict=True))

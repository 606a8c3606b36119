"""Around the learner's code: what it prints is kept, Stop is heard, and what it bent is mended.

After a run these are as they were: the builtins; `sys`, with its paths, hooks and limits; the
names of the modules of our `minitorch`, of this bridge, and of those that these import, such as
`math` and `time`; the classes of `minitorch`; the filters of warnings and the handlers of logging;
the tracing and profiling functions; the garbage collector; the handler of Stop. A library of the
learner's own is left as it is: it may count its Scalars in a global variable.

It does not mend what reaches deeper: other modules of the standard library, a learner's library,
the insides of objects found there, files, `ctypes`, or code that swallows every exception. That is
seen when the run is over (`traces.py`), and the page lets the next one have a new Python.
"""

from __future__ import annotations

import builtins
import contextlib
import gc
import io
import logging
import os
import signal
import sys
import warnings
from collections.abc import Iterator
from types import ModuleType, TracebackType
from typing import Any

from ..workspace import WORKSPACE
from . import stack
from .output import Output
from .stopping import STOP, listen

MOST_CALLS = 2_000  # within each other, if the code raises the limit; freeing 8,000 ends Python

_OURS = ("minitorch", "bridge")


class Guard:
    """`with Guard(output) as guard:` runs what may do anything; `guard.error` is what it raised.

    Args:
        output: takes what is printed meanwhile.

    Attributes:
        error: the exception that ended the run, if one did; to be set to None once it is explained.

    Leaving it uses no builtin before these are restored, and no exception goes out of it.
    """

    error: BaseException | None = None

    def __init__(self, output: Output) -> None:
        self._output = output

    def __enter__(self) -> Guard:
        self._stop, self._mine = STOP, (globals(), globals().copy())
        self._builtins = _Names(vars(builtins)).restore
        self._names = [_Names(names, own).restore for names, own in _guarded()]
        self._classes = [(cls, dict(vars(cls))) for cls in _classes()]
        self._modules = sys.modules
        self._loaded = sys.modules.copy()
        self._sys = (sys.gettrace(), sys.getprofile(), sys.getrecursionlimit(), gc.isenabled())
        self._calls = (sys.settrace, sys.setprofile, sys.setrecursionlimit)
        self._warnings = warnings.catch_warnings()
        self._warnings.__enter__()
        self._handler = listen()
        _redirect(self._output)
        stack.limit()
        STOP.heard = True
        return self

    def __exit__(
        self, kind: Any, error: BaseException | None, traceback: TracebackType | None
    ) -> bool:
        self._stop.heard = False
        settrace, setprofile, setrecursionlimit = self._calls
        trace, profile, depth, collects = self._sys
        settrace(trace)
        self._builtins()
        mine, names = self._mine
        mine.update(names)
        setprofile(profile)
        setrecursionlimit(depth)
        stack.unlimit()
        for restore in self._names:
            restore()
        for cls, members in self._classes:
            _restore_class(cls, members)
        self._restore_modules()
        if collects:
            gc.enable()
        with contextlib.suppress(Exception):
            self._warnings.__exit__(kind, error, traceback)
        if self._handler is not None:
            signal.signal(signal.SIGINT, self._handler)
        self.error = error
        return True

    def _restore_modules(self) -> None:
        """Bring back what was loaded; what was imported since stays, unless it was made up."""
        sys.modules = self._modules
        for name, module in list(sys.modules.items()):
            if name not in self._loaded and getattr(module, "__spec__", None) is None:
                del sys.modules[name]
        sys.modules.update(self._loaded)


STOP.deaf = Guard.__exit__.__code__


class _Names:
    """The names of a module as they were; of our `own` also what lists and dictionaries held."""

    def __init__(self, names: dict[str, Any], own: bool = False) -> None:
        self._names = names
        self._saved = names.copy()
        self._contents = [
            (value, value.copy())
            for name, value in (names.items() if own else ())
            if isinstance(value, (dict, list, set)) and name not in ("__builtins__", "modules")
        ]

    def restore(self) -> None:
        """Undo what was done to them."""
        self._names.update(self._saved)
        if len(self._names) > len(self._saved):
            for name in [*self._names]:
                if name not in self._saved:
                    del self._names[name]
        for value, content in self._contents:
            value.clear()
            value.extend(content) if isinstance(value, list) else value.update(content)


def _our_modules() -> list[ModuleType]:
    return [
        module
        for name, module in sys.modules.copy().items()
        if name.partition(".")[0] in _OURS
        and isinstance(module, ModuleType)
        and not WORKSPACE.holds(getattr(module, "__file__", None))
    ]


def _guarded() -> Iterator[tuple[dict[str, Any], bool]]:
    """The names of our modules, and of those that are imported there; and whether they are ours."""
    own = [vars(module) for module in _our_modules()]
    others = {
        id(found): vars(found)
        for names in own
        for found in names.values()
        if isinstance(found, ModuleType) and found not in (builtins, sys, warnings)
    }
    for names in others.values():
        yield names, False
    for names in (*own, vars(sys), vars(warnings), vars(logging.root)):
        yield names, True


def _classes() -> Iterator[type]:
    for module in _our_modules():
        for value in vars(module).values():
            if isinstance(value, type) and value.__module__ == module.__name__:
                yield value


def _restore_class(cls: type, members: dict[str, Any]) -> None:
    now = vars(cls)
    changed = [name for name in members if now.get(name) is not members[name]]
    added = [name for name in now if name not in members]
    for name in changed:
        type.__setattr__(cls, name, members[name])
    for name in added:
        with contextlib.suppress(AttributeError):  # what Python keeps there by itself
            type.__delattr__(cls, name)


def _redirect(output: Output) -> None:
    """Take what is printed by any way, and offer what a program here can't have."""
    sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = output  # type: ignore[misc]
    sys.stdin = io.StringIO()
    sys.breakpointhook = _no_debugger
    write = os.write

    def written(file: int, content: Any) -> int:
        return output.write_bytes(content) if file in (1, 2) else write(file, content)

    os.write = written
    os._exit = os.abort = _exit  # type: ignore[assignment]
    set_limit = sys.setrecursionlimit
    sys.setrecursionlimit = lambda limit: set_limit(min(limit, MOST_CALLS))


def _exit(status: int = 0) -> None:
    raise SystemExit(status)


def _no_debugger(*_: Any, **__: Any) -> None:
    raise RuntimeError("there is no debugger here")

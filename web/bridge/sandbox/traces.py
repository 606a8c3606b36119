"""What programs leave behind: whether another one may run in the same Python.

The guard mends what programs often bend. Here it is seen whether all else is as it was: the names
of every module, the members of every class, what modules hold; hooks, settings and handlers; the
modules that are loaded, the files that are open. What can't be seen afterwards, such as another
code put into a function, a file, the use of `ctypes`, Python itself reports while it happens
(PEP 578): nothing takes a report back. What finds modules is forgotten, so that it is found anew.

This is for what a program leaves by mistake, or to surprise the next one. It is no wall against one
that is written to deceive it: therefore training and programs never share a Python.
"""

from __future__ import annotations

import ast
import atexit
import codecs
import contextlib
import contextvars
import copyreg
import encodings
import gc
import linecache
import logging
import os
import re
import signal
import sys
import threading
import weakref
import zipimport
from abc import get_cache_token
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from operator import is_
from types import BuiltinFunctionType, FrameType, FunctionType, MethodType, ModuleType
from typing import Any

from ..workspace import WORKSPACE
from . import stack

# Reported, and not to be seen afterwards.
_REPORTED = {
    *("code.__new__", "object.__setattr__", "object.__delattr__", "sys.addaudithook"),
    *("gc.get_objects", "gc.get_referrers", "gc.get_referents", "signal.pthread_kill"),
    *("mmap.__new__", "sqlite3.connect"),
}
_REPORTED_OF = ("ctypes", "os", "socket", "subprocess")
_READS_ONLY = {"os.fwalk", "os.getxattr", "os.listdir", "os.listxattr", "os.scandir", "os.walk"}
_TO_WRITE = os.O_WRONLY | os.O_RDWR
# Of whatever is opened and not closed, the first gets one of these numbers.
_FIRST_FILES = range(32)

# What Python fills by itself, and what the guard has mended.
_CHANGES = {
    *("re._cache", "re._cache2", "linecache.cache", "logging._handlerList"),
    *("zipimport._zip_directory_cache", "posix.environ", "__main__"),
    *("sys.modules", "sys.path_importer_cache", "sys.path", "sys.meta_path"),
    "_frozen_importlib_external._NamespacePath",
    "_pyodide_core.jsproxy_typedict",  # a kind of JavaScript's objects, once one has come along
}
# What modules set that are loaded, as pytest does, and a library that is tested.
_SET_BY_MODULES = ("abc", "copyreg")
_HOLDS_NOTHING = (
    *(str, bytes, int, float, complex, type(None), ModuleType),
    *(FunctionType, MethodType, BuiltinFunctionType),
)
_ERROR_HANDLERS = ("strict", "ignore", "replace", "backslashreplace", "surrogateescape")


@dataclass
class _Picture:
    """What something held: its names, if it has names for them, and the values."""

    name: str
    holder: Any
    names: list[Any] | None
    values: list[Any]
    size: int

    def is_true(self) -> bool:
        """Tell whether it still holds just these."""
        if len(self.holder) != self.size:
            return False
        if self.names is None:
            return all(map(is_, self.holder, self.values))
        return all(map(is_, map(self.holder.get, self.names), self.values))


class Traces:
    """How Python was before the first program, and what is otherwise now."""

    __slots__ = ("_is_watching", "_modules", "_of_tests", "_pictures", "_settings")

    def __init__(self) -> None:
        self._is_watching = self._of_tests = False
        self._modules: set[str] = set()
        self._settings: dict[str, Any] = {}
        self._pictures: list[_Picture] = []

    def watch(self, note: Callable[[str], Any] | None = None, of_tests: bool = False) -> None:
        """Keep in mind how all is, and note from here on what is reported; once.

        Args:
            note: takes what has happened, in a word; None: the worker, where no program reaches it.
            of_tests: whether only the standard library counts, and no reports do: pytest loads,
                keeps and writes much of its own.
        """
        if self._is_watching:
            return
        self._is_watching, self._of_tests = True, of_tests
        self._modules = {*sys.modules}
        self._pictures = [*_pictures(_is_standard if of_tests else _is_any)]
        self._settings = _settings()
        if of_tests:
            for name in _SET_BY_MODULES:
                del self._settings[name]
        gc.collect()
        gc.freeze()  # it need not be gone through each time
        if not of_tests:
            sys.addaudithook(_reporter(note or _noted_in_the_worker()))

    def found(self) -> list[str]:
        """What programs have left behind since, in words."""
        if not self._is_watching:
            return []
        gc.collect()  # what is still to be freed may run
        _forget_what_was_found()
        now = _settings()
        return [
            *(name for name, value in self._settings.items() if now[name] != value),
            *(name for name in sys.modules if name not in self._modules and not self._of_tests),
            *(one.name for one in self._pictures if not one.is_true()),
        ]


def _forget_what_was_found() -> None:
    """Empty what Python keeps so as not to look again, in which programs may have put something."""
    re.purge()
    linecache.clearcache()
    sys.path_importer_cache.clear()
    zipimport._zip_directory_cache.clear()  # type: ignore[attr-defined]


def _noted_in_the_worker() -> Callable[[str], Any]:
    if sys.platform == "emscripten":
        import worker

        return worker.note
    return lambda word: None


def _reporter(note: Callable[[str], Any]) -> Callable[[str, tuple[Any, ...]], None]:
    ours = stack.addresses()

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "ctypes.call_function" and arguments[0] in ours:
            return
        family = event.partition(".")[0]
        is_reported = event in _REPORTED or (family in _REPORTED_OF and event not in _READS_ONLY)
        if is_reported or _writes(event, arguments):
            note(event)

    return hear


def _writes(event: str, arguments: tuple[Any, ...]) -> bool:
    return event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & _TO_WRITE)


def _is_any(_: str) -> bool:
    return True


def _is_standard(name: str) -> bool:
    return name.partition(".")[0] in sys.stdlib_module_names


def _pictures(counts: Callable[[str], bool]) -> Iterator[_Picture]:
    """Of each module, its classes, and the objects and containers that it has names for."""
    seen: set[int] = set()
    for name, module in sys.modules.copy().items():
        if isinstance(module, ModuleType) and counts(name):
            open_names = _open_names(module)
            for where, holder in _holders(name, module):
                if where not in _CHANGES and id(holder) not in seen:
                    seen.add(id(holder))
                    yield _picture(where, holder, open_names)


def _holders(name: str, module: ModuleType) -> Iterator[tuple[str, Any]]:
    yield name, vars(module)
    for key, value in vars(module).copy().items():
        where = f"{name}.{key}"
        if isinstance(value, type):
            if value.__module__ == name:
                yield where, vars(value)
        elif isinstance(value, FunctionType):
            if value.__kwdefaults__:
                yield where, value.__kwdefaults__
        elif isinstance(value, (dict, list, set)):
            if not WORKSPACE.holds(getattr(module, "__file__", None)):
                yield where, value
        elif not isinstance(value, _HOLDS_NOTHING):
            members = getattr(value, "__dict__", None)
            if isinstance(members, dict):
                yield where, members


def _picture(where: str, holder: Any, open_names: set[str]) -> _Picture:
    if not isinstance(holder, Mapping):
        return _Picture(where, holder, None, [*holder], len(holder))
    names = [name for name in holder if name not in open_names]
    return _Picture(where, holder, names, [holder[name] for name in names], len(holder))


def _open_names(module: ModuleType) -> set[str]:
    """The names that a learner's module gives other values itself, as one that counts Scalars."""
    file = getattr(module, "__file__", None)
    if not WORKSPACE.holds(file):
        return set()
    with open(str(file), encoding="utf-8") as source:
        nodes = [*ast.walk(ast.parse(source.read()))]
    assigned = {
        node.attr
        for node in nodes
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    }
    return assigned.union(*(node.names for node in nodes if isinstance(node, ast.Global)))


def _settings() -> dict[str, Any]:
    """What is set, hooked in or handed over, by name; equal if nothing has changed."""
    monitoring = getattr(sys, "monitoring", None)  # from Python 3.12 on
    tools = [monitoring.get_tool(tool) for tool in range(6)] if monitoring else []
    return {
        "gc": [*gc.callbacks, gc.get_threshold(), gc.get_debug(), gc.isenabled()],
        "sys.path_hooks": [*sys.path_hooks],
        "sys.settrace": [sys.gettrace(), sys.getprofile(), *tools],
        "sys": [
            *(sys.getrecursionlimit(), sys.getswitchinterval(), sys.get_int_max_str_digits()),
            *(sys.get_asyncgen_hooks(), sys.get_coroutine_origin_tracking_depth()),
        ],
        "atexit": atexit._ncallbacks(),
        "threading": threading.enumerate(),
        "signal": [*map(signal.getsignal, signal.valid_signals())],
        "os.environ": dict(os.environ),
        "os.getcwd": os.getcwd(),
        "codecs": [*map(codecs.lookup_error, _ERROR_HANDLERS), *_searchers()],
        "logging": _loggers(),
        "files": [*map(_is_open, _FIRST_FILES)],
        "copyreg": dict(copyreg.dispatch_table),
        "abc": get_cache_token(),
        "contextvars": dict(contextvars.copy_context().items()),
        "weakref": len(weakref.finalize._registry),  # type: ignore[attr-defined]
    }


def _searchers() -> list[Any]:
    """The functions that look for codecs, of which there is no list, but they can be watched."""
    called: list[Any] = []

    def hear(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_back is here:
            called.append(frame.f_code)

    here, before, name = sys._getframe(), sys.getprofile(), f"none{next(_numbers)}"
    with contextlib.suppress(Exception):
        sys.setprofile(hear)
        codecs.lookup(name)  # a new name each time: who was asked already is not asked again
    sys.setprofile(before)
    encodings._cache.pop(name, None)
    return called


def _loggers() -> dict[str, Any]:
    """How each logger is set; the handlers of the first of them, the guard mends."""
    manager = logging.root.manager
    set_to = {
        name: (one.level, one.disabled, one.propagate, *one.handlers, *one.filters)
        for name, one in manager.loggerDict.items()
        if isinstance(one, logging.Logger)
    }
    return {**set_to, "": manager.disable}


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


_numbers = count()
TRACES = Traces()

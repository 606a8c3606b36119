"""Modules that files may import, though they are not installed here and nothing needs them.

Most editions of the course `import numpy as np` in scalar.py without ever using it, and take
`Protocol` from typing_extensions. While files are imported there is something by these names.
Afterwards there is not: pytest and hypothesis would take a numpy they see for the real one.
"""

import importlib.util
import sys
import typing
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any


def _numpy() -> ModuleType:
    module = ModuleType("numpy", "A stand-in: numpy is not installed.")

    def refuse(name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise ImportError(
            f"numpy is not installed here, and this code uses its {name!r}. Module 1 needs no "
            "numpy: Python's own math and random have what it takes."
        )

    module.__dict__["__getattr__"] = refuse
    return module


def _typing_extensions() -> ModuleType:
    module = ModuleType("typing_extensions", "A stand-in: what typing itself has.")
    module.__dict__["__getattr__"] = lambda name: getattr(typing, name)
    return module


_STAND_INS = {"numpy": _numpy, "typing_extensions": _typing_extensions}


@contextmanager
def stand_ins() -> Iterator[None]:
    """Inside the `with`, what is missing can be imported."""
    missing = {
        name: make()
        for name, make in _STAND_INS.items()
        if name not in sys.modules and importlib.util.find_spec(name) is None
    }
    sys.modules.update(missing)
    try:
        yield
    finally:
        for name in missing:
            del sys.modules[name]

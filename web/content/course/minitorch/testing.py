"""Functions to try things on: the same ones for floats, and for variables such as Scalars."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import operators


class MathTest:
    """Functions of floats."""

    neg = staticmethod(lambda a: -a)
    addConstant = staticmethod(lambda a: 5 + a)
    subConstant = staticmethod(lambda a: a - 5)
    multConstant = staticmethod(lambda a: 5 * a)
    div = staticmethod(lambda a: a / 5)
    square = staticmethod(lambda a: a * a)
    cube = staticmethod(lambda a: a * a * a)
    inv = staticmethod(lambda a: operators.inv(a + 3.5))
    sig = staticmethod(lambda a: operators.sigmoid(a))
    log = staticmethod(lambda a: operators.log(a + 100000))
    relu = staticmethod(lambda a: operators.relu(a + 5.5))
    exp = staticmethod(lambda a: operators.exp(a - 200))
    explog = staticmethod(lambda a: operators.log(a + 100000) + operators.exp(a - 200))
    add2 = staticmethod(lambda a, b: a + b)
    mul2 = staticmethod(lambda a, b: a * b)
    div2 = staticmethod(lambda a, b: a / (b + 5.5))
    gt2 = staticmethod(lambda a, b: operators.lt(b, a + 1.2))
    lt2 = staticmethod(lambda a, b: operators.lt(a + 1.2, b))
    eq2 = staticmethod(lambda a, b: operators.eq(a, b + 5.5))
    sum_red = staticmethod(lambda a: operators.sum(a))
    mean_red = staticmethod(lambda a: operators.sum(a) / len(a))

    @staticmethod
    def complex(a: Any) -> Any:
        """log(sigmoid(10 · relu(6 · relu(10 · a + 7) + 5))) / 50"""
        inner = operators.relu(operators.relu(a * 10 + 7) * 6 + 5)
        return operators.log(operators.sigmoid(inner * 10)) / 50

    @classmethod
    def _tests(cls) -> tuple[list[Any], list[Any], list[Any]]:
        """The functions of one number, of two, and of a list, each with its name."""
        names = [name for name in dir(MathTest) if not name.startswith("_")]
        found = [(name, getattr(cls, name)) for name in names]
        two = [pair for pair in found if pair[0].endswith("2")]
        red = [pair for pair in found if pair[0].endswith("_red")]
        return [pair for pair in found if pair not in two and pair not in red], two, red

    @classmethod
    def _comp_testing(cls) -> tuple[list[Any], list[Any], list[Any]]:
        """The same, each with its name, as it is for floats, and as it is here."""
        one, two, red = (
            [(name, base, own) for (name, base), (_, own) in zip(bases, owns, strict=True)]
            for bases, owns in zip(MathTest._tests(), cls._tests(), strict=True)
        )
        return one, two, red


class MathTestVariable(MathTest):
    """The same functions, written with the operators and methods of variables."""

    inv: Callable[..., Any] = staticmethod(lambda a: 1.0 / (a + 3.5))
    sig: Callable[..., Any] = staticmethod(lambda a: a.sigmoid())
    log: Callable[..., Any] = staticmethod(lambda a: (a + 100000).log())
    relu: Callable[..., Any] = staticmethod(lambda a: (a + 5.5).relu())
    exp: Callable[..., Any] = staticmethod(lambda a: (a - 200).exp())
    explog: Callable[..., Any] = staticmethod(lambda a: (a + 100000).log() + (a - 200).exp())
    gt2: Callable[..., Any] = staticmethod(lambda a, b: a + 1.2 > b)
    lt2: Callable[..., Any] = staticmethod(lambda a, b: a + 1.2 < b)
    eq2: Callable[..., Any] = staticmethod(lambda a, b: a == b + 5.5)
    sum_red: Callable[..., Any] = staticmethod(lambda a: sum(a))
    mean_red: Callable[..., Any] = staticmethod(lambda a: sum(a) / len(a))

    @staticmethod
    def complex(a: Any) -> Any:
        """log(sigmoid(10 · relu(6 · relu(10 · a + 7) + 5))) / 50"""
        return (((a * 10 + 7).relu() * 6 + 5).relu() * 10).sigmoid().log() / 50

"""The functions that tests and demonstrations share: each as plain floats, and as Scalars.

`MathTest` computes with floats. `MathTestVariable` writes the same functions for Scalars where
the two differ, as in `x.log()`; what needs only `+ - * /` it inherits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from . import operators

Function = Callable[..., Any]


class MathTest:
    """Functions of one float, of two, and of a list."""

    @staticmethod
    def neg(a: Any) -> Any:
        """-a"""
        return -a

    @staticmethod
    def addConstant(a: Any) -> Any:
        """5 + a"""
        return 5 + a

    @staticmethod
    def subConstant(a: Any) -> Any:
        """a - 5"""
        return a - 5

    @staticmethod
    def multConstant(a: Any) -> Any:
        """5 · a"""
        return 5 * a

    @staticmethod
    def div(a: Any) -> Any:
        """a / 5"""
        return a / 5

    @staticmethod
    def square(a: Any) -> Any:
        """a²"""
        return a * a

    @staticmethod
    def cube(a: Any) -> Any:
        """a³"""
        return a * a * a

    @staticmethod
    def inv(a: Any) -> Any:
        """1 / (a + 3.5)"""
        return operators.inv(a + 3.5)

    @staticmethod
    def sig(a: Any) -> Any:
        """sigmoid(a)"""
        return operators.sigmoid(a)

    @staticmethod
    def log(a: Any) -> Any:
        """log(a + 100000)"""
        return operators.log(a + 100000)

    @staticmethod
    def relu(a: Any) -> Any:
        """relu(a + 5.5)"""
        return operators.relu(a + 5.5)

    @staticmethod
    def exp(a: Any) -> Any:
        """exp(a - 200)"""
        return operators.exp(a - 200)

    @staticmethod
    def explog(a: Any) -> Any:
        """log(a + 100000) + exp(a - 200)"""
        return operators.log(a + 100000) + operators.exp(a - 200)

    @staticmethod
    def complex(a: Any) -> Any:
        """log(sigmoid(10 · relu(6 · relu(10 · a + 7) + 5))) / 50"""
        inner = operators.relu(operators.relu(a * 10 + 7) * 6 + 5)
        return operators.log(operators.sigmoid(inner * 10)) / 50

    @staticmethod
    def add2(a: Any, b: Any) -> Any:
        """a + b"""
        return a + b

    @staticmethod
    def mul2(a: Any, b: Any) -> Any:
        """a · b"""
        return a * b

    @staticmethod
    def div2(a: Any, b: Any) -> Any:
        """a / (b + 5.5)"""
        return a / (b + 5.5)

    @staticmethod
    def gt2(a: Any, b: Any) -> Any:
        """1 if a + 1.2 > b, else 0"""
        return operators.lt(b, a + 1.2)

    @staticmethod
    def lt2(a: Any, b: Any) -> Any:
        """1 if a + 1.2 < b, else 0"""
        return operators.lt(a + 1.2, b)

    @staticmethod
    def eq2(a: Any, b: Any) -> Any:
        """1 if a = b + 5.5, else 0"""
        return operators.eq(a, b + 5.5)

    @staticmethod
    def sum_red(a: Sequence[Any]) -> Any:
        """The sum of a list"""
        return operators.sum(a)

    @staticmethod
    def mean_red(a: Sequence[Any]) -> Any:
        """The mean of a list"""
        return operators.sum(a) / len(a)

    @classmethod
    def _tests(cls) -> tuple[list[tuple[str, Function]], ...]:
        """The functions of one argument, of two, and of a list, each as (name, function)."""
        one: list[tuple[str, Function]] = []
        two: list[tuple[str, Function]] = []
        lists: list[tuple[str, Function]] = []
        for name in vars(MathTest):
            if name.startswith("_"):
                continue
            kind = two if name.endswith("2") else lists if name.endswith("red") else one
            kind.append((name, getattr(cls, name)))
        return one, two, lists

    @classmethod
    def _comp_testing(cls) -> tuple[list[tuple[str, Function, Function]], ...]:
        """As `_tests`, each as (name, the function of floats, this class's function)."""
        return tuple(
            [(name, base, own) for (name, base), (_, own) in zip(bases, owns, strict=True)]
            for bases, owns in zip(MathTest._tests(), cls._tests(), strict=True)
        )


class MathTestVariable(MathTest):
    """The same functions of Scalars."""

    @staticmethod
    def inv(a: Any) -> Any:
        """1 / (a + 3.5)"""
        return 1.0 / (a + 3.5)

    @staticmethod
    def sig(a: Any) -> Any:
        """sigmoid(a)"""
        return a.sigmoid()

    @staticmethod
    def log(a: Any) -> Any:
        """log(a + 100000)"""
        return (a + 100000).log()

    @staticmethod
    def relu(a: Any) -> Any:
        """relu(a + 5.5)"""
        return (a + 5.5).relu()

    @staticmethod
    def exp(a: Any) -> Any:
        """exp(a - 200)"""
        return (a - 200).exp()

    @staticmethod
    def explog(a: Any) -> Any:
        """log(a + 100000) + exp(a - 200)"""
        return (a + 100000).log() + (a - 200).exp()

    @staticmethod
    def complex(a: Any) -> Any:
        """log(sigmoid(10 · relu(6 · relu(10 · a + 7) + 5))) / 50"""
        return (((a * 10 + 7).relu() * 6 + 5).relu() * 10).sigmoid().log() / 50

    @staticmethod
    def gt2(a: Any, b: Any) -> Any:
        """1 if a + 1.2 > b, else 0"""
        return a + 1.2 > b

    @staticmethod
    def lt2(a: Any, b: Any) -> Any:
        """1 if a + 1.2 < b, else 0"""
        return a + 1.2 < b

    @staticmethod
    def eq2(a: Any, b: Any) -> Any:
        """1 if a = b + 5.5, else 0"""
        return a == b + 5.5

    @staticmethod
    def sum_red(a: Sequence[Any]) -> Any:
        """The sum of a list"""
        return sum(a)

    @staticmethod
    def mean_red(a: Sequence[Any]) -> Any:
        """The mean of a list"""
        return sum(a) / len(a)

"""Module 0: small functions of floats, on which everything else is built.

A function whose name ends in `_back` gets the derivative `d` that comes from the right, and
gives it multiplied by the function's own derivative at `x`.
"""

import math
from collections.abc import Callable, Iterable

EPS = 1e-6


def mul(x: float, y: float) -> float:
    """x · y"""
    return x * y


def id(x: float) -> float:
    """x itself"""
    return x


def add(x: float, y: float) -> float:
    """x + y"""
    return x + y


def neg(x: float) -> float:
    """-x"""
    return -x


def lt(x: float, y: float) -> float:
    """1.0 if x is less than y, else 0.0"""
    return 1.0 if x < y else 0.0


def eq(x: float, y: float) -> float:
    """1.0 if x is equal to y, else 0.0"""
    return 1.0 if x == y else 0.0


def max(x: float, y: float) -> float:
    """The larger of x and y"""
    return x if x > y else y


def is_close(x: float, y: float) -> bool:
    """Whether x and y are less than 0.01 apart"""
    return abs(x - y) < 1e-2


def sigmoid(x: float) -> float:
    """1 / (1 + e⁻ˣ): any number in, one between 0 and 1 out

    For x < 0 the fraction is written as eˣ / (1 + eˣ), which is the same, because e⁻ˣ may be
    more than a float can hold.
    """
    if x >= 0:
        return 1.0 / (1.0 + math.exp(-x))
    return math.exp(x) / (1.0 + math.exp(x))


def relu(x: float) -> float:
    """x if it is positive, else 0.0"""
    return x if x > 0 else 0.0


def log(x: float) -> float:
    """The natural logarithm of x, moved by a millionth so that log(0) is a number"""
    return math.log(x + EPS)


def exp(x: float) -> float:
    """eˣ"""
    return math.exp(x)


def inv(x: float) -> float:
    """1 / x"""
    return 1.0 / x


def log_back(x: float, d: float) -> float:
    """d times the derivative of log at x"""
    return d / (x + EPS)


def inv_back(x: float, d: float) -> float:
    """d times the derivative of 1 / x at x"""
    return -d / (x * x)


def relu_back(x: float, d: float) -> float:
    """d times the derivative of relu at x"""
    return d if x > 0 else 0.0


def map(fn: Callable[[float], float]) -> Callable[[Iterable[float]], Iterable[float]]:
    """A function that applies `fn` to every element of a list"""
    return lambda ls: [fn(x) for x in ls]


def zipWith(
    fn: Callable[[float, float], float],
) -> Callable[[Iterable[float], Iterable[float]], Iterable[float]]:
    """A function that applies `fn` to two lists, element by element"""
    return lambda ls1, ls2: [fn(x, y) for x, y in zip(ls1, ls2, strict=False)]


def reduce(fn: Callable[[float, float], float], start: float) -> Callable[[Iterable[float]], float]:
    """A function that makes one number of a list: fn(… fn(fn(start, x₁), x₂) …, xₙ)"""

    def fold(ls: Iterable[float]) -> float:
        result = start
        for x in ls:
            result = fn(result, x)
        return result

    return fold


def negList(ls: Iterable[float]) -> Iterable[float]:
    """Every element with its sign turned"""
    return map(neg)(ls)


def addLists(ls1: Iterable[float], ls2: Iterable[float]) -> Iterable[float]:
    """The sums of two lists' elements"""
    return zipWith(add)(ls1, ls2)


def sum(ls: Iterable[float]) -> float:
    """All elements added up"""
    return reduce(add, 0.0)(ls)


def prod(ls: Iterable[float]) -> float:
    """All elements multiplied"""
    return reduce(mul, 1.0)(ls)

"""Functions of floats, and the derivatives that are not obvious (the course's Module 0).

Everything above rests on these: `scalar_functions` calls them on the way forward and on the way
back. A function whose name ends in `_back` takes the derivative `d` that arrives from the right
and multiplies it by the function's own, as the chain rule asks.

>>> mul(3.0, 4.0), relu(-2.0), round(sigmoid(0.0), 2)
(12.0, 0.0, 0.5)
>>> zipWith(add)([1.0, 2.0], [10.0, 20.0])
[11.0, 22.0]
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

EPS = 1e-6
"""Added to the argument of `log`, so that the log of a probability that rounds to 0 is finite."""


def mul(x: float, y: float) -> float:
    """x · y"""
    return x * y


def id(x: float) -> float:
    """x, unchanged"""
    return x


def add(x: float, y: float) -> float:
    """x + y"""
    return x + y


def neg(x: float) -> float:
    """-x"""
    return -x


def lt(x: float, y: float) -> float:
    """1.0 if x < y, else 0.0"""
    return 1.0 if x < y else 0.0


def eq(x: float, y: float) -> float:
    """1.0 if x equals y, else 0.0"""
    return 1.0 if x == y else 0.0


def max(x: float, y: float) -> float:
    """The larger of x and y"""
    return x if x > y else y


def is_close(x: float, y: float) -> bool:
    """Whether x and y are less than 0.01 apart, the course's tolerance"""
    return abs(x - y) < 1e-2


def sigmoid(x: float) -> float:
    """1 / (1 + e⁻ˣ), between 0 and 1.

    Written with e^-|x|, which can't overflow: for x < 0 both halves of the fraction are
    multiplied by eˣ first.

    >>> sigmoid(-1000.0), sigmoid(1000.0)
    (0.0, 1.0)
    """
    if x >= 0:
        return 1.0 / (1.0 + math.exp(-x))
    z = math.exp(x)
    return z / (1.0 + z)


def relu(x: float) -> float:
    """x where it is positive, else 0.0: the rectified linear unit; NaN stays NaN"""
    return 0.0 if x <= 0 else x


def log(x: float) -> float:
    """The natural logarithm of x + EPS.

    Raises:
        ValueError: x + EPS is not positive.
    """
    if x <= -EPS:
        raise ValueError(f"log({x}) is not defined: the logarithm needs a positive number")
    return math.log(x + EPS)


def exp(x: float) -> float:
    """eˣ

    Raises:
        OverflowError: the result is beyond the largest float, for x above about 709.78.
    """
    try:
        return math.exp(x)
    except OverflowError:
        raise OverflowError(f"exp({x}) is too large for a float (about 1.8e308 at most)") from None


def inv(x: float) -> float:
    """1 / x

    Raises:
        ZeroDivisionError: x is zero.
    """
    if x == 0:
        raise ZeroDivisionError(f"division by zero: 1 / {x}")
    return 1.0 / x


def log_back(x: float, d: float) -> float:
    """d · log'(x) = d / (x + EPS)"""
    return d / (x + EPS)


def inv_back(x: float, d: float) -> float:
    """d · (1/x)' = -d / x²"""
    return -d / x / x  # x · x could be 0 where x is not


def relu_back(x: float, d: float) -> float:
    """d · relu'(x): d where x is positive, else 0.0 (at 0, where relu has no derivative, too)"""
    return 0.0 if x <= 0 else d


# Functions of functions: the course builds its list operations out of these three.


def map(fn: Callable[[float], float]) -> Callable[[Iterable[float]], list[float]]:
    """A function that applies `fn` to every element of a list"""
    return lambda values: [fn(x) for x in values]


def zipWith(
    fn: Callable[[float, float], float],
) -> Callable[[Iterable[float], Iterable[float]], list[float]]:
    """A function that applies `fn` to two lists, element by element, up to the shorter's end"""
    return lambda xs, ys: [fn(x, y) for x, y in zip(xs, ys, strict=False)]


def reduce(fn: Callable[[float, float], float], start: float) -> Callable[[Iterable[float]], float]:
    """A function that folds a list into one number: fn(… fn(fn(start, x₁), x₂) …, xₙ)"""

    def fold(values: Iterable[float]) -> float:
        result = start
        for x in values:
            result = fn(result, x)
        return result

    return fold


def negList(values: Iterable[float]) -> list[float]:
    """Every element negated"""
    return map(neg)(values)


def addLists(xs: Iterable[float], ys: Iterable[float]) -> list[float]:
    """The lists xs and ys added element by element, up to the shorter's end"""
    return zipWith(add)(xs, ys)


def sum(values: Iterable[float]) -> float:
    """All elements added up; 0.0 for none"""
    return reduce(add, 0.0)(values)


def prod(values: Iterable[float]) -> float:
    """All elements multiplied; 1.0 for none"""
    return reduce(mul, 1.0)(values)

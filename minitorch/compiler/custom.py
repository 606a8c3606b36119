"""What a learner's own `forward` and `backward` compute with while they are traced.

They expect floats. A `Number` does the arithmetic of floats by writing it on the tape, and
refuses everything else: a comparison, `math`, `abs`.
"""

from __future__ import annotations

from typing import Any, NoReturn

from .errors import ADVICE, NotCompilable, place
from .tape import Tape


class Number:
    """Stands for a float that differs from sample to sample.

    Attributes:
        line: its number on the tape.
        degree: 1 for what is proportional to d_output, else 0.
    """

    __slots__ = ("degree", "function", "number", "tape")

    def __init__(self, tape: Tape, number: int, function: type, degree: int = 0) -> None:
        self.tape, self.number, self.function, self.degree = tape, number, function, degree

    @staticmethod
    def line(tape: Tape, value: Any) -> int:
        """The line of the tape that holds a Number or a float."""
        return value.number if isinstance(value, Number) else tape.add("constant", float(value))

    def _new(self, op: str, *operands: int, degree: int) -> Number:
        return Number(self.tape, self.tape.add(op, *operands), self.function, degree)

    def __add__(self, other: Any) -> Number:
        degree = getattr(other, "degree", 0)
        if degree != self.degree and not _is_zero(self.tape, other):
            _not_proportional(self.function)
        return self._new("add", self.number, self.line(self.tape, other), degree=self.degree)

    def __mul__(self, other: Any) -> Number:
        degree = self.degree + getattr(other, "degree", 0)
        if degree > 1:
            _not_proportional(self.function)
        return self._new("mul", self.number, self.line(self.tape, other), degree=degree)

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self) -> Number:
        return self._new("neg", self.number, degree=self.degree)

    def __pos__(self) -> Number:
        return self

    def __sub__(self, other: Any) -> Number:
        return self.__add__(-other)

    def __rsub__(self, other: Any) -> Number:
        return self.__neg__().__add__(other)

    def __truediv__(self, other: Any) -> Number:
        return self.__mul__(other._inverse() if isinstance(other, Number) else 1.0 / other)

    def __rtruediv__(self, other: Any) -> Number:
        return self._inverse().__mul__(other)

    def _inverse(self) -> Number:
        if self.degree:
            _not_proportional(self.function)
        return self._new("inv", self.number, degree=0)

    def __pow__(self, exponent: Any) -> Number:
        if isinstance(exponent, Number) or exponent != int(exponent) or not 1 <= exponent <= 64:
            self._refuse()
        result = self
        for _ in range(int(exponent) - 1):
            result = result.__mul__(self)
        return result

    def _refuse(self, *_: Any) -> NoReturn:
        raise NotCompilable(
            f"{self.function.__name__} does more with the numbers it is given than arithmetic "
            f"({place()}), so its result for one sample says nothing about the others: {ADVICE}."
        )

    __bool__ = __float__ = __int__ = __index__ = __abs__ = __round__ = __rpow__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = __floordiv__ = __mod__ = __divmod__ = _refuse
    __trunc__ = __floor__ = __ceil__ = _refuse
    __eq__ = __ne__ = _refuse
    __hash__ = object.__hash__


class Seed(Number):
    """The `d_output` that a backward is traced with: 1, and anything proportional to it."""

    __slots__ = ()

    def __init__(self, tape: Tape, function: type) -> None:
        super().__init__(tape, tape.add("constant", 1.0), function, degree=1)

    @staticmethod
    def factor(tape: Tape, function: type, derivative: Any) -> int:
        """The line that a backward's result multiplies d_output by."""
        if not isinstance(derivative, Number) and not isinstance(derivative, (int, float)):
            raise TypeError(
                f"{function.__name__}.backward gave {derivative!r} where a number is due"
            )
        if getattr(derivative, "degree", 0) == 0 and not _is_zero(tape, derivative):
            _not_proportional(function)
        return Number.line(tape, derivative)


def _is_zero(tape: Tape, value: Any) -> bool:
    if isinstance(value, Number):
        return tape.nodes[value.number] == ("constant", 0.0)
    return bool(value == 0)


def _not_proportional(function: type) -> NoReturn:
    raise NotCompilable(
        f"{function.__name__}.backward is not proportional to d_output ({place()}), "
        f"as the chain rule asks: {ADVICE}."
    )

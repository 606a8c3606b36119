"""Tracing a function that the learner wrote, with a backward of its own: a custom gradient.

Its `forward` and `backward` expect floats. They get a `TracedFloat`, which does the arithmetic of
floats by writing it on the tape, and refuses everything else: a comparison, `math`, `abs`.
"""

from __future__ import annotations

from numbers import Real
from typing import Any, NoReturn, Protocol

from ..autodiff import Context
from ..scalar_functions import ScalarFunction
from .errors import ADVICE, place, refuse
from .tape import PARTIAL, Tape


class Call(Protocol):
    """The call of the learner's loss that is being traced; see `Trace`."""

    tape: Tape
    is_open: bool
    partial: list[int]


def trace_custom(call: Call, function: type[ScalarFunction], inputs: list[int]) -> int:
    """Record a call of a learner's function: its forward, and its backward for d_output = 1.

    By the chain rule a backward is proportional to the derivative that it is given, so its result
    for 1 says all. `Seed` stands for that 1 and checks that it is so.

    Args:
        call: the call that it is a part of.
        function: the class with `forward` and `backward`.
        inputs: the indices of what it is called with.

    Returns:
        The index of the result.

    Raises:
        NotCompilable: one of the two does more than arithmetic, or the backward is not
            proportional to `d_output`.
        TypeError, ValueError: the backward gave something else than a number for each input.
    """
    context = Context()
    value = function.forward(context, *[TracedFloat(call, i, function) for i in inputs])
    result = TracedFloat.index_of(call, value)
    partial = len(call.partial)
    derivatives = function.backward(context, Seed(call, function))
    del call.partial[partial:]  # what is only needed where there is a backward pass
    if not isinstance(derivatives, (tuple, list)):
        derivatives = (derivatives,)
    if len(derivatives) != len(inputs):
        raise ValueError(
            f"{function.__name__}.backward gave {len(derivatives)} derivatives "
            f"for {len(inputs)} inputs"
        )
    slopes = [Seed.factor(call, function, d) for d in derivatives]
    pairs = [index for pair in zip(inputs, slopes, strict=True) for index in pair]
    return call.tape.operate("custom", result, *pairs)


class TracedFloat:
    """Stands for a float that differs from sample to sample.

    Args:
        call: what is being traced, where its arithmetic is recorded.
        index: its own place on the tape.
        function: the learner's class that computes with it, for messages.
        degree: 1 for what is proportional to d_output, else 0.
    """

    __slots__ = ("call", "degree", "function", "index")

    def __init__(self, call: Call, index: int, function: type, degree: int = 0) -> None:
        self.call, self.index, self.function, self.degree = call, index, function, degree

    @staticmethod
    def index_of(call: Call, value: Any) -> int:
        """The index of `value`, a TracedFloat or a number, on the tape of `call`."""
        if not isinstance(value, TracedFloat):
            return call.tape.add("constant", float(value))
        if value.call is not call or not call.is_open:
            value.refuse()
        return value.index

    def _new(self, kind: str, *operands: int, degree: int) -> TracedFloat:
        call = self.call
        index = call.tape.add(kind, *operands)
        if kind in PARTIAL:
            call.partial.append(index)
        return TracedFloat(call, index, self.function, degree)

    def _of(self, value: Any) -> int:
        return self.index_of(self.call, value)

    def __add__(self, other: Any) -> TracedFloat:
        degree = getattr(other, "degree", 0)
        if degree != self.degree and not _is_zero(other):
            _not_proportional(self.function)
        return self._new("add", self._of(self), self._of(other), degree=self.degree)

    def __mul__(self, other: Any) -> TracedFloat:
        degree = self.degree + getattr(other, "degree", 0)
        if degree > 1:
            _not_proportional(self.function)
        return self._new("mul", self._of(self), self._of(other), degree=degree)

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self) -> TracedFloat:
        return self._new("neg", self._of(self), degree=self.degree)

    def __pos__(self) -> TracedFloat:
        return self

    def __sub__(self, other: Any) -> TracedFloat:
        return self.__add__(-other)

    def __rsub__(self, other: Any) -> TracedFloat:
        return self.__neg__().__add__(other)

    def __truediv__(self, other: Any) -> TracedFloat:
        if getattr(other, "degree", 0):
            _not_proportional(self.function)
        return self._new("div", self._of(self), self._of(other), degree=self.degree)

    def __rtruediv__(self, other: Any) -> TracedFloat:
        if self.degree:
            _not_proportional(self.function)
        return self._new("div", self._of(other), self._of(self), degree=0)

    def __pow__(self, exponent: Any) -> TracedFloat:
        traced = isinstance(exponent, TracedFloat)
        if traced or exponent != int(exponent) or not 1 <= exponent <= 64:
            self.refuse()
        result = self
        for _ in range(int(exponent) - 1):
            result = result.__mul__(self)
        if result is self:
            return self
        return self._new("power", result.index, self.index, self._of(exponent), degree=0)

    def refuse(self, *_: Any) -> NoReturn:
        """Refuse whatever is no arithmetic."""
        refuse(
            f"{self.function.__name__} does more with the numbers it is given than arithmetic "
            f"({place()}), so its result for one sample says nothing about the others: {ADVICE}."
        )

    __bool__ = __float__ = __int__ = __index__ = __abs__ = __round__ = __rpow__ = refuse
    __lt__ = __le__ = __gt__ = __ge__ = __floordiv__ = __mod__ = __divmod__ = refuse
    __rfloordiv__ = __rmod__ = __rdivmod__ = __trunc__ = __floor__ = __ceil__ = refuse
    __repr__ = __reduce__ = __format__ = refuse
    __eq__ = __ne__ = refuse
    __hash__ = object.__hash__


class Seed(TracedFloat):
    """The `d_output` that a backward is traced with: 1, and anything proportional to it.

    Args:
        call: what is being traced.
        function: the learner's class whose backward gets it.
    """

    __slots__ = ()

    def __init__(self, call: Call, function: type) -> None:
        super().__init__(call, call.tape.add("constant", 1.0), function, degree=1)

    @staticmethod
    def factor(call: Call, function: type, derivative: Any) -> int:
        """What a backward multiplies d_output by.

        Args:
            call: what is being traced.
            function: the learner's class, for messages.
            derivative: one of the backward's results.

        Returns:
            The factor's index on the tape.
        """
        if not isinstance(derivative, (TracedFloat, Real)):
            raise TypeError(
                f"{function.__name__}.backward gave {derivative!r} where a number is due"
            )
        if getattr(derivative, "degree", 0):
            return TracedFloat.index_of(call, derivative)
        if not _is_zero(derivative):
            _not_proportional(function)
        return call.tape.add("nothing")


def _is_zero(value: Any) -> bool:
    if isinstance(value, TracedFloat):
        return value.call.tape.nodes[value.index] == ("constant", 0.0)
    return bool(value == 0)


def _not_proportional(function: type) -> NoReturn:
    refuse(
        f"{function.__name__}.backward is not proportional to d_output ({place()}), "
        f"as the chain rule asks: {ADVICE}."
    )

"""Slopes by differences that say how far they can be trusted.

A single difference quotient tells nothing about its own error: at a corner or a jump, where there
is no derivative, it gives a number all the same. So steps of many sizes are tried to either side.
Where the function is smooth, both sides agree better and better as the step shrinks, until
rounding takes over; the step where they agree best is taken.

>>> found = slope(lambda x: x * x, 3.0)
>>> round(found.value, 6), found.error < 1e-6, slope(abs, 0.0).doubt
(6.0, True, 'corner')
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

ROUNDING = 4 * 2.0**-52  # of a function's value, relative to it: some operations' worth
SMALLEST = 1e-9  # step, relative to x if that is above 1
DUE = 1e-3  # how far off a derivative may be, relative to it


class Slope(NamedTuple):
    """A derivative as differences tell it.

    Attributes:
        value: the derivative.
        error: how far off `value` may be.
        doubt: why there is nothing to compare with: "corner", where the function has a corner or a
            jump, or is very steep; "rounding", where it or its argument is too large for any
            difference; "undefined", where it has no value close by; None where there is.
    """

    value: float
    error: float
    doubt: str | None

    def agrees(self, derivative: float) -> bool:
        """Whether `derivative` may be right: it differs by less than 0.1 % and the error."""
        if self.doubt is not None:
            return True
        return abs(derivative - self.value) <= DUE * abs(self.value) + self.error


class _Try(NamedTuple):
    """What one step tells: the slope, how far the sides are apart, and what rounding may do."""

    step: float
    slope: float
    apart: float
    rounding: float


def slope(f: Callable[..., float], *vals: float, arg: int = 0) -> Slope:
    """Find the derivative of a function with respect to one of its arguments.

    Args:
        f: a function of floats.
        vals: where to differentiate it.
        arg: which of them to move, counted from 0.

    Raises:
        Exception: what `f` raises at `vals` themselves. Where it fails close by is left out.
    """
    tries = list(_tries(f, list(vals), arg))
    errors = [a.apart + a.rounding + abs(a.slope - larger.slope) for larger, a in pairwise(tries)]
    if not errors:
        return Slope(math.nan, math.inf, "undefined")
    error, place = min((error, place) for place, error in enumerate(errors))
    best = tries[place + 1]
    close = error <= DUE * abs(best.slope) + 1e-6 * min(1.0, 1.0 / best.step)
    closer = place > 0 and error <= 0.2 * max(errors[:place])
    if close or closer:
        return Slope(best.slope, 2 * error, None)
    coarse = best.rounding > error / 2 or 1000 * math.ulp(vals[arg]) > SMALLEST
    return Slope(best.slope, 2 * error, "rounding" if coarse else "corner")


def _tries(f: Callable[..., float], vals: list[float], arg: int) -> Iterator[_Try]:
    """What each step tells, the largest first."""
    x = vals[arg]
    here = f(*vals)
    for step in _steps(x):
        below, above = x - step, x + step
        try:
            left = f(*vals[:arg], below, *vals[arg + 1 :])
            right = f(*vals[:arg], above, *vals[arg + 1 :])
            up, down = (right - here) / (above - x), (here - left) / (x - below)
            slope = (right - left) / (above - below)
        except (ArithmeticError, ValueError):
            continue
        if math.isfinite(up) and math.isfinite(down) and math.isfinite(slope):
            size = max(1.0, abs(left), abs(here), abs(right))
            yield _Try(step, slope, abs(up - down) / 2, ROUNDING * size / step)


def _steps(x: float) -> list[float]:
    """Powers of ten times 1, and times x, down to where x is coarse; the largest first."""
    if not math.isfinite(x):
        return []
    scales = {1.0, abs(x)} if abs(x) > 1e-100 else {1.0}
    steps = {scale * SMALLEST * 10.0**k for scale in scales for k in range(8)}
    return sorted((step for step in steps if step > 1000 * math.ulp(x)), reverse=True)


class Disagreement(NamedTuple):
    """A function whose `backward` is wrong.

    Attributes:
        function: the ScalarFunction.
        arg: for which of its inputs.
        inputs: their values.
        derivative: what `backward` gives.
        slope: what differences say.
    """

    function: Any
    arg: int
    inputs: tuple[float, ...]
    derivative: float
    slope: float

    def __str__(self) -> str:
        at = ", ".join(map(_digits, self.inputs))
        which = "" if len(self.inputs) == 1 else f" for input {self.arg}"
        return (
            f"`backward` of {self.function.__name__} gives {_digits(self.derivative)}{which} "
            f"where differences say {_digits(self.slope)}, at {at}"
        )


def _digits(value: float) -> str:
    return repr(float(f"{value:.6g}"))


def disagreement(variable: Any) -> Disagreement | None:
    """Check by itself the function that made a variable.

    Args:
        variable: a Scalar that a function made.

    Returns:
        The first input for which its `backward` is wrong; None if it may be right for all.
    """
    function, inputs, ctx = variable.history.last_fn, variable.history.inputs, variable.history.ctx
    values = tuple(float(v.data) for v in inputs)
    derivatives = function.backward(ctx, 1.0)
    if not isinstance(derivatives, (tuple, list)):
        derivatives = (derivatives,)
    for arg, derivative in enumerate(map(float, derivatives)):
        due = slope(lambda *at: float(function.forward(type(ctx)(), *at)), *values, arg=arg)
        if not due.agrees(derivative):
            return Disagreement(function, arg, values, derivative, due.value)
    return None

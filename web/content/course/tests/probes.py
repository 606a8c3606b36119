"""What the tests share: comparing with a sentence, and expressions whose derivatives are known."""

from __future__ import annotations

import functools
import inspect
import math
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from hypothesis import strategies as st


def near(value: float) -> st.SearchStrategy[float]:
    """Numbers to try: this one, which is the simplest to read, and others around it."""
    return st.integers(-16, 16).map(lambda n: value + n / 4)


class Wrong(AssertionError):
    """What a test has found: in words, and in `details` as plain data.

    Args:
        what: one sentence.
        given: the inputs by their names.
        got: what came out.
        expected: what should have.
        code: the expression by which it came out, to be looked at as a graph.
    """

    def __init__(
        self,
        what: str,
        given: Mapping[str, Any] | None = None,
        got: Any = None,
        expected: Any = None,
        code: str | None = None,
    ) -> None:
        lines = [
            ("with", ", ".join(f"{k} = {shown(v)}" for k, v in (given or {}).items())),
            ("came out", shown(got)),
            ("expected", shown(expected)),
        ]
        told = [(label, text) for label, text in lines if text]
        super().__init__("\n".join([what, *(f"    {label:<9} {text}" for label, text in told)]))
        self.details: dict[str, Any] = {"what": what, **dict(told)}
        if code is not None:
            self.details["expression"] = expression(code, given or {})


def expression(code: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """An expression with its inputs, as plain data."""
    return {"code": code, "inputs": {name: float(given[name]) for name in "xyz" if name in given}}


@functools.cache
def as_code(functions: tuple[type, ...], *lines: str) -> str:
    """Functions of the tests' own and lines that use them, to be typed in as they are."""
    sources = [textwrap.dedent(inspect.getsource(function)) + "\n" for function in functions]
    return "\n".join([*sources, *lines])


@contextmanager
def looking_at(code: str, given: Mapping[str, Any], name: str | None = None) -> Iterator[None]:
    """Let an error inside the `with` say by which expression it came, in short by its `name`."""
    try:
        yield
    except Exception as error:
        if not hasattr(error, "details"):
            at = ", ".join(f"{name} = {shown(v)}" for name, v in given.items())
            error.add_note(f"This was for {name or code} with {at}")
            error.details = {"expression": expression(code, given)}  # type: ignore[attr-defined]
        raise


def shown(value: Any) -> str:
    """A value as a message shows it."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, float):
        return repr(round(value, 6)) if abs(value) < 1e6 else f"{value:.6g}"
    return repr(value)


def number(value: Any) -> float | None:
    """The number in a Scalar, a float, an int or a bool; None if it is none of them."""
    value = getattr(value, "data", value)
    return float(value) if isinstance(value, (bool, int, float)) else None


def is_close(got: Any, expected: float) -> bool:
    """Whether two numbers are the same for all that rounding and log's small shift can do."""
    return isinstance(got, (bool, int, float)) and math.isclose(
        got, expected, rel_tol=1e-4, abs_tol=1e-5
    )


def expect(
    what: str, got: Any, expected: float, given: Mapping[str, Any], code: str | None = None
) -> None:
    """Compare what came out with a number that is known; Wrong if it is another."""
    value = number(got)
    if value is None or not is_close(value, expected):
        came = "None" if got is None else got
        raise Wrong(what, given, came if value is None else value, expected, code)


class Dual:
    """A number with its derivative: another way to find the derivatives of an expression.

    It works forwards, along with the values, and shares nothing with what is tested. At a corner,
    where there is no derivative to speak of, it is NaN.
    """

    def __init__(self, value: float, slope: float = 0.0) -> None:
        self.value, self.slope = value, slope

    def _map(self, value: float, slope: float) -> Dual:
        return Dual(value, slope * self.slope)

    def __add__(self, other: Dual | float) -> Dual:
        b = as_dual(other)
        return Dual(self.value + b.value, self.slope + b.slope)

    def __mul__(self, other: Dual | float) -> Dual:
        b = as_dual(other)
        return Dual(self.value * b.value, self.slope * b.value + self.value * b.slope)

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self) -> Dual:
        return self * -1.0

    def __sub__(self, other: Dual | float) -> Dual:
        return self + -as_dual(other)

    def _inverse(self) -> Dual:
        return self._map(1.0 / self.value, -1.0 / self.value**2)

    def __truediv__(self, other: Dual | float) -> Dual:
        return self * as_dual(other)._inverse()

    def __rtruediv__(self, other: float) -> Dual:
        return as_dual(other) * self._inverse()

    def __lt__(self, other: Dual | float) -> Dual:
        return Dual(float(self.value < as_dual(other).value))

    def __gt__(self, other: Dual | float) -> Dual:
        return Dual(float(self.value > as_dual(other).value))

    def __eq__(self, other: object) -> Dual:  # type: ignore[override]
        return Dual(float(self.value == as_dual(other).value))

    __hash__ = None  # type: ignore[assignment]

    def log(self) -> Dual:
        return self._map(math.log(self.value + 1e-6), 1.0 / (self.value + 1e-6))

    def exp(self) -> Dual:
        return self._map(math.exp(self.value), math.exp(self.value))

    def sigmoid(self) -> Dual:
        s = 1.0 / (1.0 + math.exp(-self.value))
        return self._map(s, s * (1.0 - s))

    def relu(self) -> Dual:
        slope = math.nan if abs(self.value) < 1e-3 else float(self.value > 0)
        return self._map(max(self.value, 0.0), slope)


def as_dual(value: Any) -> Dual:
    """A Dual as it is; a number as one that does not change."""
    return value if isinstance(value, Dual) else Dual(float(value))


def value_of(code: str, given: Mapping[str, float]) -> float:
    """The value that an expression has."""
    return as_dual(eval(code, {}, {name: Dual(v) for name, v in given.items()})).value


def derivatives_of(code: str, given: Mapping[str, float]) -> dict[str, float]:
    """The derivative by each input."""
    found = {}
    for by in given:
        inputs = {name: Dual(v, float(name == by)) for name, v in given.items()}
        found[by] = as_dual(eval(code, {}, inputs)).slope
    return found

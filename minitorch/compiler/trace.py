"""Stage 1: call the learner's function once with symbols, and write down what it does.

A `Symbol` is a Scalar without a value. An operation on it is not computed but written on the tape.
The function itself is not analysed, only observed, so loops, lists, modules and closures need no
support; but what was observed has to hold for every sample. So a symbol refuses to tell its value:
a decision based on it would be fixed on the tape.

Only the symbols know that there is a tape. Operations among ordinary Scalars compute as always,
here and in other threads; what the function computes without a symbol is a constant to it.

>>> from minitorch.scalar import Scalar
>>> tape = Tape()
>>> run = Trace(tape)
>>> run.call(lambda x: (x * x + 1.0).log(), run.symbol("input", 0))
[4]
>>> tape.nodes[1:]
[('mul', 0, 0), ('constant', 1.0), ('add', 1, 2), ('log', 3)]
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Container
from typing import Any, NoReturn

from .. import recording
from ..scalar import Scalar
from ..scalar_functions import (
    EQ,
    LT,
    Add,
    Exp,
    Inv,
    Log,
    Mul,
    Neg,
    ReLU,
    ScalarFunction,
    Sigmoid,
)
from .custom import TracedFloat, trace_custom
from .errors import ADVICE, place, refusals_last, refuse
from .samples import as_tuple
from .tape import PARTIAL, Tape

OPERATIONS: dict[type[ScalarFunction], str] = {
    Add: "add",
    Mul: "mul",
    Neg: "neg",
    Inv: "inv",
    Log: "log",
    Exp: "exp",
    Sigmoid: "sigmoid",
    ReLU: "relu",
    LT: "lt",
    EQ: "eq",
}

# Where `apply` is, by its code: in the page's archive of compiled files `__file__` is another name.
_APPLY = recording.make_apply.__code__.co_filename


class Trace:
    """One call of a function, and what it does with the symbols that it is given.

    Args:
        tape: what to record on.
        parameters: the ids of the Scalars that parameters hold outside of this call.

    Attributes:
        tape: as above.
        is_open: whether the function is being called; afterwards its symbols are of no use.
        uses_scalars: whether the function has used Scalars that are not symbols.
        partial: the indices of the operations that may raise, whether a result needs them or not.
    """

    __slots__ = ("_constants", "_parameters", "is_open", "partial", "tape", "uses_scalars")

    def __init__(self, tape: Tape, parameters: Container[int] = ()) -> None:
        self.tape, self._parameters = tape, parameters
        self.is_open, self.uses_scalars = True, False
        self.partial: list[int] = []
        self._constants: dict[int, Scalar] = {}

    def symbol(self, *leaf: Any, name: str | None = None) -> Symbol:
        """A symbol to call the function with.

        Args:
            leaf: the node of the tape that it stands for.
            name: what its `name` is to be; the function can't ask for it if there is none.
        """
        return Symbol(self, self.tape.add(*leaf), name)

    def call(self, function: Callable[..., Any], *arguments: Any) -> list[int]:
        """Call a function and record what it does.

        Args:
            function: a function of Scalars that gives one Scalar or a tuple of them.
            arguments: what to call it with, symbols of this trace among it.

        Returns:
            The indices of its results.

        Raises:
            NotCompilable: it asks for a Scalar's value, or uses one computed outside of it.
        """
        with refusals_last():
            try:
                return [self.index_of(result) for result in as_tuple(function(*arguments))]
            finally:
                self.is_open = False
        raise AssertionError("a refusal was lost")  # for the type checker

    def index_of(self, value: Any) -> int:
        """Where on the tape `value` is: a symbol's own place, or a constant's."""
        if type(value) is Symbol:
            if value.trace is not self or not self.is_open:
                _refuse_kept()
            return value.index
        if isinstance(value, TracedFloat):
            value.refuse()
        if isinstance(value, Scalar):
            self.uses_scalars = True
            self._check_constant(value)
        else:
            value = Scalar(value)
        return self.tape.add("constant", float(value.data))

    def _check_constant(self, scalar: Scalar) -> None:
        """Refuse a Scalar that was made of parameters: their derivatives would be lost."""
        waiting, known = [scalar], self._constants
        while waiting:
            scalar = waiting.pop()
            if id(scalar) in self._parameters:
                refuse(
                    "The function uses a Scalar computed outside of it, a parameter's value or "
                    f"what was made of one, whose derivative would be lost ({place()}). Compute "
                    f"it inside, beginning with `.value`; or {ADVICE}."
                )
            if id(scalar) not in known:
                known[id(scalar)] = scalar
                waiting += scalar.parents

    def operate(self, kind: str, *operands: int) -> Symbol:
        """Record an operation; return the symbol for its result.

        Args:
            kind: the operation's, such as "mul".
            operands: the indices of what it is applied to.
        """
        index = self.tape.operate(kind, *operands)
        if kind in PARTIAL:
            self.partial.append(index)
        return Symbol(self, index)

    def record(self, function: type[ScalarFunction], inputs: tuple[Any, ...]) -> Symbol:
        """Record the call of a function with `inputs`, Scalars or numbers."""
        indices = [self.index_of(value) for value in inputs]
        kind = OPERATIONS.get(function)
        if kind is None:
            return Symbol(self, trace_custom(self, function, indices))
        return self.operate(kind, *indices)


class _Recorded(recording.Untold):
    """What `apply` meets in place of a symbol's value: its trace, which records the call."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace

    def record(self, function: type[ScalarFunction], inputs: tuple[Any, ...]) -> Scalar:
        return self.trace.record(function, inputs)


def _refuse(*_: Any) -> NoReturn:
    refuse(
        "The function asks for the value of a Scalar, to decide by it or to leave the graph, "
        f"and what it did for one sample would be done for all ({place()}). "
        f"Use arithmetic, relu or a comparison's 1 and 0; or {ADVICE}."
    )


def _refuse_kept() -> NoReturn:
    refuse(
        f"A Scalar of an earlier trace was kept and used again ({place()}): what it was for one "
        f"sample would be used for all. Or {ADVICE}."
    )


def _operator(kind: str, other_first: bool = False) -> Callable[[Symbol, Any], Any]:
    """An operator of symbols. Sums and products are nearly all of a network, so they don't take the
    way through `apply`.

    Args:
        kind: what it records.
        other_first: whether the symbol is the second operand.
    """

    def operator(symbol: Symbol, other: Any) -> Any:
        trace = symbol.trace
        if not trace.is_open:
            _refuse_kept()
        if type(other) is Symbol and other.trace is trace:
            index = other.index
        else:
            try:
                index = trace.index_of(other)
            except TypeError:  # no number: the other's own operator may know what to do
                return NotImplemented
        tape = trace.tape
        if other_first and isinstance(other, Scalar):
            return Symbol(trace, tape.operate(kind, index, symbol.index))
        return Symbol(trace, tape.operate(kind, symbol.index, index))

    return operator


class Symbol(Scalar):
    """A Scalar that stands for an operation on the tape. It computes with others; it has no value.

    Args:
        trace: the call that it is used in.
        index: its place on the tape.
        name: for display.
    """

    __slots__ = ("index", "trace")

    def __init__(self, trace: Trace, index: int, name: str | None = None) -> None:
        self.trace, self.index, self._name = trace, index, name

    @property
    def data(self) -> float:
        """Nothing: `apply` is told to have the call recorded, and all others are refused."""
        if sys._getframe(1).f_code.co_filename == _APPLY:
            raise _Recorded(self.trace)
        _refuse()

    @data.setter
    def data(self, _: float) -> None:
        _refuse()

    history = derivative = unique_id = property(_refuse, _refuse)
    __bool__ = __float__ = __int__ = __index__ = __repr__ = __reduce__ = _refuse
    backward = chain_rule = _refuse  # type: ignore[assignment]

    __add__ = _operator("add")
    __radd__ = _operator("add", other_first=True)
    __mul__ = _operator("mul")
    __rmul__ = _operator("mul", other_first=True)

"""Stage 1: call the learner's function once with symbols, and write down what it does.

A `Symbol` is a Scalar without a value. While tracing, `apply` of every ScalarFunction writes an
operation on the tape instead of computing it. The function itself is not analysed, only observed,
so loops, lists, modules and closures need no support; but what was observed has to hold for every
sample. So a symbol refuses to tell its value: a decision based on it would be fixed on the tape.

>>> from minitorch.scalar import Scalar
>>> tape = Tape()
>>> x = Symbol(tape, tape.add("input", 0))
>>> with tracing(tape):
...     result = (x * x + 1.0).log()
>>> tape.nodes[1:]
[('mul', 0, 0), ('constant', 1.0), ('add', 1, 2), ('log', 3)]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

from ..autodiff import next_id
from ..module import Parameter
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
from .custom import trace_custom
from .errors import ADVICE, NotCompilable, place
from .tape import ARITY, Tape

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

OPERATORS = ("__add__", "__radd__", "__mul__", "__rmul__")


class Symbol(Scalar):
    """A Scalar that stands for an operation on the tape. It computes with others; it has no value.

    Args:
        tape: the tape it is on.
        index: its place there.
        name: for display.
    """

    __slots__ = ("index", "tape")

    def __init__(self, tape: Tape, index: int, name: str | None = None) -> None:
        self.tape, self.index = tape, index
        self.history = self.derivative = self._met_by = None
        self.unique_id = next_id()
        self._name = name

    def _refuse(self, *_: Any) -> NoReturn:
        raise NotCompilable(
            "The function asks for the value of a Scalar, to decide by it or to leave the graph, "
            f"and what it did for one sample would be done for all ({place()}). "
            f"Use arithmetic, relu or a comparison's 1 and 0; or {ADVICE}."
        )

    data = property(_refuse, _refuse)
    __bool__ = __float__ = __int__ = __index__ = _refuse
    backward = _refuse  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Scalar(operation {self.index} of the tape)"


def trace(tape: Tape, function: Callable[..., Any], *arguments: Any) -> list[int]:
    """Record what a function does.

    Args:
        tape: what to record on.
        function: a function of Scalars that gives one Scalar or a tuple of them.
        arguments: what to call it with, symbols among it.

    Returns:
        The indices of its results.

    Raises:
        NotCompilable: it asks for a Scalar's value, or uses one computed outside of it.
    """
    with tracing(tape):
        results = function(*arguments)
        if not isinstance(results, tuple):
            results = (results,)
        return [_index_of(tape, result) for result in results]


@contextmanager
def tracing(tape: Tape) -> Iterator[None]:
    """Within the block, every ScalarFunction writes on `tape` instead of computing."""
    functions = list(_subclasses(ScalarFunction))
    saved = [(function, function.__dict__["apply"]) for function in functions]
    # An operator of Scalar that *is* `apply`, as + and × are, doesn't look it up in the class.
    operators = [(name, f) for name in OPERATORS for f in (Add, Mul) if _is(name, f)]
    kept = [(name, vars(Scalar)[name]) for name, _ in operators]
    try:
        for function in functions:
            function.apply = staticmethod(_recorder(tape, function))
        for name, function in operators:
            setattr(Scalar, name, function.apply)
        yield
    finally:
        for function, apply in saved:
            function.apply = apply
        for name, operator in kept:
            setattr(Scalar, name, operator)


def _is(operator: str, function: type[ScalarFunction]) -> bool:
    return vars(Scalar)[operator] is function.apply


@contextmanager
def parameters_as(parameters: Sequence[Parameter], values: Sequence[Scalar]) -> Iterator[None]:
    """Within the block, the parameters hold other values.

    Args:
        parameters: the parameters.
        values: what each of them holds.
    """
    kept = [parameter.value for parameter in parameters]
    try:
        for parameter, value in zip(parameters, values, strict=True):
            parameter.value = value
        yield
    finally:
        for parameter, value in zip(parameters, kept, strict=True):
            parameter.value = value


def _subclasses(function: type[ScalarFunction]) -> Iterator[type[ScalarFunction]]:
    for subclass in function.__subclasses__():
        if "apply" in subclass.__dict__:
            yield subclass
        yield from _subclasses(subclass)


def _index_of(tape: Tape, value: Any) -> int:
    """Where on the tape `value` is: a symbol's own place, or a constant's."""
    if type(value) is Symbol:
        if value.tape is not tape:
            raise NotCompilable(f"A Scalar of an earlier trace was kept and used again ({place()})")
        return value.index
    plain = value if isinstance(value, Scalar) else Scalar(value)
    if plain.history is not None and plain.history.last_fn is not None:
        raise NotCompilable(
            "The function uses a Scalar computed outside of it, whose derivative would be lost "
            f"({place()}). Compute it inside; or {ADVICE}."
        )
    return tape.add("constant", plain.data)


def _recorder(tape: Tape, function: type[ScalarFunction]) -> Callable[..., Symbol]:
    """What replaces the `apply` of a function while tracing."""
    kind = OPERATIONS.get(function)
    if kind is None:
        return lambda *values: Symbol(
            tape, trace_custom(tape, function, [_index_of(tape, v) for v in values])
        )
    operate = tape.operate

    def of_one(a: Any) -> Symbol:
        operand = a.index if type(a) is Symbol and a.tape is tape else _index_of(tape, a)
        return Symbol(tape, operate(kind, operand))

    def of_two(a: Any, b: Any) -> Symbol:
        left = a.index if type(a) is Symbol and a.tape is tape else _index_of(tape, a)
        right = b.index if type(b) is Symbol and b.tape is tape else _index_of(tape, b)
        return Symbol(tape, operate(kind, left, right))

    return of_one if ARITY[kind] == 1 else of_two
